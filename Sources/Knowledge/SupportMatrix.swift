package import Packaging

/// The series of Django with what each supports.
package enum SupportMatrix {
  /// Every series known, oldest first.
  package static let releases: [DjangoRelease] = Facts.django.description.split(separator: "\n").map(release)

  /// The series that a version of Django belongs to, or nil when it is older or newer than every series known.
  package static func release(for django: Version) -> DjangoRelease? {
    releases.first {
      $0.series.epoch == django.epoch && $0.series.major == django.major && $0.series.minor == django.minor
    }
  }

  /// The newest series known.
  package static var newest: DjangoRelease? { releases.last }

  private static func release(_ line: Substring) -> DjangoRelease {
    let fields = line.split(separator: " ").map(String.init)
    guard fields.count == 12, let series = Version(fields[0]), let oracle = oracleDriver(fields[10]) else {
      preconditionFailure("Facts/django.txt: \(line)")
    }
    let pythons = fields[1].split(separator: "-").compactMap { Version(String($0)) }
    guard pythons.count == 2 else { preconditionFailure("Facts/django.txt: \(line)") }
    return DjangoRelease(
      series: series, oldestPython: pythons[0], newestPython: pythons[1], minimumSQLite: Version(fields[2]),
      minimumPostgreSQL: Version(fields[3]), minimumMySQL: Version(fields[4]), minimumMariaDB: Version(fields[5]),
      minimumOracle: Version(fields[6]), minimumMysqlclient: Version(fields[7]), minimumPsycopg2: Version(fields[8]),
      minimumPsycopg3: Version(fields[9]), oracleDriver: oracle, endOfLife: fields[11])
  }

  private static func oracleDriver(_ text: String) -> Requirement? {
    do throws(RequirementError) { return try Requirement(parsing: text) } catch { return nil }
  }
}
