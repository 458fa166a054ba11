import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment

/// Each database engine has the driver that it talks through.
struct DatabaseDriverPresent: Check {
  let documentation = CheckDocumentation(
    id: "database-driver", area: .database, reach: .static, severity: .error,
    title: "the database drivers are there",
    what: """
      Looks for the driver of each engine among what is installed, or declared where there is no environment: mysqlclient or \
      PyMySQL, psycopg or psycopg2, oracledb or cx_Oracle; and whether this Django knows that driver.
      """,
    why: """
      Django names the module and not the package that brings it ("Did you install mysqlclient?"), and only at the first \
      command that needs the database. psycopg 3 is known since Django 4.2, oracledb since 5.0.
      """,
    example: "'ENGINE': 'django.db.backends.postgresql' and neither psycopg nor psycopg2 among the requirements",
    remedy: "python -m pip install the driver, and add it to the requirements")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inDatabases { database in
      let engines = database.alternatives(of: "ENGINE")
      // Of several engines some may never be used.
      guard engines.count == 1, let value = engines.first, value.variable == nil, let engine = value.text,
        let driver = DatabaseDriver(for: engine)
      else { return [] }
      guard let present = context.present(driver.distributions) else {
        return [
          CheckResult(
            .unknown, database.alias, "no environment and no requirements tell of a driver for \(driver.server)",
            at: value.location)
        ]
      }
      if present.isEmpty { return [absent(driver, database.alias, at: value.location, in: context)] }
      return unfit(driver, present, database.alias, at: value.location, in: context).map { [$0] } ?? []
    }
  }

  private func absent(
    _ driver: DatabaseDriver, _ alias: String, at location: Location, in context: CheckContext
  ) -> CheckResult {
    let names = driver.distributions.prefix(2).map(\.normalized).joined(separator: " nor ")
    // What a manifest does not write out may bring it.
    let bringer = context.possibleBringer(of: driver.distributions)
    let isCertain = (context.environment != nil || context.declared.findings.isEmpty) && bringer == nil
    let place = context.environment?.displayName ?? "the requirements"
    let hope = bringer.map { ", unless \($0) brings one" } ?? ""
    return CheckResult(
      isCertain ? context.status(self) : .unknown, alias,
      "\(driver.server) needs a driver, and neither \(names) is in \(place)\(hope)",
      remedy: "\(context.pip) install \(usual(driver, in: context))", at: location)
  }

  private func usual(_ driver: DatabaseDriver, in context: CheckContext) -> String {
    let series = context.likelyDjango?.series
    switch driver.server {
    case "PostgreSQL":
      return series.map { $0 < Version(release: [4, 2]) } ?? false ? "psycopg2-binary" : "'psycopg[binary]'"
    case "Oracle": return series.map { $0 < Version(release: [5, 0]) } ?? false ? "cx_Oracle" : "oracledb"
    default: return driver.distributions[0].normalized
    }
  }

  /// What is there is of no use to this Django.
  private func unfit(
    _ driver: DatabaseDriver, _ present: [PackageName], _ alias: String, at location: Location, in context: CheckContext
  ) -> CheckResult? {
    guard let series = context.likelyDjango?.series else { return nil }
    let names = Set(present.map(\.normalized))
    let reason: String
    if driver.server == "PostgreSQL", names.isSubset(of: ["psycopg", "psycopg-binary", "psycopg-c"]),
      series < Version(release: [4, 2])
    {
      reason = "\(context.djangoName) does not know psycopg 3, only psycopg2"
    } else if names == ["oracledb"], series < Version(release: [5, 0]) {
      reason = "\(context.djangoName) does not know oracledb, only cx_Oracle"
    } else if names == ["cx-oracle"], series >= Version(release: [6, 0]) {
      reason = "\(context.djangoName) no longer knows cx_Oracle, only oracledb"
    } else {
      return nil
    }
    return CheckResult(
      context.status(self), alias, reason, remedy: "\(context.pip) install \(usual(driver, in: context))", at: location)
  }
}
