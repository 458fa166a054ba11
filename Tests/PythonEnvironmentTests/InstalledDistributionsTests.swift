import Diagnostics
import Packaging
import PythonEnvironment
import Testing
import TestSupport

@Suite struct InstalledDistributionsTests {
  let environment: EnvironmentFolder

  init() throws { environment = try EnvironmentFolder(in: TemporaryFolder()) }

  func list() throws -> [String] {
    try environment.installed().all.map { "\($0.name)==\($0.version) \($0.topLevelModules().joined(separator: ","))" }
  }

  @Test func modulesOfEachKindOfMetadata() throws {
    try environment.install("Django_Thing", "1.0", files: ["top_level.txt": "thing\n_thing\n"])
    try environment.install("single", "2.0", files: ["RECORD": "single.py,sha256=x,1\r\n__pycache__/single.pyc,,\r\n"])
    try environment.install(
      "wheel.like", "3",
      files: [
        "RECORD": """
        ../../../bin/tool,,
        ../../../share/x.py,,
        pkg/__init__.py,sha256=x,1
        pkg/sub/a.py,sha256=x,1
        native.cpython-311-x86_64-linux-gnu.so,,
        other.abi3.so,,
        wheel_like.libs/libx.so,,
        wheel_like-3.dist-info/METADATA,,
        types-stubs/a.pyi,,
        data/readme.txt,,
        hook.pth,,
        """
      ])
    try environment.install("nothing", "4")
    try environment.write("legacy.egg-info/PKG-INFO", "Name: legacy\nVersion: 5\n")
    try environment.write("legacy.egg-info/top_level.txt", "legacy\n")
    try environment.write("single_file.egg-info", "Name: single-file\nVersion: 6\n")
    #expect(
      try list() == [
        "django-thing==1.0 _thing,thing", "legacy==5 legacy", "nothing==4 ", "single==2.0 single",
        "single-file==6 ", "wheel-like==3 native,other,pkg",
      ])
  }

  /// Each broken entry with its files, the version that is listed all the same (nil: none), and what is told.
  static let broken: [(entry: String, files: [String: String], version: String?, message: String?)] = [
    ("~ood-0.9.dist-info", ["METADATA": "Name: ood\nVersion: 0.9\n"], nil, "left behind by an interrupted pip"),
    ("-ood-0.9.dist-info", ["METADATA": "Name: ood\nVersion: 0.9\n"], nil, "left behind by an interrupted pip"),
    ("lost-1.dist-info", ["RECORD": ""], "1", "no readable metadata"),
    ("folder-1.dist-info", ["METADATA/inside": ""], "1", "no readable metadata"),
    ("nothing.dist-info", ["RECORD": ""], nil, "no readable metadata: No such file or directory"),
    ("unnamed.dist-info", ["METADATA": "Version: 1\n"], nil, "metadata without a valid name and version"),
    ("sp ace-1.dist-info", ["METADATA": "Name: sp ace\nVersion: 1\n"], nil, "sp ace is no name of a distribution"),
    (
      "odd-1.x.dist-info", ["METADATA": "Name: odd\nVersion: 1.x\n"], "1.x",
      "odd-1.x.dist-info has no version of PEP 440"
    ),
    ("legacy.egg-info", ["PKG-INFO": "Name: legacy\nVersion: 1.x\n"], "1.x", "1.x has no version of PEP 440"),
    (
      "steer-x.dist-info", ["METADATA": "Name: steer\nVersion: 1\u{1B}[31m --index-url x\n"], nil,
      "1\\x1B[31m --index-url x is not a version (PEP 440)"
    ),
    ("empty.egg-link", ["": "\n"], nil, "an .egg-link that names no folder"),
    ("gone.egg-link", ["": "/gone/away\n"], nil, "the folder that it leads to, /gone/away, cannot be listed"),
    ("fine-1.0.dist-info", ["METADATA": "Name: fine\nVersion: 1.0\n"], "1.0", nil),
  ]

  @Test(arguments: broken)
  func whatIsBrokenIsToldOnceAndTheRestIsThere(
    entry: String, files: [String: String], version: String?, message: String?
  ) throws {
    try environment.install("good", "1")
    for (file, text) in files { try environment.write(file.isEmpty ? entry : "\(entry)/\(file)", text) }
    let installed = try environment.installed()
    #expect(installed.all.filter { $0.name.normalized != "good" }.map(\.version) == (version.map { [$0] } ?? []))
    #expect(installed.all.contains { $0.name.normalized == "good" })
    #expect(installed.findings.count == (message == nil ? 0 : 1))
    for finding in installed.findings {
      #expect(finding.message.contains(message ?? ""), "\(finding.message)")
      #expect(finding.severity == .warning && finding.remedy != nil)
      #expect(finding.location?.path.description.contains(entry) == true)
    }
  }

  @Test func aNameThatIsThereTwice() throws {
    try environment.install("twice", "1.0")
    try environment.install("Twice", "2.0")
    let installed = try environment.installed()
    #expect(installed.all.count == 1)
    let used = try #require(installed.all.first?.metadataFolder.name)
    let told = try #require(installed.findings.first)
    #expect(installed.findings.count == 1)
    #expect(told.message == "twice is installed twice; \(used) is the one that counts")
    #expect(told.location?.path.name != used)
  }

  @Test func whatFoldersAddThroughPathFiles() throws {
    try environment.install("both", "1")
    let root = environment.folder
    try root.write("near/both-2.dist-info/METADATA", "Name: both\nVersion: 2\n")
    try root.write("near/near-1.dist-info/METADATA", "Name: near\nVersion: 1\n")
    try root.write("far/far.egg-info/PKG-INFO", "Name: far\nVersion: 3\n")
    try root.write("far/near-4.dist-info/METADATA", "Name: near\nVersion: 4\n")
    try root.write("far/nested.pth", "\(root.file("nested"))\n")
    try root.write("nested/nested-1.dist-info/METADATA", "Name: nested\nVersion: 1\n")
    try environment.write("b.pth", "\(root.file("far"))\r\n")
    try environment.write(
      "a.pth",
      "\u{FEFF}# \(root.file("far"))\nimport sys; sys.path.insert(0, 'x')\n\n../../../../near \t\n/gone\n../../../../near\n"
    )
    try environment.write(".hidden.pth", root.file("nested"))
    let installed = try environment.installed()
    #expect(installed.all.map { "\($0.name)==\($0.version)" } == ["both==1", "far==3", "near==1"])
    #expect(installed.searchPath.map(\.name) == ["site-packages", "near", "far"])
    #expect(installed.findings.isEmpty)
  }

  @Test func metadataIsReadUpToItsEndAndOnce() throws {
    let padding = String(repeating: "Classifier: x\n", count: 2_000)
    try environment.install("long", "1", "\(padding)Requires-Dist: needed\n\nRequires-Dist: body\n")
    try environment.write("old.egg-info/PKG-INFO", "Name: old\nVersion: 1\n")
    try environment.write("old.egg-info/requires.txt", "six\n\n[test:python_version < '3']\nmock>=1.0<2\n")
    let installed = try environment.installed()
    installed.readMetadata(jobs: 2)
    for file in ["long-1.dist-info/METADATA", "old.egg-info/PKG-INFO"] { try environment.write(file, "") }
    let needs = try installed.all.map { try $0.metadata().requiresDist.map(\.description) }
    #expect(needs == [["needed"], ["six", "mock<2,>=1.0; python_version < \"3\" and extra == \"test\""]])
  }

  @Test func metadataThatCannotBeRead() throws {
    try environment.write("lost-1.dist-info/RECORD", "")
    let installed = try environment.installed()
    let told = #expect(throws: Finding.self) { try installed.all[0].metadata() }
    #expect(told?.message == "an installed distribution has no readable metadata: No such file or directory")
  }

  @Test func providersAreByModule() throws {
    try environment.install("opencv-a", "1", files: ["top_level.txt": "cv2\n"])
    try environment.install("opencv-b", "1", files: ["top_level.txt": "cv2\n"])
    let providers = ModuleProviders(try environment.installed())
    #expect(providers.distributions(providing: "cv2").map(\.normalized) == ["opencv-a", "opencv-b"])
    #expect(providers.distributions(providing: "opencv_a") == [])
  }
}
