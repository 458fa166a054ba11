import Packaging
import TestSupport
import Testing

@Suite struct SupportedTagsTests {
  private static func supported(_ version: [Int], _ platform: String) throws -> SupportedTags {
    SupportedTags(
      python: TargetPython(version: Version(release: version)), platform: try #require(TargetPlatform(name: platform)))
  }

  @Test func onWindows() throws {
    #expect(
      try Self.supported([3, 3], "win32").tags.map(\.description) == [
        "cp33-cp33m-win32", "cp33-abi3-win32", "cp33-none-win32", "cp32-abi3-win32", "py33-none-win32",
        "py3-none-win32", "py32-none-win32", "py31-none-win32", "py30-none-win32", "cp33-none-any", "py33-none-any",
        "py3-none-any", "py32-none-any", "py31-none-any", "py30-none-any",
      ])
  }

  @Test(arguments: [
    ("linux_x86_64", "py3-none-any", true), ("linux_x86_64", "cp312-cp312-manylinux1_x86_64", true),
    ("linux_x86_64", "cp312-cp312-manylinux_2_28_x86_64", true),
    ("linux_x86_64", "cp312-cp312-manylinux_2_29_x86_64", false),
    ("linux_x86_64", "cp312-cp312-musllinux_1_2_x86_64", false),
    ("linux_x86_64", "cp38-abi3-manylinux2014_x86_64", true),
    ("linux_x86_64", "cp38-cp38-manylinux2014_x86_64", false),
    ("linux_x86_64", "cp313-abi3-manylinux2014_x86_64", false),
    ("linux_aarch64", "cp312-cp312-manylinux_2_16_aarch64", false), ("linux_x86_64", "py2-none-any", false),
    ("musllinux_1_2_aarch64", "cp312-cp312-musllinux_1_1_aarch64", true),
    ("musllinux_1_2_aarch64", "cp312-cp312-manylinux2014_aarch64", false),
    ("macosx_arm64", "cp312-cp312-macosx_10_9_universal2", true),
    ("macosx_arm64", "cp312-cp312-macosx_10_9_x86_64", false), ("macosx_arm64", "cp312-cp312-macosx_15_0_arm64", false),
    ("win_amd64", "cp312-cp312-win32", false), ("win_arm64", "cp312-none-win_arm64", true),
  ])
  func fits(platform: String, tags: String, isSupported: Bool) throws {
    let set = try #require(TagSet(tags))
    #expect((try Self.supported([3, 12], platform).rank(of: set) != nil) == isSupported)
  }

  @Test func ranksAreThePlacesOfTheTags() throws {
    let supported = try Self.supported([3, 12], "linux_x86_64")
    for (place, tag) in supported.tags.enumerated() {
      #expect(supported.rank(of: try #require(TagSet(tag.description))) == place)
    }
    let several = try #require(TagSet("py3.cp312-none.cp312-any.manylinux1_x86_64.junk"))
    let best = supported.tags.firstIndex { $0.description == "cp312-cp312-manylinux1_x86_64" }
    #expect(supported.rank(of: several) == best)
  }

  @Test func theBestOfARelease() throws {
    let supported = try Self.supported([3, 12], "linux_x86_64")
    let names = [
      "a-1-cp312-cp312-win_amd64.whl", "a-1-py3-none-any.whl", "a-1-cp39-abi3-manylinux2014_x86_64.whl",
      "a-1-cp312-cp312-manylinux2014_x86_64.whl", "a-1-1-cp312-cp312-manylinux2014_x86_64.whl",
      "a-1-cp312-cp312-manylinux_2_28_x86_64.whl",
    ]
    let usable = names.compactMap { name in
      WheelName(name).flatMap { supported.priority(of: $0) }.map { (name: name, priority: $0) }
    }
    #expect(usable.sorted { $0.priority < $1.priority }.map(\.name) == Array(names.dropFirst()))
  }

  @Test(
    arguments: [
      ("python3.12", "cp312"), ("python2.7", "cp27"), ("python3.13t", "cp313"), ("pypy3.10", "pp310"), ("python3", nil),
      ("python3.", nil), ("python3.12x", nil), ("pypy3.10t", nil), ("python.12", nil), ("lib", nil),
      ("python3.99999999999999999999", nil),
    ] as [(String, String?)])
  func libraryFolders(name: String, tag: String?) {
    let python = TargetPython(libraryFolder: name)
    #expect(python?.interpreterTag == tag)
    #expect(python?.isFreeThreaded ?? false == (name == "python3.13t"))
  }

  @Test(arguments: [
    "linux", "linux_", "linux_x86-64", "linux_amd64", "manylinux_2_x86_64", "manylinux_1_5_x86_64",
    "manylinux_2_1000_x86_64", "manylinux_2_99999999999999999999_x86_64", "manylinux2013_x86_64", "macosx",
    "macosx_9_0_arm64", "macosx_11_arm64", "windows", "win64", "any", "", "LINUX_X86_64",
  ])
  func noPlatforms(name: String) { #expect(TargetPlatform(name: name) == nil) }

  @Test func absurdVersionsEnd() throws {
    let absurd = SupportedTags(
      python: TargetPython(version: Version(release: [.max, .max])),
      platform: .linux(architecture: "x86_64", .glibc(major: 2, minor: .max)))
    let general = try #require(TagSet("py999-none-any"))
    #expect(absurd.rank(of: general) != nil)
  }
}
