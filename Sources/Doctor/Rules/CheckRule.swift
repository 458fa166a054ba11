package import Diagnostics
package import Host
package import Packaging

/// A check that is only data: one `[[check]]` of a rule file.
package struct CheckRule: Sendable {
  /// What must hold.
  package enum Condition: Sendable {
    /// The path exists, relative to the project's folder.
    case file(SourcePath)
    /// The environment variable is set, to something.
    case environment(String)
    /// Somebody accepts connections.
    case tcp(Endpoint)
    /// `GET` gives this status, or any below 400.
    case http(Endpoint, host: String, path: String, status: Int?)
    /// The distribution is installed, in one of these versions.
    case distribution(PackageName, SpecifierSet?)
    /// The command ends with status 0 and, with versions, prints one of these.
    case command([String], SpecifierSet?)
    /// The setting has this value: as text, `True`, `False` and numbers as Python writes them.
    case setting(String, equals: String)
  }

  /// When the rule counts at all.
  package struct Occasion: Sendable {
    package var file: SourcePath?
    package var setting: String?
    package var environment: String?
    package var distribution: PackageName?
    package var profile: CheckProfile?

    package init() {}
  }

  package let id: String
  package let title: String
  package let severity: Severity
  /// What is wrong where the condition does not hold; nil for words of the condition's own.
  package let message: String?
  package let remedy: String?
  package let condition: Condition
  package let occasion: Occasion
  /// Of the rule in its file.
  package let location: Location
}
