import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment

/// The SQLite that is linked into the project's interpreter is new enough for this Django.
struct SQLiteVersion: Check {
  let documentation = CheckDocumentation(
    id: "sqlite-version", area: .database, reach: .interpreter, severity: .error,
    title: "SQLite new enough for this Django",
    what: """
      Asks the project's interpreter for sqlite3.sqlite_version and compares it with what the installed Django needs.
      """,
    why: """
      It is the library linked into the interpreter that counts, not the sqlite3 command. Django 2.2 and later refuse an \
      older one at start ("SQLite 3.8.3 or later is required"), and the floor rises with Django.
      """,
    example: "Django 5.2 (needs 3.31) with a Python that was built against SQLite 3.26",
    remedy: "use a Python with a newer SQLite, or the newest Django whose floor it meets")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    if let databases = context.project.settings?.values.databases, !databases.contains(where: { $0.family == .sqlite })
    {
      return [CheckResult(.skipped, "SQLite", "no database uses it")]
    }
    guard context.manifest.requirements.contains(where: { $0.name == PackageNames.django }) else {
      return [CheckResult(.skipped, "SQLite", "not a Django project")]
    }
    guard let interpreter = context.interpreter else {
      return [CheckResult(.unknown, "SQLite", "no interpreter to ask", remedy: "see interpreter-found")]
    }
    let text = try await context.ask(interpreter, "import sqlite3; print(sqlite3.sqlite_version)")
    guard let found = Version(text) else {
      return [CheckResult(.unknown, "SQLite", "the interpreter answered \(text)")]
    }
    let evidence = ["found": text, "interpreter": interpreter.path.description]
    guard let django = context.django else { return [withoutDjango(found, evidence)] }
    guard let release = SupportMatrix.release(for: django) else {
      return [CheckResult(.unknown, "SQLite", "\(text); what Django \(django) needs is not known", evidence: evidence)]
    }
    guard let floor = release.minimumSQLite else {
      return [CheckResult(.ok, "SQLite", "\(text), enough for any", evidence: evidence)]
    }
    if found >= floor {
      return [CheckResult(.ok, "SQLite", "\(text); Django \(django) needs \(floor)", evidence: evidence)]
    }
    return [
      CheckResult(
        .error, "SQLite", "\(text) in \(interpreter.path), but Django \(django) needs \(floor) or later",
        remedy: remedy(found), evidence: evidence.merging(["required": floor.description]) { $1 })
    ]
  }

  /// Without an installed Django only SQLites that are too old or new enough for all of them can be judged.
  private func withoutDjango(_ found: Version, _ evidence: [String: String]) -> CheckResult {
    let floors = SupportMatrix.releases.compactMap(\.minimumSQLite)
    if let highest = floors.max(), found >= highest {
      return CheckResult(.ok, "SQLite", "\(found), enough for every Django up to \(newestSeries)", evidence: evidence)
    }
    return CheckResult(
      .unknown, "SQLite", "\(found); which Django will run is not known, as none is installed", remedy: remedy(found),
      evidence: evidence)
  }

  private var newestSeries: String { SupportMatrix.newest?.series.description ?? "the newest" }

  private func remedy(_ found: Version) -> String {
    let fitting = SupportMatrix.releases.last { release in release.minimumSQLite.map { found >= $0 } ?? true }
    let choice = fitting.map { ", or stay with Django \($0.series), the newest that takes \(found)" } ?? ""
    return "use a Python that is linked with a newer SQLite\(choice)"
  }
}
