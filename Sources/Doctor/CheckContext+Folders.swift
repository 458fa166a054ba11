package import Diagnostics
import Host
package import Project

/// Folders and files that settings name.
extension CheckContext {
  /// What there is to say of a folder that settings name and that must be there.
  package enum NamedFolder: Sendable {
    case there
    case missing
    /// Something else has its name.
    case noFolder
    /// .gitignore leaves it out: some tool makes it.
    case made
    /// It lies outside the project, where another machine may have it.
    case elsewhere
    case unknown(String)
  }

  package func namedFolder(_ value: SettingValue) -> NamedFolder {
    guard let text = value.text else { return .unknown(value.unknownReason ?? "not a path") }
    let place = project.place(of: text)
    switch Files.kind(of: project.root.appending(place)) {
    case .folder?: return .there
    case .some: return .noFolder
    case nil: break
    }
    if let variable = value.variable { return .unknown("the environment variable \(variable) decides") }
    if place.isAbsolute || place.components.first == ".." { return .elsewhere }
    return IgnoredPaths(project.tree).contains(place) ? .made : .missing
  }

  /// Whether a file or folder is there, by its path relative to the project or an absolute one.
  package func isThere(_ path: SourcePath) -> Bool { Files.exists(project.root.appending(path)) }

  /// The result for a folder of a list in the settings that is not there; nil when there is nothing to say.
  package func result(
    ofFolder value: SettingValue, in setting: String, at place: Location, for check: some Check
  ) -> CheckResult? {
    let text =
      value.isSecret
      ? setting : Escaping.text(value.text.map { display(project.root.appending(project.place(of: $0))) } ?? setting)
    switch namedFolder(value) {
    case .there, .made: return nil
    case .noFolder:
      return CheckResult(
        status(check), text, "\(text) is no folder", remedy: "name a folder in \(setting)", at: place)
    case .missing:
      let close = neighbour(of: project.place(of: value.text ?? ""))
      return CheckResult(
        status(check), text, "there is no folder \(text)\(close.map { ", but \($0)" } ?? "")",
        remedy: close.map { "name \($0) in \(setting)" } ?? "make the folder, or take it out of \(setting)",
        at: place)
    case .elsewhere:
      return CheckResult(
        profile == .production ? status(check) : .unknown, text, "\(text) lies outside the project and is not there",
        remedy: "make the folder where the project runs, or take it out of \(setting)", at: place)
    case .unknown(let reason):
      return CheckResult(.unknown, setting, "a folder of it is not known: \(Escaping.text(reason))", at: place)
    }
  }

  /// A folder beside a path with almost the same name.
  private func neighbour(of path: SourcePath) -> SourcePath? {
    let beside = project.tree.folders.filter { $0.parent == path.parent && !$0.isEmpty }
    guard let close = Suggestion.closest(to: path.name, among: beside.map(\.name)) else { return nil }
    return beside.first { $0.name == close }
  }
}
