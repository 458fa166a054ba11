import Packaging
import TestSupport
import Testing

@Suite struct WheelNameTests {
  @Test(arguments: [
    ("foo-1.0-py3-none-any.whl", "foo 1.0 py3-none-any"),
    ("Foo.Bar_b-v1.0.POST1-py3.py2.py3-NONE-any.whl", "foo-bar-b 1.0.post1 py2-none-any py3-none-any"),
    (
      "a-1-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
      "a 1 cp310-cp310-manylinux2014_x86_64 cp310-cp310-manylinux_2_17_x86_64"
    ),
    ("foo_bár-1-1-py3-none-any.whl", "foo-bár 1 py3-none-any"),
    ("FÖO½-1-ªb.日本-É-a b/c!.whl", "föo½ 1 ªb-é-a b/c! 日本-é-a b/c!"),
    ("_.-1-py3-none-any.whl", "- 1 py3-none-any"),
  ])
  func reads(fileName: String, parts: String) { #expect(WheelName(fileName)?.description == parts) }

  @Test(arguments: [
    "", ".whl", "foo-1.0.whl", "foo-1.0-py3-none-any", "foo-1.0-py3-none-any.WHL", "foo-1.0-py3-none-any.whl\n",
    "-1.0-py3-none-any.whl", "foo__bar-1.0-py3-none-any.whl", "foo bar-1.0-py3-none-any.whl",
    "fo\u{301}o-1-py3-none-any.whl", "foo-1.x-py3-none-any.whl", "foo--py3-none-any.whl",
    "foo-1.0-abc-py3-none-any.whl", "foo-1.0--py3-none-any.whl", "foo-1.0-1\n-py3-none-any.whl",
    "foo-1.0-200-py3-none-any-junk.whl", "foo-1.0-py3.-none-any.whl", "foo-1.0-py3-none.-any.whl",
    "foo-1.0-py3-none-.whl", "foo-1.0--none-any.whl", "foo-1.0-3py-none-any.whl", "foo-1.0-p y-none-any.whl",
    "foo-1.0-x\u{200D}-none-any.whl",
  ])
  func refuses(fileName: String) { #expect(WheelName(fileName) == nil) }

  @Test func buildTagsAreOrdered() throws {
    let builds = try [nil, "0", "1", "2", "2a", "2b", "007", "10", "10_1", "123456789012345678901234567890"].map {
      build in try #require(WheelName("a-1-\(build.map { "\($0)-" } ?? "")py3-none-any.whl")).build
    }
    let priorities = builds.map { WheelPriority(rank: 3, build: $0) }
    for (left, right) in zip(priorities, priorities.dropFirst()) {
      #expect(left < right)
      #expect(!(right < left))
    }
    #expect(WheelPriority(rank: 3, build: builds.last ?? nil) < WheelPriority(rank: 2, build: nil))
    #expect(WheelName("a-1-007-py3-none-any.whl")?.build?.description == "7")
  }

  @Test func theSameTagsAreTheSameSet() {
    #expect(TagSet("py2.py3-none-any") == TagSet("PY3.py2.py3-none-any"))
    #expect(TagSet("py3-none-any") != TagSet("py3-none-win32"))
    #expect(TagSet("py3-none") == nil && TagSet("py3-none-any-x") == nil)
  }

  /// A name of a megabyte that stands for 10^15 tags.
  @Test func manyTagsStayCompressed() throws {
    let names = (0..<100_000).map { "p\($0)" }.joined(separator: ".")
    let wheel = try #require(WheelName("a-1-\(names)-\(names)-\(names).whl"))
    #expect(wheel.tags.count == 1_000_000_000_000_000)
    #expect(wheel.description.utf8.count < 3 << 20)
    let supported = SupportedTags(
      python: TargetPython(version: Version(release: [3, 12])), platform: .windows(.amd64))
    #expect(supported.priority(of: wheel) == nil)
  }

  @Test(arguments: [
    ("django-5.2.tar.gz", "django 5.2"), ("Foo_.Bar-x-1.0a1.zip", "foo-bar-x 1.0a1"), ("a b-1.zip", "a b 1"),
    ("É- 1.tar.gz", "é 1"),
  ])
  func sourceDistributions(fileName: String, parts: String) { #expect(SdistName(fileName)?.description == parts) }

  @Test(arguments: [
    "", ".tar.gz", "-1.tar.gz", "foo.tar.gz", "foo-.zip", "foo-1.tgz", "foo-1.tar.bz2", "foo-x.zip", "foo-1.ZIP",
  ])
  func noSourceDistributions(fileName: String) { #expect(SdistName(fileName) == nil) }

  static let oracleIsThere = TestEnvironment.holds("packaging-26.4")

  /// Random names from good and bad parts.
  @Test(.enabled(if: oracleIsThere, "the test environment has no packaging 26.4")) func likePackaging() async throws {
    var random = Generator(state: 7)
    let names = ["foo", "Foo_B.r", "f__o", "", "_", "é", "a\u{301}", "½", "f o", "a\n"]
    let versions = ["1.0", "v1", "1+a_b", " 1", "1.x", "", "1.0\u{1C}", "20240101"]
    let builds = ["1", "007", "10abc", "x", "", "1 é", "1\n"]
    let interpreters = ["py3", "py3.py2", "CP312", "3p", "", "py3.", "日本", "a·b", "p y"]
    let abis = ["none", "abi3", "NONE.none", "", "a b", "É"]
    let platforms = ["any", "win32.win_amd64", "a/b", "", "x!b.x.x_b.X"]
    var lines: [String] = []
    for _ in 0..<4000 {
      var parts = [random.pick(names), random.pick(versions)]
      if random.next() % 3 == 0 { parts.append(random.pick(builds)) }
      parts += [random.pick(interpreters), random.pick(abis), random.pick(platforms)]
      // Half of them are spoilt in one place only.
      if random.next() % 2 == 0 {
        let spoilt = Int(random.next() % UInt64(parts.count))
        parts = parts.enumerated().map { index, part in
          index == spoilt
            ? part
            : parts.count == 6
              ? ["foo", "1", "2", "py3", "none", "any"][index] : ["foo", "1", "py3", "none", "any"][index]
        }
      }
      let name = parts.joined(separator: "-") + (random.next() % 20 == 0 ? ".zip" : ".whl")
      let wheel = WheelName(name)
      let build = wheel?.build.map { "\($0.number) \($0.rest)" } ?? ""
      lines.append("\(name)\u{1}\(wheel?.description ?? "invalid")\u{1}\(build)")
    }
    let folder = try TemporaryFolder()
    let file = try folder.write("names", lines.joined(separator: "\0"))
    let different = try await TestEnvironment.output(of: Self.oracle, [file])
    #expect(different == "")
    #expect(lines.count { !$0.contains("\u{1}invalid") } > 500)
  }

  private static let oracle = """
    import sys
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename
    for line in open(sys.argv[1], encoding="utf-8", newline="").read().split("\\0"):
        name, *found = line.split("\\1")
        try:
            project, version, build, tags = parse_wheel_filename(name)
            expected = [" ".join([project, str(version)] + sorted(map(str, tags))), "%d %s" % build if build else ""]
        except InvalidWheelFilename:
            expected = ["invalid", ""]
        if expected != found:
            print(ascii(name), ascii(found), ascii(expected))
    """
}

/// The same numbers in every run.
private struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func pick(_ choices: [String]) -> String { choices[Int(next() % UInt64(choices.count))] }
}
