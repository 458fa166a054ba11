import Diagnostics
import Doctor
import Project
import PythonEnvironment

/// The files and folders that uWSGI is pointed to are there.
struct UWSGIPath: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-path", area: .serving, reach: .static, severity: .error,
    title: "uWSGI's files and folders exist",
    what: """
      Looks for the files that uWSGI is to read (chdir, wsgi-file, included configurations), for the module that it is to \
      import, and for the folders that its logs, sockets and pid files go to. An absolute path outside the project that is \
      missing here is unknown, and an error for production.
      """,
    why: """
      A missing folder for the log ends a daemon that has already told the shell that all is well; without its file \
      uWSGI serves error 500.
      """,
    example: "wsgi-file = manager.py",
    remedy: "correct the path, or make the folder")

  private static let read: Set<String> = [
    "chdir", "chdir2", "wsgi-file", "file", "ini", "include", "inherit", "yaml", "yml", "json", "xml", "config",
    "mime-file", "mimefile", "env-file",
  ]
  private static let written: Set<String> = [
    "daemonize", "daemonize2", "logto", "logto2", "pidfile", "pidfile2", "safe-pidfile", "safe-pidfile2", "socket",
    "uwsgi-socket", "http-socket", "http11-socket", "fastcgi-socket", "scgi-socket", "stats", "stats-server",
    "master-fifo", "spooler", "logger", "req-logger", "http",
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.flatMap { configuration in
      configuration.options.compactMap { option in
        guard let value = option.value, !value.isEmpty, !option.isConditional else { return nil }
        if ["module", "wsgi"].contains(option.key) { return module(value, option, configuration, in: context) }
        if option.key == "mount", let target = UWSGIConfiguration.target(ofMount: value) {
          return target.isModule
            ? module(target.text, option, configuration, in: context)
            : file(target.text, option, configuration, in: context)
        }
        if Self.read.contains(option.key) { return file(value, option, configuration, in: context) }
        return Self.written.contains(option.key) ? folder(value, option, configuration, in: context) : nil
      }
    }
  }

  private func file(
    _ value: String, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    var value = UWSGIValue(value).text
    let isChdir = option.key.hasPrefix("chdir")
    if !isChdir, let colon = value.lastIndex(of: ":") {
      // `file.ini:section`, `:section`; and what is fetched from elsewhere.
      if value.contains("://") { return nil }
      value = String(value[..<colon])
    }
    if value.isEmpty || value == "-" { return nil }
    let readsFirst = !["wsgi-file", "file", "mount", "mime-file", "mimefile"].contains(option.key)
    switch context.place(of: value, in: configuration, isChdir: readsFirst) {
    case .found: return nil
    case .unknown(let reason):
      return CheckResult(.unknown, option.key, "not known whether it is there: \(reason)", at: option.place())
    case .missing(let shown, let isOutside):
      return missing(
        "there is no \(isChdir ? "folder" : "file") \(shown)", "correct the path", option, isOutside, in: context)
    }
  }

  private func folder(
    _ value: String, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    guard let path = Self.writtenPath(UWSGIValue(value).text, option.key) else { return nil }
    // Some of them are opened before uWSGI changes the folder, some behind it.
    if case .found = context.place(of: path, in: configuration, isHeldByFolder: true) { return nil }
    switch context.place(of: path, in: configuration, isHeldByFolder: true, isChdir: true) {
    case .found: return nil
    case .unknown(let reason):
      return CheckResult(.unknown, option.key, "not known whether its folder is there: \(reason)", at: option.place())
    case .missing(let shown, let isOutside):
      return missing(
        "there is no folder \(shown)", "mkdir -p \(shown), or correct the path", option, isOutside, in: context)
    }
  }

  /// The path that is written to; nil for an address, a name of the abstract kind, another logger than a file.
  private static func writtenPath(_ text: String, _ key: String) -> String? {
    if key == "logger" || key == "req-logger" {
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].split(separator: " ").last == "file" else { return nil }
      return String(parts[1].prefix { $0 != "," })
    }
    let isAddress = key.hasSuffix("socket") || key.hasPrefix("stats") || key == "http" || key.hasPrefix("daemonize")
    // `daemonize = 192.168.1.1:1717` sends the log there.
    if isAddress, text.contains(":") || text.hasPrefix("@") || text.hasPrefix("=") || Int(text) != nil { return nil }
    return text
  }

  private func missing(
    _ message: String, _ remedy: String, _ option: UWSGIConfiguration.Option, _ isOutside: Bool,
    in context: CheckContext
  ) -> CheckResult {
    if isOutside, context.profile != .production {
      return CheckResult(
        .unknown, option.key, "\(message) on this machine; another one may have it", at: option.place())
    }
    return CheckResult(.error, option.key, message, remedy: remedy, at: option.place())
  }

  private func module(
    _ value: String, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    let expansion = configuration.expansion(of: value, in: context.project.root)
    guard expansion.unknownReason == nil else { return nil }
    let name = String(expansion.text.prefix { $0 != ":" })
    if name.contains("/") {
      return CheckResult(
        .error, option.key, "\(Escaping.text(name)) is a file, and \(option.key) takes the dotted name of a module",
        remedy: "write \(Self.wsgiModule(in: context) ?? "mysite.wsgi"):application", at: option.place())
    }
    guard let top = name.split(separator: ".").first.map(String.init) else { return nil }
    if context.code.file(ofModule: name) != nil { return elsewhere(name, top, option, configuration, in: context) }
    if context.code.provides(top) {
      guard let (rest, holder) = Self.missing(name, in: context) else { return nil }
      return CheckResult(
        .error, option.key, "\(holder) holds no module \(Escaping.text(rest))",
        remedy: Self.suggestion(name, in: context), at: option.place())
    }
    guard let close = Self.close(name, in: context) ?? Self.foreign(name, configuration, in: context) else {
      return nil
    }
    return CheckResult(
      .error, option.key, "the project has no module \(Escaping.text(name))", remedy: "write \(close)",
      at: option.place())
  }

  /// A module of the project that does not stand where chdir leads, when nothing else leads to it.
  private func elsewhere(
    _ name: String, _ top: String, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration,
    in context: CheckContext
  ) -> CheckResult? {
    guard !configuration.isOpen, let chdir = configuration.last("chdir"), !chdir.isConditional, let value = chdir.value,
      case .found(let folder) = context.place(of: value, in: configuration, isChdir: true),
      let home = folder.relative(to: context.project.root),
      configuration.last("pythonpath", "python-path", "pp", "chdir2", "env") == nil,
      !context.isThere("setup.py"), !context.isThere("pyproject.toml"), !context.isThere(home.appending(top)),
      !context.isThere(home.appending("\(top).py")), let file = context.code.file(ofModule: top)
    else { return nil }
    let package = file.name == "__init__.py" ? file.parent.parent : file.parent
    let place = package.isEmpty ? "the project's folder" : "\(package)"
    return CheckResult(
      .error, option.key, "\(Escaping.text(name)) is in \(place), and chdir leads to \(context.display(folder))",
      remedy: "let chdir lead to \(place)", at: option.place())
  }

  /// The part of a dotted name that the project's package lacks, and the package.
  private static func missing(_ name: String, in context: CheckContext) -> (name: String, holder: SourcePath)? {
    switch context.code.definition(of: name) {
    case .missingModule(let rest, let folder): (rest, folder)
    case .missing(let rest, let file): (rest, file.name == "__init__.py" ? file.parent : file)
    default: nil
    }
  }

  private static func suggestion(_ name: String, in context: CheckContext) -> String {
    close(name, in: context).map { "write \($0)" } ?? "name the module that holds the application: mysite.wsgi"
  }

  /// The module that a name ending in `wsgi` must mean, where neither the project nor anybody else has the one that it names,
  /// and uWSGI looks for modules in the project alone.
  private static func foreign(
    _ name: String, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> String? {
    guard name.hasSuffix(".wsgi"), let top = name.split(separator: ".").first, context.mayBeMisspelt(String(top)),
      configuration.last("pythonpath", "python-path", "pp", "chdir2", "plugin-dir") == nil, !configuration.isOpen
    else { return nil }
    if let chdir = configuration.last("chdir"), let value = chdir.value {
      guard case .found(let folder) = context.place(of: value, in: configuration, isChdir: true),
        folder.relative(to: context.project.root) != nil
      else { return nil }
    }
    return wsgiModule(in: context)
  }

  /// The one module of the project that makes Django's application.
  private static func wsgiModule(in context: CheckContext) -> String? {
    let found = context.code.sources(mentioning: "get_wsgi_application")
    guard found.count == 1, let package = context.code.dottedName(of: found[0].parent) else { return nil }
    return "\(package).\(found[0].name.dropLast(3))"
  }

  /// The module of the project that has an application and almost this name.
  private static func close(_ name: String, in context: CheckContext) -> String? {
    let modules = context.code.sources.filter { $0.name == "wsgi.py" || $0.name == "app.py" || $0.name == "asgi.py" }
      .compactMap { path in context.code.dottedName(of: path.parent).map { "\($0).\(path.name.dropLast(3))" } }
    return Suggestion.slip(of: name, among: modules)
  }
}
