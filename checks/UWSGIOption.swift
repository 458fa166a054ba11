import Diagnostics
import Doctor
import Knowledge
import Project

/// Options of uWSGI are spelt as it knows them.
struct UWSGIOption: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-option", area: .serving, reach: .static, severity: .warning,
    title: "uWSGI knows its options",
    what: """
      Compares the names in uWSGI's INI files and on its command lines with those that uWSGI knows, and names what is \
      almost one of them and used nowhere as %(name). With `strict` every name counts that it does not know.
      """,
    why: """
      A name of one's own is allowed, so that other values can use it: a mistyped option is not told of, and the default \
      stays in force.
      """,
    example: "theads = 2",
    remedy: "correct the name, and set `strict = true` so that uWSGI refuses such names itself")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.flatMap { configuration in
      configuration.options.compactMap { result($0, of: configuration, in: context) }
        + context.unseenInclusions(of: configuration)
    }
  }

  /// Options that have one letter on the command line.
  private static let letters = [
    "p": "processes", "s": "socket", "w": "module", "H": "home", "M": "master", "d": "daemonize", "t": "harakiri",
    "b": "buffer-size", "z": "socket-timeout", "l": "listen", "R": "max-requests", "C": "chmod-socket",
  ]

  private func result(
    _ option: UWSGIConfiguration.Option, of configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    let key = option.key
    // What is there under its right name already is not set twice; and the edit shows the line, where a password may stand.
    func renaming(to name: String) -> CheckFix? {
      guard configuration.last(name) == nil, option.value?.isPlainNumber ?? true else { return nil }
      return context.fix(key, at: option.location, to: name)
    }
    if !configuration.isCommand, let result = withColon(option) { return result }
    guard !key.isEmpty, ServerOptions.uwsgi(key) == nil, !["end", "endif", "endfor"].contains(key),
      !key.contains(where: { "%{}$<>@".contains($0) }), !isOwn(key, in: configuration)
    else { return nil }
    if configuration.isCommand { return onCommandLine(option) }
    if let meant = Self.letters[key] {
      return CheckResult(
        .warning, key, "-\(key) is an option of the command line alone, and here a name of your own",
        remedy: "write \(meant)", at: option.location, fix: renaming(to: meant))
    }
    let joined = String(key.lowercased().map { $0 == "_" ? "-" : $0 })
    let meant =
      ServerOptions.uwsgi(joined) != nil
      ? joined : plural(of: joined) ?? Suggestion.slip(of: joined, among: ServerOptions.uwsgiNames)
    let isUsed = configuration.options.contains { $0.value?.contains("%(\(key)") == true }
    if let meant, !isUsed {
      return CheckResult(
        .warning, key, "uWSGI knows no option \(Escaping.text(key)), and takes it for a name of your own",
        remedy: "write \(meant)", at: option.location, fix: renaming(to: meant))
    }
    guard configuration.isSet("strict") else { return nil }
    // What follows a colon may be a password.
    let name = Escaping.text(String(key.prefix { $0 != ":" }))
    if configuration.isOpen {
      return CheckResult(
        .unknown, name, "uWSGI itself knows no option \(name); whether a plugin does is not known", at: option.location)
    }
    return CheckResult(
      .warning, name, "uWSGI knows no option \(name), and with strict does not start",
      remedy: "write it as set-placeholder = \(name)=VALUE, or remove it", at: option.location)
  }

  /// `process` for `processes`.
  private func plural(of name: String) -> String? {
    ["s", "es"].lazy.map { name + $0 }.first { ServerOptions.uwsgi($0) != nil }
  }

  /// Whether the file itself declares the name.
  private func isOwn(_ key: String, in configuration: UWSGIConfiguration) -> Bool {
    configuration.options.contains { option in
      guard ["declare-option", "declare-option2", "set-placeholder", "set-ph"].contains(option.key) else {
        return false
      }
      return option.value.map { $0.prefix { $0 != "=" } == key } ?? false
    }
  }

  /// `chdir: /srv/site`: the whole line is the name.
  private func withColon(_ option: UWSGIConfiguration.Option) -> CheckResult? {
    guard let colon = option.key.firstIndex(of: ":") else { return nil }
    let name = String(option.key[..<colon].reversed().drop { $0 == " " }.reversed())
    guard ServerOptions.uwsgi(name) != nil else { return nil }
    return CheckResult(
      .warning, name, "uWSGI splits a line at = alone, so this sets nothing", remedy: "write \(name) = VALUE",
      at: option.location)
  }

  /// There uWSGI takes abbreviations, and refuses what it does not know.
  private func onCommandLine(_ option: UWSGIConfiguration.Option) -> CheckResult? {
    guard !ServerOptions.uwsgiNames.contains(where: { $0.hasPrefix(option.key) }),
      let meant = Suggestion.slip(of: option.key, among: ServerOptions.uwsgiNames)
    else { return nil }
    return CheckResult(
      .warning, option.key, "uWSGI knows no option --\(Escaping.text(option.key)), and does not start",
      remedy: "write --\(meant)", at: option.location)
  }
}
