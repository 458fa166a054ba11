import CSQLite
import Diagnostics
import Host

/// A SQLite database open for reading, closed when the value goes away.
struct SQLiteDatabase: ~Copyable {
  private let handle: OpaquePointer?
  private let path: SourcePath
  private let deadline: Deadline

  static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// Opens `file`; a lock that another process holds is waited for until `deadline`.
  init(_ file: SQLiteFile, by deadline: Deadline) throws(ProbeFailure) {
    path = file.path
    self.deadline = deadline
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(file.uri, &handle, flags, nil)
    self.handle = handle
    guard code == SQLITE_OK else { throw failure(code) }
  }

  deinit { sqlite3_close_v2(handle) }

  /// The counter in the header. Fails on a file that is not a database, and on one whose schema is damaged.
  func schemaVersion() throws(ProbeFailure) -> Int {
    // The pragma alone reads no more than the header.
    _ = try firstInteger("SELECT count(*) FROM sqlite_master")
    return Int(try firstInteger("PRAGMA schema_version") ?? 0)
  }

  /// Whether there is a table or a view `name`.
  func tableExists(_ name: String) throws(ProbeFailure) -> Bool {
    let query = "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE"
    return try firstInteger(query, name) != 0
  }

  private func firstInteger(_ query: String, _ argument: String? = nil) throws(ProbeFailure) -> Int64? {
    sqlite3_busy_timeout(handle, deadline.milliseconds)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let prepared = sqlite3_prepare_v2(handle, query, -1, &statement, nil)
    guard prepared == SQLITE_OK else { throw failure(prepared) }
    if let argument {
      // SQLITE_TRANSIENT, a macro that Swift does not import: SQLite copies the text before it returns.
      let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      let bound = sqlite3_bind_text(statement, 1, argument, -1, transient)
      guard bound == SQLITE_OK else { throw failure(bound) }
    }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return sqlite3_column_int64(statement, 0)
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  /// What the result code means; extended codes say more in their upper bytes. https://www.sqlite.org/rescode.html
  private func failure(_ code: CInt) -> ProbeFailure {
    switch code & 0xFF {
    case SQLITE_NOTADB: ProbeFailure(.corrupt, "\(path) is not a SQLite database, or it is encrypted")
    case SQLITE_CORRUPT: ProbeFailure(.corrupt, "the SQLite database \(path) is damaged")
    case SQLITE_BUSY, SQLITE_LOCKED:
      ProbeFailure(.timeout, "the SQLite database \(path) is locked by another program")
    case SQLITE_READONLY:
      ProbeFailure(
        .readOnly,
        "the SQLite database \(path) has an interrupted change that only a program with write access can undo")
    case SQLITE_PERM, SQLITE_AUTH: ProbeFailure(.noGrant, "permission to read the database file \(path) is denied")
    default:
      ProbeFailure(.system, "the SQLite database \(path) cannot be read: \(String(cString: sqlite3_errmsg(handle)))")
    }
  }
}
