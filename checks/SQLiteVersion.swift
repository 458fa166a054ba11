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
      Asks the project's interpreter for sqlite3.sqlite_version and compares it with what the installed, pinned or declared \
      Django needs.
      """,
    why: """
      It is the library linked into the interpreter that counts, not the sqlite3 command. Django 2.2 and later refuse an \
      older one at start ("SQLite 3.8.3 or later is required"), and the floor rises with Django.
      """,
    example: "Django 5.2 (needs 3.31) with a Python that was built against SQLite 3.26",
    remedy: "use a Python with a newer SQLite, or the newest Django whose floor it meets")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let databases = context.project.settings?.values.databases
    if let databases, !databases.contains(where: { $0.family == .sqlite }) {
      return [CheckResult(.skipped, "SQLite", "no database uses it")]
    }
    guard context.manifest.requirements.contains(where: { $0.name == PackageNames.django }) else {
      return [CheckResult(.skipped, "SQLite", "not a Django project")]
    }
    guard let interpreter = context.interpreter else {
      return [CheckResult(.unknown, "SQLite", "no interpreter to ask", remedy: "see interpreter-found")]
    }
    let text = try await context.ask(interpreter, Self.question)
    let evidence = ["found": text, "interpreter": interpreter.path.description]
    guard let found = Version(text) else {
      return [withoutModule(text, isUsed: databases != nil, interpreter, evidence, in: context)]
    }
    return [judge(found, isUsed: databases != nil, interpreter, evidence, in: context)]
  }

  private static let question = """
    try:
      import sqlite3
    except ImportError as error:
      print(error)
    else:
      print(sqlite3.sqlite_version)
    """

  /// A Python that was built where SQLite's headers were missing has no such module.
  private func withoutModule(
    _ answer: String, isUsed: Bool, _ interpreter: Interpreter, _ evidence: [String: String], in context: CheckContext
  ) -> CheckResult {
    CheckResult(
      isUsed ? context.status(self) : .unknown, "SQLite",
      "\(interpreter.path) cannot import sqlite3: \(Escaping.text(answer))",
      remedy: Self.remedy(in: context), evidence: evidence)
  }

  private func judge(
    _ found: Version, isUsed: Bool, _ interpreter: Interpreter, _ evidence: [String: String], in context: CheckContext
  ) -> CheckResult {
    let releases = context.djangoReleases
    guard let oldest = releases.first, let newest = releases.last else {
      return withoutDjango(found, evidence, context)
    }
    let django = releases.count == 1 ? context.django.map { "Django \($0)" } : nil
    guard let floor = newest.minimumSQLite, found < floor else {
      let needs = newest.minimumSQLite.map { "\(django ?? "Django \(newest.series)") needs \($0)" } ?? "enough for any"
      return CheckResult(.ok, "SQLite", "\(found); \(needs)", evidence: evidence)
    }
    let required = evidence.merging(["required": floor.description]) { $1 }
    // The manifests allow an older Django that would do.
    guard let least = oldest.minimumSQLite, found < least else {
      return CheckResult(
        .unknown, "SQLite",
        "\(found); Django \(newest.series) needs \(floor), and which of \(oldest.series) to "
          + "\(newest.series) will run is not known", remedy: remedy(found, in: context), evidence: required)
    }
    let message = "\(found) in \(interpreter.path), but \(django ?? "Django \(oldest.series)") needs \(least) or later"
    // Where the settings do not tell that SQLite is used, it may not be.
    return CheckResult(
      isUsed ? context.status(self) : .unknown, "SQLite", message, remedy: remedy(found, in: context),
      evidence: required)
  }

  /// Without any Django only SQLites that are new enough for all of them can be judged.
  private func withoutDjango(
    _ found: Version, _ evidence: [String: String], _ context: CheckContext
  ) -> CheckResult {
    if let django = context.django {
      return CheckResult(
        .unknown, "SQLite", "\(found); what Django \(django) needs is not known", evidence: evidence)
    }
    if let highest = SupportMatrix.releases.compactMap(\.minimumSQLite).max(), found >= highest {
      return CheckResult(.ok, "SQLite", "\(found), enough for every Django up to \(newestSeries)", evidence: evidence)
    }
    return CheckResult(
      .unknown, "SQLite", "\(found); which Django will run is not known, as none is installed or declared",
      remedy: remedy(found, in: context), evidence: evidence)
  }

  private var newestSeries: String { SupportMatrix.newest?.series.description ?? "the newest" }

  private func remedy(_ found: Version, in context: CheckContext) -> String {
    let fitting = SupportMatrix.releases.last { release in release.minimumSQLite.map { found >= $0 } ?? true }
    let choice = fitting.map { "; or stay with Django \($0.series), the newest that takes \(found)" } ?? ""
    return Self.remedy(in: context) + choice
  }

  /// How this system gets a Python with a newer SQLite.
  private static func remedy(in context: CheckContext) -> String {
    let system = context.systems
    let ownBuild = "a Python that brings its own: uv python install, then uv venv"
    if system.contains("debian") || system.contains("ubuntu") {
      return "apt-get install --only-upgrade libsqlite3-0, or a newer release of the system, or \(ownBuild)"
    }
    if system.contains("alpine") { return "apk upgrade sqlite-libs, or \(ownBuild)" }
    if system.contains("rhel") || system.contains("fedora") || system.contains("centos") {
      return "dnf upgrade sqlite-libs, or \(ownBuild)"
    }
    return "use \(ownBuild)"
  }
}
