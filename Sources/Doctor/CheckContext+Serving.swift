import ConfigFormats
package import Diagnostics
package import Project
import PythonSource

/// The settings that others than the person at the keyboard would get.
extension CheckContext {
  /// What the settings that are served say, for one of the settings.
  package enum ServedSetting: Sendable {
    case fine
    /// The words say what is wrong, without a final full stop.
    case exposed(String, at: Location)
    case unknown(String, at: Location)
  }

  /// Whether there is a sign that others reach the project, or it is made ready for them.
  package var isDeployed: Bool { profile == .production || exposure != nil }

  /// The first place that shows it; of several one that says so.
  private var exposure: Deployment? {
    exposures.first { addresses(of: $0).contains { $0.hasPrefix("0.0.0.0") || $0.hasPrefix("[::]") } }
      ?? exposures.first
  }

  /// The places that show that others reach the project: a server that listens on this machine alone shows it where a
  /// proxy stands in front of it. The server for development counts where nothing else serves.
  var exposures: [Deployment] {
    let hasProxy = project.tree.processFiles.contains { file in
      guard file.path.name.hasSuffix(".conf"), let text = code.text(of: file.path) else { return false }
      return text.contains("proxy_pass") || text.contains("uwsgi_pass") || text.contains("ProxyPass")
    }
    let exposing = deployments.filter { deployment in
      if deployment.location.path.isForDevelopment { return false }
      let addresses = addresses(of: deployment)
      return hasProxy || addresses.isEmpty || !addresses.allSatisfy(Self.isOfThisMachine)
    }
    return exposing.isEmpty ? developmentServers : exposing
  }

  private static func isOfThisMachine(_ address: String) -> Bool {
    ["127.", "localhost:", "[::1]", "http://127.", "http://localhost:"].contains { address.hasPrefix($0) }
  }

  /// Where the file says that the server listens.
  private func addresses(of deployment: Deployment) -> [String] {
    let path = deployment.location.path
    if path.name.hasSuffix(".ini") {
      let keys = ["socket", "uwsgi-socket", "http", "http-socket", "https", "https-socket"]
      return INIFile(code.text(of: path) ?? "").entries.filter { $0.section == "uwsgi" && keys.contains($0.key) }
        .map(\.value)
    }
    if path.name.hasSuffix(".py") {
      return (code.tree(of: path)?.moduleLevel ?? []).flatMap { statement, _ -> [String] in
        guard case .assignment(let targets, let value) = statement.kind,
          targets.contains(where: { $0.dottedName == "bind" })
        else { return [] }
        if case .list(let items) = value.node { return items.map { $0.stringValue ?? "" } }
        return [value.stringValue ?? ""]
      }
    }
    let options = ["-b", "--bind", "--host", "--listen", "--http", "--http-socket", "--socket", "-s"]
    guard
      let words = commands.first(where: {
        $0.path == path && $0.command.line == deployment.location.line
          && $0.command.column == deployment.location.column
      })?.command.words
    else { return [] }
    return words.indices.flatMap { index -> [String] in
      if options.contains(words[index]), index + 1 < words.count { return ["\(words[index + 1]):"] }
      return options.compactMap { option in
        words[index].hasPrefix("\(option)=") ? "\(words[index].dropFirst(option.utf8.count + 1)):" : nil
      }
    }
  }

  /// How messages name the sign: `while gunicorn.conf.py serves it`.
  package var deploymentWords: String {
    guard let first = exposure ?? deployments.first else { return "under the profile production" }
    return first.program == "collectstatic"
      ? "while \(first.location.path) collects its files for serving" : "while \(first.location.path) serves it"
  }

  /// The result for a setting that is dangerous where the project is served: only where all settings that may be served agree.
  package func results(
    ofServed subject: String, for check: some Check, remedy: String, countsDevelopmentServer: Bool = true,
    _ judge: (Settings) -> ServedSetting
  ) -> [CheckResult] {
    guard let settings, settings["INSTALLED_APPS"] != nil || settings["ROOT_URLCONF"] != nil else {
      return [CheckResult(.skipped, subject, "no Django settings found")]
    }
    let isOnlyDeveloped = !countsDevelopmentServer && exposures.allSatisfy { $0.program == "runserver" }
    guard isDeployed, profile == .production || !isOnlyDeveloped else {
      return [CheckResult(.skipped, subject, "no sign that the project is served")]
    }
    guard let served = servedSettings, !served.isEmpty else {
      return [CheckResult(.unknown, subject, "the settings that are served are not among the files")]
    }
    var exposed: CheckResult?
    var unknown: CheckResult?
    for settings in served {
      switch judge(settings.settings) {
      case .fine: return []
      case .unknown(let reason, let place):
        unknown = unknown ?? CheckResult(.unknown, subject, "not known: \(Escaping.text(reason))", at: place)
      case .exposed(_, let place) where profile != .production && !isCertain(subject, in: settings, served):
        let reason =
          project.isSettled(subject, in: settings.settings)
          ? "what is served may set it another way" : "what the environment or another file holds may change it"
        unknown = unknown ?? CheckResult(.unknown, subject, reason, at: place)
      case .exposed(let message, let place):
        exposed = exposed ?? CheckResult(status(check), subject, message, remedy: remedy, at: place)
      }
    }
    return [unknown ?? exposed].compactMap(\.self)
  }
}
