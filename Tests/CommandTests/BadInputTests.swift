import Foundation
import Glibc
import TestSupport
import Testing

/// Trees that hold what no source should be: everything else is still scanned.
@Suite struct BadInputTests {
  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("app.py", "import django\n")
    return folder
  }

  @Test func anEmptyTree() async throws {
    let folder = try TemporaryFolder()
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("0 requirements from 0 files"))
  }

  @Test func whatIsNoSourceIsANote() async throws {
    let folder = try tree()
    try FileManager.default.createSymbolicLink(atPath: folder.file("gone.py"), withDestinationPath: "nowhere.py")
    try FileManager.default.createSymbolicLink(atPath: folder.file("loop.py"), withDestinationPath: "loop.py")
    #expect(mkfifo(folder.file("pipe.py"), 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder.file("folder.py"), withIntermediateDirectories: true)
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 0)
    #expect(run.output == "django\n")
    for name in ["gone.py", "loop.py", "pipe.py", "folder.py"] { #expect(run.errors.contains("note: \(name): ")) }
  }

  @Test func oddNamesAreEscaped() async throws {
    let folder = try tree()
    try folder.write("with space.py", "import redis\n")
    try folder.write("line\nend.py", "x = 'never closed\nimport celery\n")
    let raw = Array("\(folder.path)/".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)] + Array(".py".utf8CString)
    let descriptor = open(raw, O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    let source = "y = 'never closed\nimport requests\n"
    #expect(write(descriptor, source, source.utf8.count) == source.utf8.count)
    close(descriptor)
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 0)
    #expect(run.output == "celery\ndjango\nredis\nrequests\n")
    #expect(run.errors.contains("line\\x0Aend.py:1: "))
    #expect(run.errors.contains("\\xFF.py:1: "))
  }

  /// The file is read as another user: root may read everything.
  @Test(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs root and setpriv"))
  func anUnreadableFileIsStatus1() async throws {
    let folder = try tree()
    try folder.write("secret.py", "import redis\n")
    #expect(chmod(folder.file("secret.py"), 0) == 0)
    // The program is copied to where that user may start it.
    let program = folder.file("envtool")
    try FileManager.default.copyItem(at: EnvtoolRun.executable, to: URL(filePath: program))
    let run = try await EnvtoolRun(
      shell: "setpriv --reuid=65534 --regid=65534 --clear-groups '\(program)' scan '\(folder.path)'", in: folder.path)
    #expect(run.status == 1)
    #expect(run.output == "django\n")
    #expect(run.errors.contains("error: secret.py: cannot read: Permission denied"))
  }

  @Test func aPathThatIsAFIFO() async throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    let run = try await EnvtoolRun(["scan", folder.file("pipe")])
    #expect(run.status == 2)
    #expect(run.errors.contains("is neither a folder nor a file"))
  }

  @Test func filesThatVanishDuringTheScan() async throws {
    let folder = try tree()
    for number in 0..<300 { try folder.write("part\(number)/module.py", "import redis\n") }
    let run = try await EnvtoolRun(
      shell:
        "(rm -rf part* &) ; for i in 1 2 3 4 5; do \"$0\" scan . --quiet >/dev/null || exit $?; done; \"$0\" scan --quiet",
      in: folder.path)
    #expect(run.status == 0)
    #expect(run.output.contains("django\n"))
  }
}
