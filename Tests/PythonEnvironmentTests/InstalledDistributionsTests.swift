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

  @Test func whatIsBrokenIsToldAndTheRestIsThere() throws {
    try environment.install("good", "1")
    try environment.write("~ood-0.9.dist-info/METADATA", "Name: good\nVersion: 0.9\n")
    try environment.write("-ood-0.9.dist-info/METADATA", "Name: good\nVersion: 0.9\n")
    try environment.write("lost-1.dist-info/RECORD", "")
    try environment.write("nameless-1.dist-info/METADATA", "Version: 1\n")
    try environment.write("odd-1.dist-info/METADATA", "Name: -odd-\nVersion: 1\n")
    try environment.write("empty-1.dist-info/METADATA", "")
    try environment.write("steer-1.dist-info/METADATA", "Name: steer\nVersion: 1\u{1B}[31m --index-url x\n")
    try environment.write("folder-1.dist-info/METADATA/inside", "")
    let installed = try environment.installed()
    #expect(installed.all.map(\.version) == ["1"])
    let told = installed.findings.map { "\($0.location?.path.parent.name ?? "") \($0.message)" }
    #expect(
      told == [
        "empty-1.dist-info metadata without a valid name and version",
        "folder-1.dist-info an installed distribution has no readable metadata: Invalid argument",
        "lost-1.dist-info an installed distribution has no readable metadata: No such file or directory",
        "nameless-1.dist-info metadata without a valid name and version",
        "odd-1.dist-info metadata without a valid name and version",
        "steer-1.dist-info 1\\x1B[31m --index-url x is not a version (PEP 440)",
      ])
    #expect(installed.findings.allSatisfy { $0.severity == .warning })
  }

  @Test func providersAreByModule() throws {
    try environment.install("opencv-a", "1", files: ["top_level.txt": "cv2\n"])
    try environment.install("opencv-b", "1", files: ["top_level.txt": "cv2\n"])
    let providers = ModuleProviders(try environment.installed())
    #expect(providers.distributions(providing: "cv2").map(\.normalized) == ["opencv-a", "opencv-b"])
    #expect(providers.distributions(providing: "opencv_a") == [])
  }
}
