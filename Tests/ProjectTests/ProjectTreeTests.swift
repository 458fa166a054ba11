import Diagnostics
import Glibc
import Host
import Project
import Testing
import TestSupport

/// One bad input at a time: it is told of, and everything else is still read.
@Suite struct ProjectTreeTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("good.py", "import good_need\n")
    try folder.write("sub/other.py", "import other_need\n")
  }

  var root: SourcePath { SourcePath(folder.path) }

  func project() throws -> Project {
    try Project(reading: root, host: Host(environment: [:], folder: root))
  }

  static func modules(_ project: Project) -> [String] {
    project.evidence.compactMap { if case .module(let name) = $0.subject { name } else { nil } }
  }

  func expect(notes: [String] = [], failures: [String] = [], needs: [String] = []) throws {
    let project = try project()
    #expect(project.notes.map(\.description) == notes)
    #expect(project.failures.map(\.description) == failures)
    #expect(Self.modules(project).sorted() == (needs + ["good_need", "other_need"]).sorted())
  }

  @Test func nothingBad() throws { try expect() }

  @Test func linksToNowhere() throws {
    #expect(symlink("missing.py", folder.file("dangling.py")) == 0)
    #expect(symlink("loop.py", folder.file("loop.py")) == 0)
    #expect(symlink("gone", folder.file("sub/not_a_source")) == 0)
    try expect(notes: ["dangling.py: a link that leads nowhere", "loop.py: a link that leads nowhere"])
  }

  @Test func fileLinksAreReadFolderLinksNotEntered() throws {
    let outside = try TemporaryFolder()
    try outside.write("linked.py", "import linked_need\n")
    #expect(symlink(outside.file("linked.py"), folder.file("here.py")) == 0)
    #expect(symlink(outside.path, folder.file("outside")) == 0)
    #expect(symlink("..", folder.file("sub/up")) == 0)
    #expect(symlink("sub", folder.file("folder.py")) == 0)
    try expect(notes: ["folder.py: a link to a folder, not entered"], needs: ["linked_need"])
  }

  @Test func pipesAndDevices() throws {
    #expect(mkfifo(folder.file("pipe.py"), 0o600) == 0)
    #expect(symlink("/dev/zero", folder.file("zero.py")) == 0)
    try expect(notes: ["pipe.py: not a regular file", "zero.py: not a regular file"])
  }

  @Test func aFolderNamedLikeASource() throws {
    try folder.write("folder.py/inside.py", "import inside_need\n")
    try expect(notes: ["folder.py: a folder, not a source file"], needs: ["inside_need"])
  }

  @Test func oddNames() throws {
    try folder.write("with space/a b.py", "import space_need\n")
    try folder.write("line\nfeed.py", "import feed_need\n")
    let bytes = Array(folder.path.utf8) + Array("/".utf8) + [0xFF, 0xE9] + Array(".py".utf8)
    try Files.write(Array("import bytes_need\n".utf8), to: SourcePath(bytes: bytes))
    try expect(needs: ["space_need", "feed_need", "bytes_need"])
    let project = try project()
    #expect(project.evidence.map(\.location.description).contains(#"\xFF\xE9.py:1:1"#))
    #expect(project.evidence.map(\.location.description).contains(#"line\x0Afeed.py:1:1"#))
  }

  @Test(arguments: [
    "pyvenv.cfg", "conda-meta/history", "lib/python3.11/site-packages/x.py", "lib/pypy3.10/site-packages/x.py",
  ])
  func environmentsUnderAnyName(mark: String) throws {
    for name in ["my environment", "sub/v", ".hidden"] {
      try folder.write("\(name)/\(mark)", "import mark_need\n")
      try folder.write("\(name)/bin/script.py", "import script_need\n")
      try folder.write("\(name)/src/deep/other.py", "import deep_need\n")
    }
    try expect()
  }

  @Test func whatIsNoEnvironment() throws {
    try folder.write("venv/mine.py", "import mine_need\n")
    try folder.write("lib/python/mine.py", "import lib_need\n")
    try folder.write("sub/pyvenv.cfg/mine.py", "import folder_need\n")
    try folder.write("site-packages/vendored.py", "import vendored_need\n")
    try expect(needs: ["mine_need", "lib_need", "folder_need"])
  }

  @Test(arguments: [".git", ".hg", ".svn", "node_modules", "__pycache__", "CVS"])
  func foldersNotEntered(name: String) throws {
    try folder.write("\(name)/a.py", "import hidden_need\n")
    try folder.write("sub/\(name)/deeper/a.py", "import hidden_need\n")
    try expect()
  }

  @Test func whatCannotBeReadIsAFailure() async throws {
    try folder.write("closed.py", "import closed_need\n")
    try folder.write("closed/a.py", "import closed_need\n")
    try folder.write("listed/a.py", "import listed_need\n")
    #expect(chmod(folder.file("closed.py"), 0) == 0)
    #expect(chmod(folder.file("closed"), 0) == 0)
    #expect(chmod(folder.file("listed"), 0o444) == 0)
    defer { for name in ["closed", "listed"] { chmod(folder.file(name), 0o755) } }
    let root = root
    let project = await onUnprivilegedThread { () -> Result<Project, Finding> in
      do throws(Finding) {
        return .success(try Project(reading: root, host: Host(environment: [:], folder: root), jobs: 1))
      } catch {
        return .failure(error)
      }
    }
    let found = try project.get()
    #expect(
      found.failures.map(\.description) == [
        "closed: cannot list: Permission denied", "closed.py: cannot read: Permission denied",
        "listed/a.py: cannot read: Permission denied",
      ])
    #expect(Self.modules(found) == ["good_need", "other_need"])
  }

  @Test func deepFoldersEnd() throws {
    let deep = String(repeating: "d/", count: 300)
    try folder.write("\(deep)bottom.py", "import bottom_need\n")
    let project = try project()
    #expect(project.failures.map(\.message) == ["nested too deeply to be read"])
    #expect(Self.modules(project) == ["good_need", "other_need"])
  }

  @Test func oneFileAsProject() throws {
    let host = Host(environment: [:], folder: root)
    #expect(Self.modules(try Project(reading: root.appending("good.py"), host: host)) == ["good_need"])
    #expect(throws: Finding.self) { try Project(reading: root.appending("none"), host: host) }
    #expect(throws: Finding.self) { try Project(reading: "/dev/null", host: host) }
  }

  @Test func aFileThatIsNotPython() throws {
    try folder.write("broken.py", "import before_need\nx = '\nimport after_need\n")
    let project = try project()
    #expect(project.partial.map(\.description) == ["broken.py:2: unterminated string literal"])
    #expect(Self.modules(project) == ["before_need", "after_need", "good_need", "other_need"])
  }

  @Test func aFileThatNobodyWroteIsNotRead() throws {
    let folder = try TemporaryFolder()
    try folder.write("app.py", "import django\n")
    // A hole of 1 GiB: it takes no room on the disk, and none in memory.
    #expect(truncate(try folder.write("huge.py"), 1 << 30) == 0)
    let host = Host(environment: [:], folder: SourcePath(folder.path))
    let project = try Project(reading: SourcePath(folder.path), host: host)
    #expect(project.partial.map(\.description) == ["huge.py: larger than 64 MiB, so it was not read"])
    #expect(project.filesRead == 1 && project.evidence.count == 1 && project.failures.isEmpty)
  }

  @Test func whatGitIgnoresIsNotRead() throws {
    try folder.write(".gitignore", "*_local.py\n/out/\n!keep_local.py\n")
    try folder.write("a_local.py", "import ignored_need\n")
    try folder.write("keep_local.py", "import kept_need\n")
    try folder.write("out/b.py", "import out_need\n")
    try folder.write("sub/out/c.py", "import inner_need\n")
    try folder.write("sub/.gitignore", "d.py")
    try folder.write("sub/d.py", "import d_need\n")
    try expect(needs: ["kept_need", "inner_need"])
  }

  @Test func theRepositoryAroundCounts() throws {
    let outer = try TemporaryFolder()
    try outer.write(".git/info/exclude", "x.py\n")
    try outer.write(".gitignore", "/web/y.py\n")
    for name in ["x.py", "y.py", "z.py"] { try outer.write("web/\(name)", "import \(name.prefix(1))_need\n") }
    let root = SourcePath(outer.path).appending("web")
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    #expect(Self.modules(project) == ["z_need"])
  }

  @Test(arguments: [1, 2, 7]) func theSameOnAnyNumberOfThreads(jobs: Int) throws {
    for index in 0..<300 { try folder.write("p\(index % 40)/m\(index).py", "import need_\(index)\n") }
    let host = Host(environment: [:], folder: root)
    let one = try Project(reading: root, host: host, jobs: 1)
    let several = try Project(reading: root, host: host, jobs: jobs)
    #expect(one.evidence.map(\.location) == several.evidence.map(\.location))
    #expect(several.filesRead == 302)
  }
}
