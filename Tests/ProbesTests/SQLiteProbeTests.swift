import Diagnostics
import Foundation
import Glibc
import Host
import Probes
import TestSupport
import Testing

@Suite(
  "SQLite files", .enabled(if: RealServer.isInstalled("sqlite3"), "sqlite3 is not installed"), .timeLimit(.minutes(2)))
struct SQLiteProbeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func findsTablesAndViewsInAnyCase() async throws {
    let path = try database(
      "db.sqlite3", "CREATE TABLE Polls(a); CREATE VIEW seen AS SELECT 1; CREATE INDEX i ON Polls(a)")
    let answer = try await probe(path, ["polls", "seen", "absent", "i", "a'b\"c"]).answer()
    #expect(answer.absentTables == ["absent", "i", "a'b\"c"])
    #expect(answer.schemaVersion == 3)
    #expect(answer.libraryVersion.hasPrefix("3."))
    #expect(try names() == ["db.sqlite3"])
  }

  @Test(arguments: ["a b.db", "q?x=1&mode=rwc.db", "per%20cent#.db", "ümlaut.db", "new\nline.db"])
  func namesThatMeanSomethingInAURI(_ name: String) async throws {
    let path = try database("plain.db", "CREATE TABLE t(a)")
    #expect(rename(path, folder.file(name)) == 0)
    #expect(try await probe(folder.file(name), ["t"]).answer().absentTables == [])
    #expect(try names() == [name])
  }

  @Test func aRelativePathAndOneWithTwoSlashes() async throws {
    let path = try database("db", "CREATE TABLE t(a)")
    let start = FileManager.default.currentDirectoryPath
    let up = String(repeating: "../", count: start.split(separator: "/").count)
    for path in ["/\(path)", "\(up)\(path.dropFirst())"] {
      #expect(try await probe(path, ["t"]).answer().absentTables == [], "\(path)")
    }
  }

  /// SQLite takes a file of one byte, whatever it is, for an empty one too.
  @Test(arguments: ["", "x"])
  func anEmptyFileIsAnEmptyDatabase(_ content: String) async throws {
    let answer = try await probe(try folder.write("empty.db", content), ["t"]).answer()
    #expect(answer.schemaVersion == 0)
    #expect(answer.absentTables == ["t"])
    #expect(try names() == ["empty.db"])
  }

  @Test func whatIsNotADatabase() async throws {
    let text = try folder.write("settings.py", "DEBUG = True\n")
    let long = try folder.write("long.txt", String(repeating: "not a database ", count: 1000))
    let header = try folder.write("header", "SQLite format 3\0")
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let cases: [(String, ProbeFailure.Reason, String)] = [
      (text, .corrupt, "is not a SQLite database"), (long, .corrupt, "is not a SQLite database"),
      (header, .corrupt, ""),
      (folder.path, .corrupt, "is a folder"), (pipe, .corrupt, "is not a regular file"),
      (folder.file("absent.db"), .missing, "there is no database file \(folder.path)/absent.db"),
      (folder.file("no/db"), .missing, "there is no folder \(folder.path)/no to hold the database db"),
      ("\(text)/db", .missing, "there is no folder \(text)"), ("", .missing, "is not a path"),
      ("a\0b", .missing, "is not a path"), ("absent-in-the-working-folder.db", .missing, "there is no database file"),
    ]
    for (path, reason, message) in cases {
      let failure = await probe(path).failure()
      #expect(failure?.reason == reason, "\(path): \(String(describing: failure))")
      #expect(failure?.message.contains(message) == true || message.isEmpty, "\(String(describing: failure))")
    }
    #expect(try names() == ["header", "long.txt", "pipe", "settings.py"])
  }

  @Test func aDamagedDatabase() async throws {
    let path = try database("db", "CREATE TABLE t(a); INSERT INTO t VALUES (randomblob(9000))")
    let whole = try Data(contentsOf: URL(filePath: path))
    var damaged = whole
    for index in 100..<whole.count { damaged[index] = 0xA5 }
    try damaged.write(to: URL(filePath: path))
    #expect(await probe(path, ["t"]).failure()?.reason == .corrupt)
    for length in stride(from: 2, to: 600, by: 7) {
      try whole.prefix(length).write(to: URL(filePath: path))
      let failure = await probe(path, ["t"]).failure()
      #expect(failure?.reason == .corrupt, "\(length) bytes: \(String(describing: failure))")
    }
  }

  @Test func aFileThatMayNotBeRead() async throws {
    let path = try database("db", "CREATE TABLE t(a)")
    let probe = probe(path)
    #expect(chmod(path, 0) == 0)
    let reason: ProbeFailure.Reason? = await onUnprivilegedThread {
      do throws(ProbeFailure) {
        _ = try probe.run(by: .after(.seconds(1)))
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(reason == .noGrant)
  }

  @Test func aLockedDatabaseIsWaitedForUntilTheDeadline() async throws {
    let path = try database("db", "CREATE TABLE t(a)")
    try await shell(path, "BEGIN EXCLUSIVE; INSERT INTO t VALUES (1);") { _ in
      let start = ContinuousClock.now
      let failure = await probe(path, ["t"]).failure(within: .milliseconds(300))
      let spent = ContinuousClock.now - start
      #expect(failure?.reason == .timeout)
      #expect(spent >= .milliseconds(200) && spent < .seconds(3), "\(spent)")
    }
    #expect(try await probe(path, ["t"]).answer().absentTables == [])
  }

  @Test func aDatabaseInLogModeThatNobodyHasOpen() async throws {
    let path = try database("db", "PRAGMA journal_mode = WAL; CREATE TABLE t(a)")
    #expect(try names() == ["db"])
    #expect(try await probe(path, ["t"]).answer().absentTables == [])
    #expect(try names() == ["db"])
  }

  /// What the other program wrote is still in the log.
  @Test func aDatabaseInLogModeThatAnotherProgramHasOpen() async throws {
    let path = try database("db", "PRAGMA journal_mode = WAL")
    try await shell(path, "CREATE TABLE fresh(a); SELECT 'ready';") { process in
      try expectEqual(names(), ["db", "db-shm", "db-wal"])
      let log = try Data(contentsOf: URL(filePath: "\(path)-wal"))
      #expect(!log.isEmpty)
      try await expectEqual(probe(path, ["fresh"]).answer().absentTables, [])
      try expectEqual(Data(contentsOf: URL(filePath: "\(path)-wal")), log)
      // The log of a program that died remains, and is read as well.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try await expectEqual(probe(path, ["fresh", "absent"]).answer().absentTables, ["absent"])
      try expectEqual(names(), ["db", "db-shm", "db-wal"])
      // Without its index the log cannot be read without creating one.
      #expect(unlink("\(path)-shm") == 0)
      #expect(await probe(path, ["fresh"]).failure()?.reason == .system)
      try await expectEqual(probe(path).answer().absentTables, [])
      try expectEqual(names(), ["db", "db-wal"])
    }
  }

  /// A journal of a program that died in the middle of a change, which only a writer can undo.
  @Test func anInterruptedChange() async throws {
    let path = try database("db", "CREATE TABLE t(a)")
    let fill = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    let script =
      "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; \(fill) INSERT INTO t SELECT randomblob(500) FROM n;"
    try await shell(path, script) { process in
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try expectEqual(names(), ["db", "db-journal"])
      let failure = await probe(path, ["t"]).failure()
      #expect(failure?.reason == .readOnly, "\(String(describing: failure))")
      try expectEqual(names(), ["db", "db-journal"])
    }
  }

  private func probe(_ path: String, _ tables: [String] = []) -> SQLiteProbe {
    SQLiteProbe(path: SourcePath(path), tables: tables)
  }

  /// For closures, in which `#expect` cannot hold a `try`.
  private func expectEqual<T: Equatable>(
    _ actual: T, _ expected: T, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(actual == expected, sourceLocation: sourceLocation)
  }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

  private func database(_ name: String, _ sql: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sqlite3", folder.file(name), sql]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return folder.file(name)
  }

  /// Runs `body` while a sqlite3 shell holds `path` open, having executed `sql`.
  private func shell(_ path: String, _ sql: String, _ body: (Process) async throws -> Void) async throws {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sqlite3", path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    defer {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
    try input.fileHandleForWriting.write(contentsOf: Data("\(sql)\nSELECT 'done';\n".utf8))
    var text = ""
    while !text.contains("done") {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "the shell ended: \(text)")
      text += String(decoding: data, as: UTF8.self)
    }
    try await body(process)
  }
}
