import ConfigFormats
import Diagnostics
import Doctor
import Knowledge
import Project

/// No comment and no quotes have become part of a value of uWSGI.
struct UWSGIComment: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-comment", area: .serving, reach: .static, severity: .error,
    title: "uWSGI's values without comments and quotes",
    what: """
      Looks for comments behind values and headers of uWSGI's INI files, and for quotes around values, where they change \
      what the option means: also by way of %(name). Numbers and switches that uWSGI reads the same way are left alone.
      """,
    why: """
      In these files a comment needs a line of its own. `chdir = /srv/site # project` is a folder of that whole name; a \
      log that cannot be opened for this reason ends a daemon while the shell sees exit status 0.
      """,
    example: "chdir = /srv/www/mysite # project directory",
    remedy: "put the comment on a line of its own, and leave the quotes out")

  /// What runs commands or has a language of its own, in which these signs mean something.
  private static let languages = [
    "hook-", "exec-", "attach-daemon", "smart-attach-daemon", "legion", "cron", "unique-cron", "route", "error-route",
    "response-route", "final-route", "log-format", "logformat", "add-header", "alarm", "declare-option", "print", "if-",
    "for", "rpc", "eval", "mule", "collect-header", "pull-header", "log-encoder", "log-req-encoder", "end",
    "del-header",
    "master-as-root", "wait-for", "static-expires", "emperor-wrapper", "touch-exec",
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.filter { !$0.isCommand }.flatMap { configuration in
      configuration.brokenHeaders.map(header)
        + configuration.options.compactMap { result($0, of: configuration, in: context) }
        + context.unseenInclusions(of: configuration)
    }
  }

  private func header(_ place: Location) -> CheckResult {
    CheckResult(
      .error, "[uwsgi]", "what follows the bracket is part of the section's name, so uWSGI finds no section uwsgi",
      remedy: "put the comment on a line of its own", at: place)
  }

  private func result(
    _ option: UWSGIConfiguration.Option, of configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    guard let value = option.value, !Self.languages.contains(where: { option.key.hasPrefix($0) }) else { return nil }
    if let found = variable(value, option, in: context) { return found }
    let meant = UWSGIValue(value)
    if let excess = meant.excess, changes(excess, value, meant.text, option, configuration) {
      return result(excess, meant.text, option, seen(value, option, configuration), in: context)
    }
    return inherited(value, option, of: configuration)
  }

  /// Variables whose value nobody quotes on purpose.
  private static let plainVariables: Set<String> = [
    "DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION", "PYTHONPATH", "PATH", "HOME", "LANG", "LC_ALL", "TZ",
  ]

  /// `env = DJANGO_SETTINGS_MODULE="mysite.settings"`
  private func variable(
    _ value: String, _ option: UWSGIConfiguration.Option, in context: CheckContext
  ) -> CheckResult? {
    guard option.key == "env", let sign = value.firstIndex(of: "=") else { return nil }
    let name = String(value[..<sign])
    let text = String(value[value.index(after: sign)...])
    let meant = UWSGIValue(text)
    guard Self.plainVariables.contains(name), case .quotes(let quote)? = meant.excess else { return nil }
    let offset = name.unicodeScalars.count + 1
    return CheckResult(
      .error, option.key, "the quotes \(quote) are part of the value: \(name) becomes \(Escaping.text(text))",
      remedy: "write env = \(name)=\(Escaping.text(meant.text))", at: option.place(offset),
      fix: removingQuotes(of: option, text, from: offset, in: context))
  }

  /// Whether uWSGI makes something else of the value than of what was meant.
  private func changes(
    _ excess: UWSGIValue.Excess, _ value: String, _ meant: String, _ option: UWSGIConfiguration.Option,
    _ configuration: UWSGIConfiguration
  ) -> Bool {
    switch ServerOptions.uwsgi(option.key) {
    // Only `false` and its kin switch off: with anything behind them they switch on.
    case .flag: return ["false", "off", "no", "0"].contains(meant.lowercased())
    case .number: if case .quotes = excess { return true } else { return false }
    case .text: return !isHarmless(excess, meant, option)
    // A name of one's own counts where it is put in.
    case nil: return configuration.options.contains { $0.value?.contains("%(\(option.key))") == true }
    }
  }

  private func isHarmless(_ excess: UWSGIValue.Excess, _ meant: String, _ option: UWSGIConfiguration.Option) -> Bool {
    // Of an address uWSGI takes the digits behind the colon.
    if option.key.hasSuffix("socket") || option.key == "stats" || option.key == "http", !meant.contains("/"),
      let port = meant.split(separator: ":").last, Int(port) != nil, meant.contains(":")
    {
      return true
    }
    if case .comment = excess { return option.key == "env" && !meant.hasPrefix("DJANGO_SETTINGS_MODULE") }
    return false
  }

  private func result(
    _ excess: UWSGIValue.Excess, _ meant: String, _ option: UWSGIConfiguration.Option, _ seen: String,
    in context: CheckContext
  ) -> CheckResult {
    switch excess {
    case .comment(let offset, let sign):
      CheckResult(
        .error, option.key, "what follows \(sign) is part of the value: uWSGI reads \(seen)",
        remedy: "put the comment on a line of its own, so that the value is \(shown(meant, option))",
        at: option.place(offset), fix: movingComment(of: option, at: offset, in: context))
    case .quotes(let quote):
      CheckResult(
        .error, option.key, "the quotes \(quote) are part of the value: uWSGI reads \(seen)",
        remedy: "write \(option.key) = \(shown(meant, option))", at: option.place(),
        fix: removingQuotes(of: option, option.value ?? "", from: 0, in: context))
    }
  }

  /// The value that uWSGI really has, with what `%(name)` puts in.
  private func seen(
    _ value: String, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration
  ) -> String {
    guard Self.plain.contains(option.key), !value.contains("@") else { return "all of it" }
    var text = value
    for other in configuration.options where Self.plain.contains(other.key) && text.utf8.count < 500 {
      if other.key != option.key, let inner = other.value { text = text.replacing("%(\(other.key))", with: inner) }
    }
    return "'\(Escaping.text(text))'"
  }

  // MARK: - Edits

  /// The line of an option in its file; nil where characters and bytes are not the same.
  private func line(of option: UWSGIConfiguration.Option, in context: CheckContext) -> (
    start: Int, text: ArraySlice<UInt8>
  )? {
    guard let bytes = context.code.bytes(of: option.location.path), let number = option.location.line else {
      return nil
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    guard lines.count >= number, lines[number - 1].allSatisfy({ $0 < 0x80 }) else { return nil }
    let line = lines[number - 1]
    return (line.startIndex, line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
  }

  /// The comment on a line of its own, before the option.
  private func movingComment(
    of option: UWSGIConfiguration.Option, at offset: Int, in context: CheckContext
  ) -> CheckFix? {
    guard let (start, line) = line(of: option, in: context) else { return nil }
    let sign = start + option.valueColumn - 1 + offset
    guard sign > start, sign < line.endIndex, "#;".utf8.contains(line[sign]) else { return nil }
    let valueEnd = (line[..<sign].lastIndex { $0 != 0x20 && $0 != 0x09 } ?? start) + 1
    let comment = String(decoding: line[sign...], as: UTF8.self)
    let lineEnd = context.code.bytes(of: option.location.path).map { $0[line.endIndex...].starts(with: "\r".utf8) }
    return CheckFix(
      option.location.path,
      [
        TextEdit(inserting: comment + (lineEnd == true ? "\r\n" : "\n"), at: start),
        TextEdit(valueEnd..<line.endIndex, replacement: []),
      ])
  }

  private func removingQuotes(
    of option: UWSGIConfiguration.Option, _ value: String, from offset: Int, in context: CheckContext
  ) -> CheckFix? {
    guard let (start, line) = line(of: option, in: context) else { return nil }
    let first = start + option.valueColumn - 1 + offset
    let last = first + value.utf8.count - 1
    guard first < last, last < line.endIndex, line[first] == line[last], "\"'".utf8.contains(line[first]) else {
      return nil
    }
    return CheckFix(
      option.location.path,
      [TextEdit(first..<(first + 1), replacement: []), TextEdit(last..<(last + 1), replacement: [])])
  }

  /// A value that takes the comment of another along by `%(name)`.
  private func inherited(
    _ value: String, _ option: UWSGIConfiguration.Option, of configuration: UWSGIConfiguration
  ) -> CheckResult? {
    guard value.contains("%(") else { return nil }
    for source in configuration.options where value.contains("%(\(source.key))") {
      guard let excess = source.value.flatMap({ UWSGIValue($0).excess }), source.key != option.key else { continue }
      let what: String =
        if case .comment = excess { "the comment" } else { "the quotes" }
      return CheckResult(
        .error, option.key,
        "\(what) of \(source.key) (line \(source.location.line ?? 0)) comes along by %(\(source.key))",
        remedy: "correct \(source.key)", at: option.place())
    }
    return nil
  }

  /// The value where it is no secret for certain: placeholders and variables may hold passwords.
  private func shown(_ meant: String, _ option: UWSGIConfiguration.Option) -> String {
    Self.plain.contains(option.key) && !meant.contains("@") ? Escaping.text(meant) : "what remains"
  }

  private static let plain: Set<String> = [
    "chdir", "home", "virtualenv", "venv", "pyhome", "wsgi-file", "file", "module", "wsgi", "callable", "uid", "gid",
    "chmod-socket", "logfile-chmod", "daemonize", "logto", "pidfile", "pythonpath", "socket", "http-socket",
    "processes",
    "workers", "threads", "plugins", "touch-reload", "vacuum", "master", "need-app", "strict", "die-on-term",
  ]
}
