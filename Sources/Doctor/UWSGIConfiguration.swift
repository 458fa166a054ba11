import ConfigFormats
package import Diagnostics
import Knowledge
import Project

/// What a file or a command line tells uWSGI.
package struct UWSGIConfiguration: Sendable {
  package struct Option: Sendable {
    package let key: String
    /// As uWSGI takes it, before it puts anything in; nil for a key alone.
    package let value: String?
    /// Of the key.
    package let location: Location
    package let valueColumn: Int
    /// Whether it counts only under a condition, or more than once.
    package let isConditional: Bool

    /// A place in the value, `offset` Unicode scalars from its beginning.
    package func place(_ offset: Int = 0) -> Location {
      Location(path: location.path, line: location.line, column: valueColumn + offset)
    }

    /// Whether it is on, for an option that takes no value.
    package var isOn: Bool { !["false", "off", "no", "0"].contains((value ?? "").lowercased()) }
  }

  /// The file that holds it; for a command line the file that starts it.
  package let path: SourcePath
  /// Of the header of the section, or of the command.
  package let location: Location
  package let options: [Option]
  /// Headers that name another section for uWSGI than for people.
  package let brokenHeaders: [Location]
  /// Whether it is a command line.
  package let isCommand: Bool
  /// Whether more options may come from elsewhere: files that it includes, plugins, a command line.
  package let isOpen: Bool

  /// The last option of one of these names, as the later of two counts.
  package func last(_ keys: String...) -> Option? { options.last { keys.contains($0.key) } }

  /// Whether an option without a value is on.
  package func isSet(_ key: String) -> Bool { last(key)?.isOn ?? false }

  /// Whether it loads an application of Python, or only might.
  package var loadsPython: Bool {
    if last("emperor", "emperor-tyrant", "php-set", "psgi", "rack", "lua", "cgi", "perl") != nil { return false }
    return isOpen || last("wsgi-file", "file", "module", "wsgi", "mount", "pyrun", "callable", "paste") != nil
  }

  /// What `mount = /app=mysite.wsgi:app` loads: a module, or a file by its path; nil where that is not told.
  package static func target(ofMount value: String) -> (text: String, isModule: Bool)? {
    guard let sign = value.firstIndex(of: "=") else { return nil }
    let text = String(value[value.index(after: sign)...])
    let file = text.prefix { $0 != ":" }
    // A name that ends in `.wsgi` with no callable behind it is that of a file to uWSGI.
    if file.isEmpty || text.contains("://")
      || [".ini", ".xml", ".yml", ".yaml", ".json"].contains(where: file.hasSuffix)
      || !file.contains("/") && text.hasSuffix(".wsgi")
    {
      return nil
    }
    return (text, !file.contains("/") && !file.hasSuffix(".py"))
  }

  /// The options that take in another file, or another section of this one.
  var inclusions: [Option] { options.filter { Self.inclusions.contains($0.key) } }

  // MARK: - Files

  /// The configurations of a project, sorted by location.
  static func all(
    in project: Project, _ code: ProjectCode, _ commands: [(command: ProcessCommand, path: SourcePath)]
  ) -> [UWSGIConfiguration] {
    let candidates =
      project.tree.files.filter { $0.name.hasSuffix(".ini") }
      + project.tree.processFiles.filter { $0.kind == .configuration }.map(\.path)
      + project.tree.otherFiles.filter { path in
        let name = path.name
        return name.hasSuffix(".uwsgi") || Self.templateEndings.contains { name.hasSuffix(".ini\($0)") }
          || name.hasPrefix("uwsgi") && name.hasSuffix(".cfg")
      }
    let files = Set(candidates).filter { !$0.isMaterial }.compactMap { path -> UWSGIConfiguration? in
      guard let text = code.text(of: path), text.utf8.count < 1 << 20, text.contains("[uwsgi") else { return nil }
      return file(UWSGIFile(text), path)
    }
    let started = commands.compactMap { command, path in
      path.isMaterial ? nil : UWSGIConfiguration(command, path)
    }
    return (files + started).sorted { $0.location < $1.location }
  }

  private static let templateEndings = [
    ".example", ".sample", ".template", ".tmpl", ".tpl", ".dist", ".in", ".j2", ".jinja", ".jinja2", ".default",
  ]

  private static func file(_ file: UWSGIFile, _ path: SourcePath) -> UWSGIConfiguration? {
    guard let main = file.sections.first(where: { $0.writtenName == "uwsgi" }) else { return nil }
    let sections = Self.sections(of: file, from: main.name)
    let options = file.options.filter { sections.contains($0.section) }
    let isOpen = options.contains { option in
      guard inclusions.contains(option.key) else { return plugins.contains(option.key) }
      return option.value?.hasPrefix(":") != true
    }
    return UWSGIConfiguration(
      path: path, location: Location(path: path, line: main.line, column: 1),
      options: options.map { option in
        Option(
          key: option.key, value: option.value,
          location: Location(path: path, line: option.line, column: option.column), valueColumn: option.valueColumn,
          isConditional: option.isConditional)
      },
      brokenHeaders: file.sections.filter { $0.name != $0.writtenName && $0.writtenName == "uwsgi" }
        .map { Location(path: path, line: $0.line, column: $0.writtenName.count + 3) },
      isCommand: false, isOpen: isOpen)
  }

  private static let inclusions: Set<String> = [
    "ini", "include", "inherit", "import", "yaml", "yml", "xml", "json", "config", "sqlite3", "ldap",
  ]
  private static let plugins: Set<String> = ["plugin", "plugins", "need-plugin", "need-plugins", "autoload"]

  /// The sections of a file that are read: the one, and those that `ini = :name` adds.
  private static func sections(of file: UWSGIFile, from main: String) -> Set<String> {
    var sections: Set<String> = [main]
    var pending = [main]
    while let section = pending.popLast() {
      for option in file.options where option.section == section && inclusions.contains(option.key) {
        guard let value = option.value, let colon = value.lastIndex(of: ":") else { continue }
        let name = String(value[value.index(after: colon)...].prefix { !$0.isWhitespace })
        if sections.insert(name).inserted { pending.append(name) }
      }
    }
    return sections
  }

  // MARK: - Command lines

  private static let shortNames: [Character: String] = [
    "s": "socket", "w": "module", "H": "home", "p": "processes", "b": "buffer-size", "M": "master", "d": "daemonize",
    "m": "memory-report", "C": "chmod-socket", "L": "disable-logging", "T": "threads", "l": "listen",
    "z": "socket-timeout",
    "t": "harakiri", "i": "single-interpreter",
  ]
  private static let shortFlags: Set<Character> = ["M", "m", "L", "T", "i"]

  /// `uwsgi --http :8000 --module mysite.wsgi`; nil for any other command, and for one that only sends a signal.
  private init?(_ command: ProcessCommand, _ path: SourcePath) {
    guard command.words.first?.split(separator: "/").last == "uwsgi", command.words.count > 1 else { return nil }
    let location = Location(path: path, line: command.line, column: command.column)
    var options: [Option] = []
    var isOpen = false
    var words = command.words.dropFirst()
    func add(_ key: String, _ value: String?) {
      options.append(
        Option(
          key: key, value: value, location: location, valueColumn: command.column, isConditional: false))
      if Self.inclusions.contains(key) || Self.plugins.contains(key) { isOpen = true }
    }
    while let word = words.popFirst() {
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let key = String(parts.first ?? "")
        let next = words.first.map { $0.hasPrefix("-") ? nil : $0 } ?? nil
        if parts.count == 1, ServerOptions.uwsgi(key) != .flag, next != nil {
          add(key, words.popFirst())
        } else {
          add(key, parts.count > 1 ? String(parts[1]) : nil)
        }
      } else if word.hasPrefix("-"), let letter = word.dropFirst().first, let key = Self.shortNames[letter] {
        let rest = String(word.dropFirst(2))
        if Self.shortFlags.contains(letter) {
          add(key, nil)
        } else {
          add(key, rest.isEmpty ? words.popFirst() : rest)
        }
      } else {
        // A file by its name alone, a variable: what it holds counts as well.
        isOpen = true
        if word.hasSuffix(".ini"), !word.hasPrefix("/") { add("ini", word) }
      }
    }
    guard !options.isEmpty, !options.contains(where: { ["stop", "reload", "connect-and-read"].contains($0.key) }) else {
      return nil
    }
    self.init(
      path: path, location: location, options: options, brokenHeaders: [], isCommand: true, isOpen: isOpen)
  }

  private init(
    path: SourcePath, location: Location, options: [Option], brokenHeaders: [Location], isCommand: Bool, isOpen: Bool
  ) {
    self.path = path
    self.location = location
    self.options = options
    self.brokenHeaders = brokenHeaders
    self.isCommand = isCommand
    self.isOpen = isOpen
  }
}
