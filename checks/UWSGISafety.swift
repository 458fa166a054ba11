import ConfigFormats
import Diagnostics
import Doctor
import Knowledge
import Project

/// uWSGI is told to stop where it would go on without being of use.
struct UWSGISafety: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-safety", area: .serving, reach: .static, severity: .warning,
    title: "uWSGI fails loudly",
    what: """
      Looks in uWSGI's INI files for need-app, strict and die-on-term. Where other files are included, or what starts uWSGI \
      stops it with another signal, what is missing may not be needed.
      """,
    why: """
      Without need-app uWSGI serves error 500 when the application cannot be imported, and exits with 0; without strict a \
      mistyped option is ignored; without die-on-term SIGTERM, which every process manager sends to stop it, reloads it.
      """,
    example: "[uwsgi] with master and wsgi-file alone",
    remedy: "need-app = true, strict = true, die-on-term = true")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let isStoppedOtherwise = stopsOtherwise(in: context)
    return context.uwsgi.filter { !$0.isCommand && $0.loadsPython && $0.brokenHeaders.isEmpty }.compactMap {
      configuration in
      var needed = ["need-app", "strict", "die-on-term"]
      if isStoppedOtherwise || configuration.last("exit-on-reload", "hook-master-start") != nil { needed.removeLast() }
      let missing = needed.filter { !configuration.isSet($0) }
      if missing.isEmpty { return nil }
      let names = missing.joined(separator: ", ")
      if includes(configuration) {
        return CheckResult(
          .unknown, "uwsgi", "\(names) may be set in the files that it includes", at: configuration.location)
      }
      let off = missing.compactMap { configuration.last($0) }.first
      return CheckResult(
        .warning, "uwsgi", "\(missing.count == 1 ? "it is" : "they are") not set: \(names)",
        remedy: "add \(missing.map { "\($0) = true" }.joined(separator: ", "))"
          + (missing.contains("strict") ? ownNames(in: configuration) : ""),
        at: off?.location ?? configuration.location)
    }
  }

  /// What to do about names that the file gives a value and fills in as `%(name)`: with strict uWSGI refuses them.
  private func ownNames(in configuration: UWSGIConfiguration) -> String {
    let names = configuration.options.map(\.key).filter { key in
      ServerOptions.uwsgi(key) == nil && configuration.options.contains { $0.value?.contains("%(\(key))") == true }
    }
    guard let first = names.first.map({ Escaping.text($0) }) else { return "" }
    return ", and for strict write \(first) = VALUE as set-placeholder = \(first)=VALUE"
  }

  private func includes(_ configuration: UWSGIConfiguration) -> Bool {
    configuration.options.contains { option in
      ["ini", "include", "inherit", "import", "yaml", "yml", "json", "xml", "config"].contains(option.key)
        && option.value?.hasPrefix(":") != true
    }
  }

  /// Whether a unit or an image of the project stops it with a signal of its own choice.
  private func stopsOtherwise(in context: CheckContext) -> Bool {
    context.project.tree.processFiles.contains { file in
      guard file.kind == .unit || file.kind == .dockerfile || file.kind == .compose || file.kind == .configuration,
        let text = context.code.text(of: file.path), text.contains("uwsgi")
      else { return false }
      let signals = ["SIGQUIT", "SIGINT", "QUIT", "INT"]
      return text.textLines.contains { line in
        let words = line.split { " \t=:'\"\r".contains($0) }.map(String.init)
        return ["KillSignal", "STOPSIGNAL", "stop_signal", "stopsignal"].contains(words.first ?? "")
          && words.count > 1 && signals.contains(words[1])
      }
    }
  }
}
