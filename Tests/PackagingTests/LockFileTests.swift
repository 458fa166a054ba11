import ConfigFormats
import Packaging
import Testing
import TestSupport

@Suite struct LockFileTests {
  static let whole = """
    lock-version = '1.0'
    environments = ["sys_platform == 'linux'"]
    requires-python = ">=3.8,<4"
    extras = ["a-b"]
    dependency-groups = ["Dev"]
    default-groups = ["Dev"]
    created-by = "té\\"\\\\\\n'"
    [[packages]]
    name = "foo-bar"
    version = "1.0"
    marker = "'a' in extras"
    requires-python = ">=3.8"
    dependencies = [{name = "b"}, {name = "c", version = "2"}]
    index = "https://pypi.org/simple"
    attestation-identities = [{kind = "GitHub", repository = "x/y"}]
    [packages.sdist]
    url = "https://h/foo%2Dbar-1.0.tar.gz?x=/a"
    hashes = {sha512 = "cd", sha256 = "ab"}
    [[packages.wheels]]
    name = "foo_bar-1.0-py3-none-any.whl"
    upload-time = 2024-01-02T03:04:05Z
    url = "https://h/x"
    size = 1_000
    hashes.sha256 = "ab"
    [[packages.wheels]]
    path = 'w\\foo.bar-1.0.0-1a-py2.py3-none-any.whl'
    hashes.sha256 = "ab"
    [packages.tool.x.y]
    z = [{a = 1.5}]
    [[packages]]
    name = "b"
    vcs = {type = "git", url = "u", path = "p", requested-revision = "main", commit-id = "abc", subdirectory = "s"}
    [[packages]]
    name = "c"
    directory = {path = "../c", editable = true, subdirectory = "q"}
    [[packages]]
    name = "d"
    archive = {url = "u", path = "p", size = 3, upload-time = 2024-01-02 03:04:05, hashes = {md5 = "1"}, subdirectory = "k"}
    [tool."e f"]
    g = true
    h = {}
    """

  static func read(_ text: String) throws -> LockFile { try LockFile(bytes: Array(text.utf8)) }

  @Test func reads() throws {
    let lock = try Self.read(Self.whole)
    #expect(lock.environments?.map(\.description) == ["sys_platform == \"linux\""])
    #expect(lock.requiresPython?.description == "<4,>=3.8")
    #expect(lock.extras == ["a-b"])
    #expect(lock.dependencyGroups == ["Dev"])
    #expect(lock.defaultGroups == ["Dev"])
    #expect(lock.createdBy == "té\"\\\n'")
    #expect(lock.versionWarning == nil)
    #expect(lock.tool?["e f"]?["g"]?.boolean == true)
    #expect(lock.packages.map(\.name.normalized) == ["foo-bar", "b", "c", "d"])
    let package = lock.packages[0]
    #expect(package.version == Version("1.0"))
    #expect(package.marker?.description == "\"a\" in extras")
    #expect(package.dependencies?.map { $0["name"]?.string } == ["b", "c"])
    #expect(package.sdist?.hashes == ["sha256": "ab", "sha512": "cd"])
    #expect(package.sdist?.fileName == "foo-bar-1.0.tar.gz")
    #expect(package.wheels?[0].size == 1000)
    #expect(package.wheels?[0].uploadTime == "2024-01-02T03:04:05Z")
    #expect(package.wheels?[1].fileName == "foo.bar-1.0.0-1a-py2.py3-none-any.whl")
    #expect(lock.packages[1].repository?.commitID == "abc")
    #expect(lock.packages[2].directory?.editable == true)
    #expect(lock.packages[3].archive?.hashes == ["md5": "1"])
  }

