import Packaging
import Testing

@Suite struct MarkerAlgebraTests {
  @Test(arguments: [
    ("python_version >= '3.8' and python_version >= '3.10'", "python_version >= \"3.10\""),
    ("python_version >= '3.8' or python_version >= '3.10'", "python_version >= \"3.8\""),
    (
      "(os_name == 'a' and sys_platform == 'b') or (os_name == 'a' and sys_platform != 'b')", "os_name == \"a\""
    ),
    ("sys_platform == 'win32' or python_version < '3.9' and sys_platform == 'win32'", "sys_platform == \"win32\""),
    (
      "python_version < '3.9' or (python_version >= '3.9' and sys_platform == 'win32')",
      "python_version < \"3.9\" or sys_platform == \"win32\""
    ),
    ("python_version >= '3.8' and python_version < '3.9'", "python_version == \"3.8\""),
    ("python_full_version >= '3.8' and python_version > '3.7'", "python_full_version >= \"3.8\""),
    ("python_full_version >= '3.7.2' and python_version > '3.7'", "python_version >= \"3.8\""),
    ("python_version < '3.8' or python_version > '3.8'", "python_version != \"3.8\""),
    ("python_version in '3.8 3.9' and python_version >= '3.9'", "python_version == \"3.9\""),
    ("'3.8' <= python_version and python_version != '3.8'", "python_version >= \"3.9\""),
    ("os_name != 'a' and os_name == 'b'", "os_name == \"b\""),
    ("'lin' in sys_platform and sys_platform == 'linux'", "sys_platform == \"linux\""),
    ("'lin' in sys_platform or sys_platform == 'linux'", "\"lin\" in sys_platform"),
    ("os_name ~= 'a' or os_name == 'b'", "os_name == \"b\""),
    ("extra == 'x' and (extra == 'x' or extra == 'y')", "extra == \"x\""),
    ("'x' in extras and ('x' in extras or 'y' in extras)", "\"x\" in extras"),
    ("platform_release >= '5' and platform_release >= '6'", "platform_release >= \"6\""),
    (
      "sys_platform == 'win32' and python_version >= '3.8'", "sys_platform == \"win32\" and python_version >= \"3.8\""
    ),
  ])
  func simplifies(text: String, expected: String) throws {
    #expect(try Marker(parsing: text).simplified().description == expected)
  }

  @Test(arguments: [
    "python_version < '3.9' or python_version >= '3.9'", "os_name == 'a' or os_name != 'a'",
    "'x' in sys_platform or 'x' not in sys_platform", "python_version >= '0'",
    "python_version < '3.9' or python_full_version >= '3.9.dev0'", "extra == 'x' or extra != 'x'",
    "os_name == 'a' or (os_name != 'a' or python_version < '3')", "python_version != '3.9.1'",
  ])
  func alwaysTrue(text: String) throws {
    let marker = try Marker(parsing: text)
    #expect(marker.isAlwaysTrue && !marker.isNeverTrue)
    #expect(marker.simplified() == .always)
    #expect(try #require(marker.negated).isNeverTrue)
  }

  @Test(arguments: [
    "sys_platform == 'win32' and sys_platform == 'linux'", "python_version < '3.9' and python_version >= '3.9'",
    "os_name ~= 'posix'", "python_version == '3.9.1'", "'win' in sys_platform and sys_platform == 'linux'",
    "python_version == '3.8' and python_full_version >= '3.9'", "platform_release >= '6' and platform_release < '5'",
    "extra == 'a' and extra == 'b'", "'x' in extras and 'x' not in extras", "'a' == 'a'", "os_name < 'a'",
  ])
  func neverTrue(text: String) throws {
    let marker = try Marker(parsing: text)
    #expect(marker.isNeverTrue && !marker.isAlwaysTrue)
    #expect(marker.simplified() == .never)
  }

