import Diagnostics
import Glibc
import Host
import Testing
import TestSupport

@Suite struct FilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> SourcePath { SourcePath(folder.file(name)) }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 200_000])
  func readsWhole(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try Files.write(bytes, to: path("file"))
    #expect(try Files.read(path("file")) == bytes)
  }

  @Test func readsWhatTellsNoSize() throws {
    #expect(try Files.text("/proc/self/status").contains("Pid:"))
  }

  @Test func whatIsNoFileFailsAtOnce() throws {
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(symlink("loop", folder.file("loop")) == 0)
    for (name, code) in [("pipe", EINVAL), ("", EINVAL), ("loop", ELOOP), ("missing", ENOENT), ("a\u{0}b", ENOENT)] {
      let target = name.isEmpty ? SourcePath(folder.path) : path(name)
      let error = #expect(throws: FileError.self) { try Files.read(name == "a\u{0}b" ? SourcePath("a\u{0}b") : target) }
      #expect(error?.code == code, "\(name)")
      #expect(error?.isMissing == (code == ENOENT))
      #expect(error?.isNoFile == (code != ENOENT))
    }
    #expect(throws: FileError("read", "/dev/zero", code: EINVAL)) { try Files.read("/dev/zero") }
  }

  @Test func listsEveryKindSortedByBytes() throws {
    try folder.write("b", "")
    try folder.write("sub/file", "")
    #expect(symlink("nowhere", folder.file("link")) == 0)
    #expect(mkfifo(folder.file("a pipe"), 0o600) == 0)
    let odd: [UInt8] = Array("line\nfeed ".utf8) + [0xFF, 0xFE]
    try Files.write([], to: SourcePath(bytes: Array(folder.path.utf8) + [0x2F] + odd))
    let entries = try Files.list(SourcePath(folder.path))
    #expect(entries.map(\.name) == ["a pipe", "b", SourcePath(bytes: odd), "link", "sub"])
    #expect(entries.map(\.kind) == [.special, .regular, .regular, .symbolicLink, .folder])
    #expect(throws: FileError("list", path("b"), code: ENOTDIR)) { try Files.list(path("b")) }
    #expect(throws: FileError("list", path("none"), code: ENOENT)) { try Files.list(path("none")) }
  }

  @Test func kindsAndLinks() throws {
    try folder.write("sub/file", "")
    #expect(symlink("sub/file", folder.file("link")) == 0)
    #expect(Files.kind(of: path("link")) == .regular)
    #expect(Files.kind(of: path("link"), followingLinks: false) == .symbolicLink)
    #expect(Files.kind(of: path("sub/none")) == nil)
    #expect(Files.resolved(path("link")) == Files.resolved(path("sub"))?.appending("file"))
    #expect(Files.resolved(path("none")) == nil)
  }
}