  @Test func writesWhatItReads() throws {
    let lock = try Self.read(Self.whole)
    let text = try lock.text()
    #expect(try Self.read(text) == lock)
    #expect(try Self.read(text).text() == text)
    let keys = text.split(separator: "\n").compactMap { $0.split(separator: " =").first }.filter {
      $0.first?.isLetter == true
    }
    #expect(
      keys.prefix(15) == [
        "lock-version", "environments", "requires-python", "extras", "dependency-groups", "default-groups",
        "created-by", "name", "version", "marker", "requires-python", "dependencies", "index", "sdist", "wheels",
      ])
  }

  @Test func writesWhatProgramsMake() throws {
    var package = LockedPackage(name: try #require(PackageName("Foo")), version: Version("1.0"))
    package.wheels = [
      LockedPackage.File(url: "https://h/foo-1.0-py3-none-any.whl", hashes: ["sha512": "b", "sha256": "a"])
    ]
    package.dependencies = [ConfigTable([("name", .string("bar"))])]
    package.marker = try Marker(parsing: "python_version < '3.9'")
    var lock = LockFile(createdBy: "envtool", packages: [package])
    #expect(
      try lock.text() == """
        lock-version = "1.0"
        created-by = "envtool"

        [[packages]]
        name = "foo"
        version = "1.0"
        marker = 'python_version < "3.9"'
        dependencies = [
          { name = "bar" },
        ]
        wheels = [
          { url = "https://h/foo-1.0-py3-none-any.whl", hashes = { sha256 = "a", sha512 = "b" } },
        ]

        """)
    lock.packages[0].wheels = nil
    #expect(throws: ConfigError.self) { try lock.text() }
    #expect(try LockFile(createdBy: "x").text() == "lock-version = \"1.0\"\ncreated-by = \"x\"\npackages = []\n")
  }

  @Test(arguments: ["1.1", "1.0.1", "1.7"]) func laterMinorVersions(version: String) throws {
    let lock = try Self.read("lock-version = '\(version)'\ncreated-by = ''\npackages = []")
    #expect(lock.versionWarning == "`lock-version` is \(version): what it adds to 1.0 is not read")
  }

  static let start = "lock-version = '1.0'\ncreated-by = 'x'\n"

  @Test(arguments: [
    ("created-by = 'x'\npackages = []", "1:1: `lock-version` is missing"),
    ("lock-version = '2.0'", "1:16: lock files of version 2.0 cannot be read, only those of 1.x"),
    ("lock-version = '1.0rc1'", "1:16: lock files of version 1.0rc1 cannot be read, only those of 1.x"),
    ("lock-version = 1.0", "1:16: `lock-version` must be a string, not a float"),
    ("lock-version = 'x'", "1:16: `x` is no version"),
    ("lock-version = '1.0'\ncreated-by = 'x'", "1:1: `packages` is missing"),
    (start + "environments = ['x']", "3:18: `x` is no marker: expected a marker variable or a quoted string"),
    (start + "extras = ['A']\npackages=[]", "3:11: `A` is no normalised name of an extra"),
    (start + "packages = [1]", "3:13: `packages` must hold tables, not an integer"),
    (start + "packages = [{}]", "3:13: `name` is missing"),
    (start + "[[packages]]\nname = 'Foo'", "4:8: `Foo` is no normalised name"),
    (start + "[[packages]]\nname = 'foo'\nversion = 'x'", "5:11: `x` is no version of PEP 440"),
    (
      start + "[[packages]]\nname = 'foo'",
      "3:1: `foo` needs sdist or wheels, or exactly one of vcs, directory and archive"
    ),
    (
      start + "[[packages]]\nname = 'a'\ndirectory.path = 'x'\nsdist = {url = 'a-1.zip', hashes = {a = 'b'}}",
      "3:1: `a` has sdist or wheels, so it can have no vcs, directory or archive"
    ),
    (start + "[[packages]]\nname = 'a'\nsdist = {url = 'a-1.zip'}", "5:9: `hashes` is missing"),
    (start + "[[packages]]\nname = 'a'\nsdist = {url = 'a-1.zip', hashes = {}}", "5:36: `hashes` is empty"),
    (
      start + "[[packages]]\nname = 'a'\nsdist = {url = 'a-1.zip', hashes = {a = 1}}",
      "5:41: a hash must be a string, not an integer"
    ),
    (start + "[[packages]]\nname = 'a'\nsdist = {url = '', hashes = {a = 'b'}}", "5:9: `url` or `path` is missing"),
    (
      start + "[[packages]]\nname = 'a'\nsdist = {url = 'b-1.zip', hashes = {a = 'b'}}",
      "5:9: `b-1.zip` is no file of `a`"
    ),
    (
      start + "[[packages]]\nname = 'a'\nversion = '2'\nwheels = [{url = 'a-1-py3-none-any.whl', hashes = {a = 'b'}}]",
      "6:11: `a-1-py3-none-any.whl` is not version 2 of `a`"
    ),
    (
      start + "[[packages]]\nname = 'a'\nwheels = [{url = 'a-1-3py-none-any.whl', hashes = {a = 'b'}}]",
      "5:11: `a-1-3py-none-any.whl` is no name of a wheel"
    ),
    (
      start + "[[packages]]\nname = 'a'\narchive = {url = 'u', upload-time = 2024-01-01, hashes = {a = 'b'}}",
      "5:37: `upload-time` must be a date-time, not a date"
    ),
    (start + "[[packages]]\nname = 'a'\nvcs = {type = 'git', url = 'u'}", "5:7: `commit-id` is missing"),
    (start + "packages = []\ntool = 1", "4:8: `tool` must be a table, not an integer"),
  ])
  func explains(text: String, expected: String) throws {
    #expect(try #require(throws: ConfigError.self) { try Self.read(text) }.description == expected)
  }

  @Test func truncatedAnywhere() {
    let bytes = Array(Self.whole.utf8)
    for end in bytes.indices { _ = try? LockFile(bytes: Array(bytes[..<end])) }
  }

  /// `packaging.pylock` takes what is written, and says the same of it.
  @Test func likePackaging() async throws {
    guard let version = try? await Python.output(of: "import packaging.pylock as p; print(p.__name__)"),
      !version.isEmpty
    else { try Test.cancel("python3 has no packaging of version 26 or later") }
    // Early releases compare the name of an sdist without decoding it.
    let original = Self.whole.replacing("%2D", with: "-")
    let written = try Self.read(original).text()
    let code = """
      import sys, tomllib
      from packaging.pylock import Pylock
      written, original = (Pylock.from_dict(tomllib.loads(text)) for text in sys.argv[1:])
      print(written.to_dict() == original.to_dict())
      """
    #expect(try await Python.output(of: code, [written, original]) == "True\n")
  }
}
