package import Diagnostics
package import Host

/// Opens a SQLite file as a reader, checks that it is a database and looks for tables in it.
///
/// It creates nothing, neither the file nor the `-wal` and `-shm` files beside it.
package struct SQLiteProbe: Probe {
  package struct Answer: Hashable, Sendable {
    /// Of the SQLite library in this program, such as `3.40.1`.
    package let libraryVersion: String
    /// The counter that every change of the schema raises; 0 for a database in which nothing was ever created.
    package let schemaVersion: Int
    /// Those of the wanted tables that are neither a table nor a view, in the order in which they were wanted.
    package let absentTables: [String]
  }

  package let path: SourcePath
  package let tables: [String]

  /// Looks at the file `path`, and for `tables`, whose case does not matter to SQLite.
  package init(path: SourcePath, tables: [String] = []) {
    self.path = path
    self.tables = tables
  }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let file = try SQLiteFile(path)
    let database = try SQLiteDatabase(file, by: deadline)
    let schemaVersion = try database.schemaVersion()
    var absent: [String] = []
    for table in tables where try !database.tableExists(table) { absent.append(table) }
    if file.hasUnreadableLog, !absent.isEmpty {
      throw ProbeFailure(
        .system,
        "the tables in \(path)-wal cannot be read without \(path)-shm: open the database once with write access")
    }
    return Answer(libraryVersion: SQLiteDatabase.libraryVersion, schemaVersion: schemaVersion, absentTables: absent)
  }
}
