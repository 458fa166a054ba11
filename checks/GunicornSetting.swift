import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project
import PythonEnvironment
import PythonSource

/// The settings of gunicorn are spelt as it knows them, and its workers are there.
struct GunicornSetting: Check {
  let documentation = CheckDocumentation(
    id: "gunicorn-setting", area: .serving, reach: .static, severity: .warning,
    title: "gunicorn knows its settings",
    what: """
      Compares the names in gunicorn's configuration files and the options of its command lines with those that gunicorn \
      knows, and names what is almost one of them and used nowhere else; looks whether the package of a worker class is \
      installed.
      """,
    why: """
      A configuration file is Python, in which any name may be given: gunicorn passes over those that it does not know, \
      and so does `gunicorn --check-config`.
      """,
    example: "wokers = 3 in gunicorn.conf.py",
    remedy: "correct the name; python -m pip install gevent for worker_class = \"gevent\"")

  /// The kinds of worker that go by a name, with the distribution that each needs. `eventlet` is known up to gunicorn 25.
  private static let workers: [String: String?] = [
    "sync": nil, "gthread": nil, "asgi": nil, "gevent": "gevent", "gevent_wsgi": "gevent", "gevent_pywsgi": "gevent",
    "eventlet": "eventlet", "tornado": "tornado",
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.gunicorn.flatMap { configuration in
      configuration.settings.compactMap { setting in
        configuration.isCommand ? option(setting) : name(setting, configuration, in: context)
      } + configuration.values(of: "worker_class").compactMap { worker($0, in: context) }
        + starImports(of: configuration, in: context)
    }
  }

  /// What a file takes from a module that is not the project's may be settings too.
  private func starImports(of configuration: GunicornConfiguration, in context: CheckContext) -> [CheckResult] {
    if configuration.isCommand { return [] }
    return (context.code.tree(of: configuration.path)?.statements ?? []).compactMap { statement in
      guard case .importFrom(let module, let aliases, let level) = statement.kind, aliases.first?.name == "*" else {
        return nil
      }
      let target = context.code.absolute(module, level: level, from: configuration.path)
      if target.flatMap({ context.code.file(ofModule: $0) }) != nil { return nil }
      return CheckResult(
        .unknown, Escaping.text(module), "the settings that \(Escaping.text(module)) brings are not known",
        at: Location(path: configuration.path, line: statement.line, column: statement.column))
    }
  }

  private func name(
    _ setting: GunicornConfiguration.Setting, _ configuration: GunicornConfiguration, in context: CheckContext
  ) -> CheckResult? {
    let name = setting.name
    let given = configuration.settings.count { $0.name == name }
    guard !ServerOptions.isGunicornSetting(name), !name.hasPrefix("_"),
      let meant = meant(name, beside: configuration.settings.map(\.name)),
      uses(of: name, in: configuration.path, context) == given
    else { return nil }
    return CheckResult(
      .warning, name, "gunicorn has no setting \(Escaping.text(name)), and passes over it", remedy: "write \(meant)",
      at: setting.location,
      fix: renaming(setting, configuration, to: meant, in: context))
  }

  /// Nil where the setting is given under its right name too, and where the line that the edit shows may hold a password.
  private func renaming(
    _ setting: GunicornConfiguration.Setting, _ configuration: GunicornConfiguration, to name: String,
    in context: CheckContext
  ) -> CheckFix? {
    guard !configuration.settings.contains(where: { $0.name == name }), let line = setting.location.line,
      let text = context.code.text(of: configuration.path)?.textLines.dropFirst(line - 1).first,
      text.split(separator: "=").last.map(String.init)?.isPlainNumber == true
    else { return nil }
    return context.fix(setting.name, at: setting.location, to: name)
  }

