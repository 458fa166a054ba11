package import Packaging

/// Which mysqlclient a PyMySQL pretends to be after `pymysql.install_as_MySQLdb()`.
///
/// Django compares that version with the oldest mysqlclient that it accepts, and refuses the database when it is older.
package enum MysqlclientStandIn {
  /// `MySQLdb.version_info` under that PyMySQL, or nil for one older than those that were looked at.
  ///
  /// Between two releases that were looked at, the older one's answer is given.
  package static func version(pretendedBy pymysql: Version) -> Version? {
    steps.last { $0.pymysql <= pymysql }?.mysqlclient
  }

  /// The oldest PyMySQL that pretends to be at least that mysqlclient, or nil when none does.
  package static func oldestPyMySQL(pretendingAtLeast mysqlclient: Version) -> Version? {
    steps.first { $0.mysqlclient >= mysqlclient }?.pymysql
  }

  static let steps: [(pymysql: Version, mysqlclient: Version)] = Facts.pymysql.description.split(separator: "\n")
    .map { line in
      let versions = line.split(separator: " ").compactMap { Version(String($0)) }
      guard versions.count == 2 else { preconditionFailure("Facts/pymysql.txt: \(line)") }
      return (versions[0], versions[1])
    }
}