  @Test(arguments: [
    // A release need not be a version, a Python may be a pre-release, and an extra may come with another.
    ("platform_release < '5' or platform_release >= '5.dev0'"),
    ("python_full_version < '3.9' or python_full_version >= '3.9'"),
  ])
  func notAlwaysTrue(text: String) throws { #expect(try !Marker(parsing: text).isAlwaysTrue) }

  @Test(arguments: [
    ("sys_platform == 'win32'", "sys_platform == 'linux'", true), ("sys_platform == 'win32'", "os_name == 'nt'", false),
    ("extra == 'a'", "extra == 'b'", false),
    ("extra == 'a' and os_name == 'x'", "extra == 'b' and os_name == 'y'", true),
    ("python_version < '3.9'", "python_full_version >= '3.9.1'", true),
    ("python_version <= '3.9'", "python_full_version >= '3.9.1'", false),
    ("'win' in sys_platform", "sys_platform == 'darwin'", false),
    ("'win' in sys_platform", "sys_platform == 'linux'", true),
  ])
  func disjoint(left: String, right: String, expected: Bool) throws {
    let (left, right) = (try Marker(parsing: left), try Marker(parsing: right))
    #expect(left.isDisjoint(with: right) == expected)
    #expect(right.isDisjoint(with: left) == expected)
  }

  @Test(arguments: [
    ("python_version >= '3.7'", ">=3.8", "python_version >= \"0\""),
    ("python_version >= '3.8' and python_version < '3.10'", ">=3.8", "python_version < \"3.10\""),
    ("python_version < '3.8'", ">=3.8", "python_version < \"0\""),
    ("python_version < '3.8' and os_name == 'nt' or python_version >= '3.8'", ">=3.8", "python_version >= \"0\""),
    ("os_name == 'nt' and python_version >= '3.6'", "~=3.8", "os_name == \"nt\""),
    ("python_version == '3.8'", ">=3.8,<3.10", "python_version == \"3.8\""),
  ])
  func assuming(text: String, pythons: String, expected: String) throws {
    let pythons = try #require(SpecifierSet(pythons))
    #expect(try Marker(parsing: text).simplified(assuming: pythons).description == expected)
  }

  @Test(arguments: [
    ("os_name == 'a'", "os_name != \"a\""), ("python_version < '3.9'", "python_version >= \"3.9\""),
    ("os_name == 'a' and python_version < '3.9'", "os_name != \"a\" or python_version >= \"3.9\""),
    ("'x' in os_name", "\"x\" not in os_name"), ("'x' not in extras", "\"x\" in extras"),
    ("python_full_version < '3.9.1'", "python_full_version >= \"3.9.1.dev0\""),
    ("python_full_version > '3.9.1'", "python_full_version <= \"3.9.1\""),
    ("platform_release == 'el8-x'", "platform_release != \"el8-x\""),
    (
      "os_name == 'a' or (os_name == 'b' and extra == 'x')", "os_name != \"a\" and (os_name != \"b\" or extra != \"x\")"
    ),
  ])
  func negates(text: String, expected: String) throws {
    let marker = try Marker(parsing: text)
    #expect(marker.negated?.description == expected)
  }

  @Test func noMarkerSaysSo() throws {
    #expect(try Marker(parsing: "platform_release >= '5'").negated == nil)
    #expect(try Marker(parsing: "python_full_version === '3.9'").negated == nil)
  }

  @Test func combines() throws {
    let (left, right) = (try Marker(parsing: "os_name == 'a' or os_name == 'b'"), try Marker(parsing: "extra == 'x'"))
    #expect(left.and(right).description == "(os_name == \"a\" or os_name == \"b\") and extra == \"x\"")
    #expect(left.or(right).description == "os_name == \"a\" or os_name == \"b\" or extra == \"x\"")
    #expect(
      left.and(.always) == left && left.or(.never) == left && left.and(.never) == .never && left.or(.always) == .always)
    #expect(left.implies(left.or(right)) && !left.or(right).implies(left))
    #expect(left.isEquivalent(to: try Marker(parsing: "os_name == 'b' or os_name == 'a' or os_name == 'b'")))
  }

  /// Whatever the size, an answer comes soon, and what is too large stays as it is.
  @Test func survivesLargeMarkers() throws {
    let many = (0..<2000).map { "(os_name == 'n\($0)' and sys_platform != 'p\($0)')" }.joined(separator: " or ")
    let marker = try Marker(parsing: many)
    #expect(marker.simplified() == marker)
    #expect(!marker.isAlwaysTrue && !marker.isNeverTrue && !marker.isDisjoint(with: marker))
    let variables = ["os_name", "sys_platform", "platform_machine", "platform_system", "implementation_name"]
    let knot = (0..<60).map { "('\($0)' in \(variables[$0 % 5]) or '\($0 * 7 % 60)' in \(variables[$0 % 3]))" }
    let tangled = try Marker(parsing: knot.joined(separator: " and "))
    #expect(tangled.simplified().comparisons.count <= tangled.comparisons.count)
    _ = tangled.negated
  }
}