  /// The setting that a name is a slip of, or that the option of that name sets: `preload`, `log_level`.
  private func meant(_ name: String, beside others: [String]) -> String? {
    // Names in capitals are one's own, unless they are a setting's.
    if name != name.lowercased() {
      return ServerOptions.isGunicornSetting(name.lowercased()) ? name.lowercased() : nil
    }
    let option = "--\(String(name.map { $0 == "_" ? "-" : $0 }))"
    if ServerOptions.gunicornOptions.contains(option) {
      // Where the setting is given too, the name is one's own.
      return ServerOptions.gunicorn(option: option).flatMap { others.contains($0.setting) ? nil : $0.setting }
    }
    return Suggestion.slip(of: name, among: ServerOptions.gunicornNames)
  }

  /// How often the name stands in the file as a word, comments left out.
  private func uses(of name: String, in path: SourcePath, _ context: CheckContext) -> Int {
    let lines = context.code.bytes(of: path)?.split(separator: UInt8(ascii: "\n")) ?? []
    return lines.reduce(0) { count, line in
      let words = line.prefix { $0 != UInt8(ascii: "#") }.split { byte in
        !(byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F || byte >= 0x80)
      }
      return count + words.count { $0.elementsEqual(name.utf8) }
    }
  }

  /// The option that gives a setting: `--access-logfile` for `--accesslog`.
  private static func option(ofSetting option: String) -> String? {
    let name = String(option.dropFirst(2).map { $0 == "-" ? "_" : $0 })
    return ServerOptions.gunicornOptions.first {
      ServerOptions.gunicorn(option: $0)?.setting == name && $0.hasPrefix("--")
    }
  }

  private func option(_ setting: GunicornConfiguration.Setting) -> CheckResult? {
    let begun = ServerOptions.gunicornOptions.filter { $0.hasPrefix(setting.name) }
    if setting.name.hasPrefix("--"), setting.name.utf8.count > 2, begun.count > 1, !begun.contains(setting.name) {
      let meant = Suggestion.slip(of: setting.name, among: begun) ?? "the whole name"
      return CheckResult(
        .warning, setting.name,
        "\(setting.name) may be short for \(begun.joined(separator: ", ")), so gunicorn does not start",
        remedy: "write \(meant)", at: setting.location)
    }
    guard setting.name.hasPrefix("--"), ServerOptions.gunicorn(option: setting.name) == nil,
      !ServerOptions.gunicornOptions.contains(where: { $0.hasPrefix(setting.name) }),
      let meant = Suggestion.slip(of: setting.name, among: ServerOptions.gunicornOptions)
        ?? Self.option(ofSetting: setting.name)
    else { return nil }
    return CheckResult(
      .warning, setting.name, "gunicorn has no option \(Escaping.text(setting.name)), and does not start",
      remedy: "write \(meant)", at: setting.location)
  }

  private func worker(_ setting: GunicornConfiguration.Setting, in context: CheckContext) -> CheckResult? {
    guard let text = setting.text, !text.contains(where: { "${%(".contains($0) }) else { return nil }
    if let known = Self.workers[text] {
      guard let name = known.flatMap({ PackageName($0) }), context.has(name) == false else { return nil }
      return CheckResult(
        .warning, text, "the worker class \(text) needs \(name), which is not \(installed(in: context))",
        remedy: "python -m pip install \(name), or take worker class gthread", at: setting.valueLocation)
    }
    if !text.contains("."), !text.contains(":") {
      let meant = Suggestion.slip(of: text, among: Self.workers.keys.sorted())
      return CheckResult(
        .warning, text, "gunicorn has no worker class \(Escaping.text(text))",
        remedy: meant.map { "write \($0)" } ?? "take one of sync, gthread, gevent, tornado, or the path of a class",
        at: setting.valueLocation)
    }
    guard text.hasPrefix("uvicorn.workers.") || text.hasPrefix("uvicorn_worker."),
      let name = PackageName(text.hasPrefix("uvicorn.") ? "uvicorn" : "uvicorn-worker"), context.has(name) == false
    else { return nil }
    return CheckResult(
      .warning, name.normalized,
      "the worker class \(Escaping.text(text)) needs \(name), which is not \(installed(in: context))",
      remedy: "python -m pip install \(name)", at: setting.valueLocation)
  }

  private func installed(in context: CheckContext) -> String {
    context.environment.map { "installed in \($0.displayName)" } ?? "among the requirements"
  }
}
