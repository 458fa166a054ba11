import Diagnostics
import Host
import Packaging
import Project

/// Takes secrets out of what checks say: the last net, should a check show a value that holds one where nobody expects it.
struct SecretFilter: Sendable {
  /// Longest first.
  private let known: [String]

  /// Knows what the settings and the environment variables of the process hide.
  init(_ project: Project, _ host: Host) {
    var found: Set<String> = []
    let modules = project.settingsModules + project.judgedSettingsModules
    for settings in modules + [project.settings?.values].compactMap(\.self) {
      for (_, value) in settings.history { Self.gather(value, into: &found) }
    }
    for (name, value) in host.environment {
      if SecretText.isSecret(name: name) { found.insert(value) }
      found.formUnion(SecretText.passwords(inURL: value))
    }
    let forms = found.filter(Self.isTelling).flatMap {
      [$0, SecretText.percentDecoded($0), SecretText.percentEncoded($0)]
    }
    known = Set(forms).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// Whether a text says by itself that it is somebody's secret: common words stand in messages too.
  private static func isTelling(_ text: String) -> Bool {
    text.utf8.count >= 16 || text.utf8.count >= 8 && text.utf8.contains { !(0x61...0x7A).contains($0) }
  }

  private static func gather(_ value: SettingValue, into found: inout Set<String>) {
    switch value.content {
    case .string(let text):
      if value.isSecret { found.insert(text) }
      found.formUnion(SecretText.passwords(inURL: text))
    case .list(let items), .oneOf(let items): for item in items { gather(item, into: &found) }
    case .dictionary(let entries): for entry in entries { gather(entry.value, into: &found) }
    default: break
    }
  }

  /// The result as it may be shown.
  func shown(_ result: CheckResult) -> CheckResult {
    CheckResult(
      result.status, shown(result.subject), shown(result.message), remedy: result.remedy.map(shown),
      at: result.location, evidence: result.evidence.mapValues(shown), fix: result.fix)
  }

  private func shown(_ text: String) -> String {
    var text = text
    for secret in known where text.utf8.count >= secret.utf8.count { text = text.replacing(secret, with: "***") }
    return SecretText.withoutValues(SecretText.mayHoldCredentials(text) ? CredentialText(text).description : text)
  }
}
