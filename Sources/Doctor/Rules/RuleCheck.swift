import Diagnostics
import Host
import Packaging
import Probes
import Project

/// A rule as a check.
package struct RuleCheck: Check {
  private let rule: CheckRule
  /// Whether commands may be run.
  private let runsCommands: Bool

  package init(_ rule: CheckRule, runsCommands: Bool = false) {
    self.rule = rule
    self.runsCommands = runsCommands
  }

  package var documentation: CheckDocumentation {
    let reach: CheckDocumentation.Reach =
      switch rule.condition {
      case .file, .environment, .distribution, .setting: .static
      case .command: .interpreter
      case .tcp, .http: .network
      }
    return CheckDocumentation(
      id: rule.id, area: .rules, reach: reach, severity: rule.severity, title: rule.title,
      what: "\(requirement). A rule of \(rule.location.path).",
      why: rule.message ?? "The project says so.", example: "", remedy: rule.remedy ?? "see \(rule.location)")
  }

  package func run(in context: CheckContext) async throws -> [CheckResult] {
    guard occurs(in: context) else { return [CheckResult(.skipped, subject, "does not apply here")] }
    switch rule.condition {
    case .file(let path): return [result(context.exists(path) ? nil : "\(path) is not there")]
    case .environment(let name):
      return [result(context.variable(name) == nil ? "\(Escaping.text(name)) is not set" : nil)]
    case .distribution(let name, let versions): return [distribution(name, versions, context)]
    case .setting(let name, let expected): return settings(name, expected, context)
    case .tcp(let endpoint):
      switch await context.run(ConnectionProbe(endpoint: endpoint)) {
      case .success: return [result(nil)]
      case .failure(let failure): return [result(failure.message, reason: failure.reason)]
      }
    case .http(let endpoint, let host, let path, let status):
      switch await context.run(HTTPProbe(endpoint: endpoint, host: host, path: path)) {
      case .success(let answer):
        let isRight = status.map { $0 == answer.status } ?? (answer.status < 400)
        return [result(isRight ? nil : "\(endpoint) answers with status \(answer.status)")]
      case .failure(let failure): return [result(failure.message, reason: failure.reason)]
      }
    case .command(let words, let versions): return [try await command(words, versions, context)]
    }
  }

  private var subject: String {
    switch rule.condition {
    case .file(let path): path.description
    case .environment(let name), .setting(let name, _): name
    case .tcp(let endpoint), .http(let endpoint, _, _, _): "\(endpoint)"
    case .distribution(let name, _): name.normalized
    case .command(let words, _): words[0]
    }
  }

  private var requirement: String {
    switch rule.condition {
    case .file(let path): "\(path) exists"
    case .environment(let name): "The environment variable \(name) is set"
    case .setting(let name, let value): "The setting \(name) is \(value)"
    case .tcp(let endpoint): "\(endpoint) accepts connections"
    case .http(let endpoint, _, let path, let status):
      "\(endpoint) answers \(path) with \(status.map { "status \($0)" } ?? "a status below 400")"
    case .distribution(let name, let versions): "\(name)\(versions.map { " \($0)" } ?? "") is installed"
    case .command(let words, let versions):
      "`\(words.joined(separator: " "))` works\(versions.map { " and prints a version \($0)" } ?? "")"
    }
  }

  private func occurs(in context: CheckContext) -> Bool {
    let occasion = rule.occasion
    if let file = occasion.file, !context.exists(file) { return false }
    if let name = occasion.environment, context.variable(name) == nil { return false }
    if let name = occasion.setting, context.settings?[name] == nil { return false }
    if let name = occasion.distribution, context.has(name) != true { return false }
    if let profile = occasion.profile, profile != context.profile { return false }
    return true
  }

  /// Fine without a fault.
  private func result(_ fault: String?, at location: Location? = nil, reason: ProbeFailure.Reason? = nil) -> CheckResult
  {
    guard let fault else { return CheckResult(.ok, subject, "") }
    return CheckResult(
      rule.severity == .error ? .error : .warning, subject, rule.message.map { "\($0): \(fault)" } ?? fault,
      remedy: rule.remedy, at: location ?? rule.location, evidence: reason.map { ["reason": $0.rawValue] } ?? [:])
  }

  private func distribution(_ name: PackageName, _ versions: SpecifierSet?, _ context: CheckContext) -> CheckResult {
    guard let isThere = context.has(name) else {
      return CheckResult(.unknown, subject, "there is neither an environment nor a manifest to look into")
    }
    guard isThere else { return result("\(name) is not installed") }
    guard let versions else { return result(nil) }
    guard let version = context.version(of: name) else {
      return CheckResult(.unknown, subject, "the version of \(name) is not known")
    }
    return result(versions.contains(version, prereleases: true) ? nil : "\(name) \(version) is not \(versions)")
  }

  private func settings(_ name: String, _ expected: String, _ context: CheckContext) -> [CheckResult] {
    context.inSettings(name) { settings in
      guard let value = settings[name] else {
        return [result("\(name) is not set", at: Location(path: settings.path))]
      }
      guard let text = value.pythonText else {
        return [
          CheckResult(.unknown, name, "not known: \(value.unknownReason ?? "no plain value")", at: value.location)
        ]
      }
      // What it is instead may be a secret.
      return [result(text == expected ? nil : "\(name) is not \(expected)", at: value.location)]
    }
  }

  private func command(_ words: [String], _ versions: SpecifierSet?, _ context: CheckContext) async throws
    -> CheckResult
  {
    guard runsCommands else {
      return CheckResult(.skipped, subject, "commands are not run", remedy: "envtool doctor --allow-commands")
    }
    let outcome = try await context.runCommand(words)
    guard outcome.status == 0 else {
      return result("`\(Escaping.text(words[0]))` ends with \(outcome.status.map { "status \($0)" } ?? "a signal")")
    }
    guard let versions else { return result(nil) }
    guard let version = Self.version(in: outcome.output + " " + outcome.error) else {
      return CheckResult(.unknown, subject, "it prints no version")
    }
    return result(versions.contains(version, prereleases: true) ? nil : "version \(version) is not \(versions)")
  }

  /// The first word that is a version with a dot, a leading `v` left out.
  private static func version(in text: String) -> Version? {
    text.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }.lazy
      .map { $0.drop { $0 == "v" || $0 == "V" } }
      .filter { $0.contains(".") && $0.first?.isNumber == true }
      .compactMap { Version(String($0)) }.first
  }
}

extension SettingValue {
  /// Strings, numbers, booleans and None as `str` writes them; nil for anything else, and for what is not known.
  fileprivate var pythonText: String? {
    switch content {
    case .boolean(let value): value ? "True" : "False"
    case .none: "None"
    default: scalarText
    }
  }
}
