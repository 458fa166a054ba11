package import Packaging

/// What one series of Django runs on and works with.
package struct DjangoRelease: Hashable, Sendable {
  /// `5.2`
  package let series: Version
  /// The oldest and the newest Python that the series is made for, `3.10` and `3.14`.
  package let oldestPython: Version
  package let newestPython: Version
  /// The oldest versions that work; nil where none is stated.
  package let minimumSQLite: Version?
  package let minimumPostgreSQL: Version?
  package let minimumMySQL: Version?
  package let minimumMariaDB: Version?
  package let minimumOracle: Version?
  package let minimumMysqlclient: Version?
  package let minimumPsycopg2: Version?
  /// The floor of the distribution `psycopg`; nil when the series knows only psycopg2.
  package let minimumPsycopg3: Version?
  /// `cx-oracle` or `oracledb` with its floor.
  package let oracleDriver: Requirement
  /// Year and month of the last security fix: `2028-04`. A date to show, not to fail on.
  package let endOfLife: String

  /// `3.10-3.14`
  package var pythons: String { "\(oldestPython)-\(newestPython)" }

  /// Whether the series is made for that Python; only its first two numbers count.
  package func supports(python: Version) -> Bool {
    let version = Version(release: [python.major, python.minor])
    return version >= oldestPython && version <= newestPython
  }

  /// Whether `import django.db.backends.sqlite3` itself refuses an old SQLite.
  package var checksSQLiteOnImport: Bool { (Version(release: [2, 2])...Version(release: [4, 0])).contains(series) }

  /// Whether the first connection refuses an old server; before 4.1 the other floors are documented only.
  package var checksServerOnConnect: Bool { series >= Version(release: [4, 1]) }
}
