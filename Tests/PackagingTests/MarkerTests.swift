import Packaging
import Testing

@Suite struct MarkerTests {
  static let linux = MarkerEnvironment.linux(python: Version(release: [3, 12, 4]), machine: "x86_64")

  @Test(arguments: [
    ("python_version>='3.8'", "python_version >= \"3.8\""), ("os.name == 'a\"b'", "os_name == 'a\"b'"),
    ("python_implementation=='CPython'", "platform_python_implementation == \"CPython\""),
    ("((os_name=='a'))", "os_name == \"a\""),
    ("(os_name=='a' and os_name=='b')", "os_name == \"a\" and os_name == \"b\""),
    ("os_name=='a' and (os_name=='b' or os_name=='c')", "os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")"),
    ("(os_name=='a' and os_name=='b') or os_name=='c'", "(os_name == \"a\" and os_name == \"b\") or os_name == \"c\""),
    ("'linux' not  in sys.platform", "\"linux\" not in sys_platform"), ("extra == 'A_b'", "extra == \"a-b\""),
    ("'A_b' in extras", "\"a-b\" in extras"), (#"os_name == 'a\x62\\c'"#, #"os_name == "ab\c""#),
    ("os_name=='a'or os_name=='b'", "os_name == \"a\" or os_name == \"b\""),
    (#"os_name == 'a\d'"#, #"os_name == "a\d""#),
    (#"os_name == 'a\\x62'"#, #"os_name == "a\\x62""#), ("os_name == sys_platform", "os_name == sys_platform"),
    ("'\u{C9}x' == extra", "\"\u{E9}x\" == extra"),
  ])
  func reads(text: String, normal: String) throws {
    let marker = try Marker(parsing: text)
    #expect(marker.description == normal)
    #expect(try Marker(parsing: normal) == marker)
  }

  @Test(arguments: [
    ("", 1), ("os_name", 8), ("os_name ==", 11), ("os_name = 'a'", 9), ("os_nam == 'a'", 1), ("os_name == 'a' and", 19),
    ("(os_name == 'a'", 16), ("os_name == 'a')", 15), ("os_name notin 'a'", 9), ("os_name not 'a'", 9),
    ("os_name == 'a' xor os_name == 'b'", 16), ("os_name == 'a' orx", 16), (#"os_name == '\x'"#, 12),
    ("os_name == '\n'", 12),
  ])
  func refuses(text: String, column: Int) {
    let error = #expect(throws: RequirementError.self) { try Marker(parsing: text) }
    #expect(error?.column == column)
  }

  @Test(arguments: [
    ("python_version >= '3.10'", true), ("python_version < '3.9'", false), ("python_version == '3.12.*'", true),
    ("python_full_version >= '3.12.4'", true), ("'3.9' < python_version", true),
    ("python_version in '3.11 3.12'", true),
    ("python_version not in '3.11'", true), ("sys_platform == 'linux'", true), ("sys_platform == 'win32'", false),
    ("sys_platform != 'win32'", true), ("'lin' in sys_platform", true), ("sys_platform < 'z'", false),
    ("sys_platform <= 'linux'", true), ("sys_platform > 'a'", false), ("os_name == 'nt' or os_name == 'posix'", true),
    ("os_name == 'nt' or os_name == 'posix' and python_version > '4'", false),
    ("(os_name == 'nt' or os_name == 'posix') and python_version > '3'", true), ("platform_machine == 'x86_64'", true),
    ("implementation_name == 'cpython'", true), ("platform_system == 'Linux'", true), ("extra == 'x'", false),
    ("extra == ''", true), ("platform_python_implementation != 'PyPy'", true), ("python_version ~= '3.8'", true),
    ("python_version === '3.12'", true), ("platform_release >= '5'", false),
    // As `packaging` has it: a variable on the right is its name, and text may go on with the operator.
    ("os_name == sys_platform", false), ("'posix' == 'os_name'", true), ("python_version >'=3.12'", true),
  ])
  func evaluates(text: String, expected: Bool) throws {
    let marker = try Marker(parsing: text)
    #expect(marker.evaluate(in: Self.linux) == expected)
    #expect(try marker.evaluateStrictly(in: Self.linux) == expected)
  }

  @Test(arguments: [
    ("extra == 'x'", ["x"], true), ("extra == 'X_y'", ["x.Y"], true), ("extra == 'x'", ["y", "x"], true),
    ("extra == 'x' and extra == 'y'", ["y", "x"], false), ("extra != 'x'", ["x", "y"], true),
    ("extra != 'x'", ["x"], false),
    ("os_name == 'posix' and extra == 'z'", ["x"], false), ("'X' in extras", ["x"], true),
    ("'x' not in extras", [], true),
    ("'dev' in dependency_groups", ["dev"], false),
  ])
  func extras(text: String, extras: [String], expected: Bool) throws {
    #expect(try Marker(parsing: text).evaluate(in: Self.linux, extras: Set(extras)) == expected)
  }

  @Test func dependencyGroups() throws {
    #expect(try Marker(parsing: "'Dev' in dependency_groups").evaluate(in: Self.linux, groups: ["dev"]))
  }

  @Test(arguments: ["os_name ~= 'posix'", "sys_platform === 'linux'", "'a' == 'a'", "extras == 'x'", "'x' in extras"])
  func meaningless(text: String) throws {
    let marker = try Marker(parsing: "os_name == 'posix' or \(text)")
    #expect(throws: UndefinedComparison.self) { try marker.evaluateStrictly(in: Self.linux) }
    #expect(marker.evaluate(in: Self.linux))
  }

  @Test func environmentOfAVersion() {
    let environment = MarkerEnvironment.linux(python: Version(release: [3, 9]), machine: "aarch64")
    #expect(environment.pythonFullVersion == "3.9.0")
    #expect(environment.pythonVersion == "3.9")
    #expect(environment.sysPlatform == "linux")
    var built = environment
    built.pythonFullVersion = "3.9.0+"
    #expect(built.value(of: .pythonFullVersion) == "3.9.0+local")
  }

  @Test func boundsItsNesting() throws {
    let deep = { (count: Int) in
      String(repeating: "(", count: count) + "os_name == 'a'" + String(repeating: ")", count: count)
    }
    #expect(try Marker(parsing: deep(200)).description == "os_name == \"a\"")
    #expect(throws: RequirementError(column: 201, expected: "at most 200 nested parentheses")) {
      try Marker(parsing: deep(100_000))
    }
  }

  @Test func mentions() throws {
    let marker = try Marker(parsing: "os_name == 'a' and (extra == 'x' or 'y' in sys_platform)")
    #expect(marker.mentions(.extra) && marker.mentions(.sysPlatform) && !marker.mentions(.pythonVersion))
    #expect(marker.comparisons.count == 3)
  }
}
