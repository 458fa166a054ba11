import Diagnostics
import Foundation
import Glibc
import Host
import Testing
import TestSupport

@Suite struct FilesWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> SourcePath { SourcePath(folder.file(name)) }

  func names() throws -> [String] { try Files.list(SourcePath(folder.path)).map(\.name.name) }

  func permissions(_ name: String) -> mode_t {
    var status = stat()
    return stat(folder.file(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func makesAFileWithTheUsualPermissions() throws {
    try Files.write([1, 2, 3], to: path("new"))
    #expect(try Files.read(path("new")) == [1, 2, 3])
    let plain = open(folder.file("plain"), O_CREAT | O_WRONLY, 0o666)
    close(plain)
    #expect(permissions("new") == permissions("plain"))
    #expect(try names() == ["new", "plain"])
  }

  @Test(arguments: [0o600, 0o640, 0o755, 0o444] as [mode_t])
  func keepsPermissions(mode: mode_t) throws {
    try folder.write("old", "before")
    #expect(chmod(folder.file("old"), mode) == 0)
    try Files.write(Array("after".utf8), to: path("old"))
    #expect(permissions("old") == mode)
    #expect(try Files.text(path("old")) == "after")
  }

  @Test(arguments: ["target", "sub/target"])
  func aLinkStaysALink(target: String) throws {
    try folder.write(target, "before")
    #expect(symlink(target, folder.file("link")) == 0)
    #expect(symlink("link", folder.file("outer")) == 0)
    try Files.write(Array("after".utf8), to: path("outer"))
    #expect(Files.kind(of: path("outer"), followingLinks: false) == .symbolicLink)
    #expect(Files.kind(of: path("link"), followingLinks: false) == .symbolicLink)
    #expect(try Files.text(path(target)) == "after")
  }

  @Test func aDanglingLinkGetsItsTarget() throws {
    #expect(symlink("b", folder.file("a")) == 0)
    #expect(symlink("missing", folder.file("b")) == 0)
    try Files.write([7], to: path("a"))
    #expect(try names() == ["a", "b", "missing"])
    #expect(try Files.read(path("missing")) == [7])
  }

  @Test func aLoopOfLinksFails() throws {
    #expect(symlink("b", folder.file("a")) == 0)
    #expect(symlink("a", folder.file("b")) == 0)
    #expect(throws: FileError("write", path("a"), code: ELOOP)) { try Files.write([1], to: path("a")) }
    #expect(try names() == ["a", "b"])
  }

  @Test func aFolderAsTargetFails() throws {
    try folder.write("folder/kept", "x")
    #expect(throws: FileError("write", path("folder"), code: EISDIR)) { try Files.write([1], to: path("folder")) }
    #expect(try names() == ["folder"])
    #expect(throws: FileError.self) { try Files.write([1], to: path("nowhere/file")) }
    #expect(throws: FileError.self) { try Files.write([1], to: path("")) }
    #expect(throws: FileError.self) { try Files.write([1], to: path("a\u{0}b")) }
    #expect(try names() == ["folder"])
  }

  @Test func aDeviceStaysADevice() throws {
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    let reader = open(folder.file("pipe"), O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try Files.write(Array("through".utf8), to: path("pipe"))
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(read(reader, &buffer, 16) == 7)
    #expect(Files.kind(of: path("pipe")) == .special)
    #expect(throws: FileError("write", "/dev/full", code: ENOSPC)) { try Files.write([1], to: "/dev/full") }
    #expect(Files.kind(of: "/dev/full") == .special)
  }

  @Test func aFailureLeavesTheOldFile() async throws {
    try folder.write("old", "before")
    let old = path("old")
    let failure = await onUnprivilegedThread { () -> FileError? in
      do throws(FileError) {
        try Files.write([1], to: old)
        return nil
      } catch {
        return error
      }
    }
    // Who runs the tests as a user owns the folder, and nothing is denied.
    if geteuid() == 0 {
      #expect(failure == FileError("write", old, code: EACCES))
      #expect(try Files.text(old) == "before")
    }
    #expect(try names() == ["old"])
  }

  @Test func twoWritersLeaveOneWholeContent() async throws {
    let target = path("shared")
    let contents = [UInt8(1), 2].map { [UInt8](repeating: $0, count: 300_000) }
    try Files.write(contents[0], to: target)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for content in contents {
        group.addTask { for _ in 0..<20 { try Files.write(content, to: target) } }
      }
      for _ in 0..<40 {
        let seen = try Files.read(target)
        #expect(seen.count == 300_000 && Set([seen[0], seen[150_000], seen[299_999]]).count == 1)
      }
      try await group.waitForAll()
    }
    #expect(contents.contains(try Files.read(target)))
    #expect(try names() == ["shared"])
  }

  @Test func aLongName() throws {
    let name = String(repeating: "n", count: 255)
    try Files.write([1], to: path(name))
    #expect(try names() == [name])
  }
}
