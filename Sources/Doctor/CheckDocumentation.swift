package import Diagnostics

/// What a check is, for the catalogue, `--list` and checks/README.md.
package struct CheckDocumentation: Sendable {
  /// The block of the report that a check belongs to, in the order of the report.
  package enum Area: String, CaseIterable, Sendable {
    case environment = "Environment"
    case source = "Source"
    case database = "Database"
    case routers = "Routers"
    case cache = "Cache"
    case project = "Project"
    case serving = "Serving"
    /// Checks that are only data: those of checks/rules/ and of the project.
    case rules = "Rules"
  }

  /// What a check needs to reach.
  package enum Reach: String, Sendable {
    /// Files alone.
    case `static`
    /// The project's interpreter, without running anything of the project.
    case interpreter
    /// The servers that the settings name.
    case network
    /// Files, and where it is allowed the servers too.
    case staticAndNetwork = "static+network"
    /// The project itself, which the interpreter imports: only when it is asked for.
    case project

    /// Whether it tells something by files alone.
    package var readsFiles: Bool { self == .static || self == .staticAndNetwork }
  }

  /// What stands in settings alone.
  private static let areasOfSettings: Set<Area> = [.database, .routers, .cache]

  package let id: String
  package let area: Area
  package let reach: Reach
  package let severity: Severity
  /// Whether what it finds is an error where the project is made ready for production.
  package let isErrorInProduction: Bool
  /// Whether it looks at each settings module that is served, not only at those of manage.py.
  package let judgesServedSettings: Bool
  /// A few words that stand beside the id.
  package let title: String
  package let what: String
  package let why: String
  /// Source or settings that fail.
  package let example: String
  package let remedy: String

  package init(
    id: String, area: Area, reach: Reach, severity: Severity, isErrorInProduction: Bool = false,
    judgesServedSettings: Bool = false, title: String, what: String, why: String,
    example: String, remedy: String
  ) {
    self.id = id
    self.area = area
    self.reach = reach
    self.severity = severity
    self.isErrorInProduction = isErrorInProduction
    self.judgesServedSettings = judgesServedSettings || Self.areasOfSettings.contains(area)
    self.title = title
    self.what = what
    self.why = why
    self.example = example
    self.remedy = remedy
  }
}
