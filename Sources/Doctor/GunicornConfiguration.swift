import ConfigFormats
package import Diagnostics
import Knowledge
import Project
import PythonSource

/// What a file or a command line tells gunicorn.
package struct GunicornConfiguration: Sendable {
  /// A name that the module's level gives, or an option of the command line.
  package struct Setting: Sendable {
    /// As written: `workers`, `--workers`, `-w`.
    package let name: String
    /// The text of a value that is written out.
    package let text: String?
    package let location: Location
    /// Of the value.
    package let valueLocation: Location
  }

  package let path: SourcePath
  package let settings: [Setting]
  package let isCommand: Bool

  /// The files that gunicorn reads and the command lines that start it, sorted by path.
  static func all(
    in project: Project, _ code: ProjectCode, _ commands: [(command: ProcessCommand, path: SourcePath)]
  ) -> [GunicornConfiguration] {
    var lines: [SourcePath: [Substring]] = [:]
    let started =
      commands.compactMap { command, path -> GunicornConfiguration? in
        guard !path.isMaterial, let configuration = GunicornConfiguration(command, path) else { return nil }
        let known = lines[path] ?? code.text(of: path)?.textLines ?? []
        lines[path] = known
        return configuration.placed(among: known, from: command.line)
      } + project.tree.processFiles.flatMap { variables(in: $0.path, code) }
    let named = Set(
      started.flatMap { $0.settings }.filter { $0.name == "-c" || $0.name == "--config" }.compactMap(\.text))
    let files = code.sources.filter { path in
      let name = path.name
      return name.hasPrefix("gunicorn") || named.contains { Self.names($0, path) }
    }
    return files.compactMap { path in
      code.tree(of: path).flatMap { file($0, path, isNamed: named.contains { Self.names($0, path) }) }
    } + started
  }

  /// Whether `-c NAME` means the file: `deploy/gunicorn.py`, `/app/gunicorn.conf.py`, `python:mysite.gunicorn`.
  private static func names(_ option: String, _ path: SourcePath) -> Bool {
    for prefix in ["python:", "file:"] where option.hasPrefix(prefix) {
      let rest = option.dropFirst(prefix.count)
      let file = prefix == "python:" ? "\(String(rest.map { $0 == "." ? "/" : $0 })).py" : String(rest)
      return path.description == file || path.description.hasSuffix("/\(file)")
    }
    let name = SourcePath(option).normalized
    return name.name == path.name
      && (name.parent.isEmpty || name.isAbsolute || path.description.hasSuffix(name.description))
  }

  private static let usualNames: Set<String> = [
    "gunicorn.conf.py", "gunicorn_conf.py", "gunicorn_config.py", "gunicorn.config.py", "gunicorn-conf.py",
  ]

  private static func file(_ tree: PythonTree, _ path: SourcePath, isNamed: Bool) -> GunicornConfiguration? {
    var settings: [Setting] = []
    func add(_ name: String, _ place: Location, _ value: PythonExpression?) {
      let valuePlace = value.map { Location(path: path, line: $0.line, column: $0.column) } ?? place
      settings.append(
        Setting(
          name: name, text: value.flatMap(text(of:)), location: place, valueLocation: valuePlace))
    }
    // Of several addresses the first.
    func text(of value: PythonExpression) -> String? {
      switch value.node {
      case .list(let items), .tuple(let items): items.first?.stringValue
      default: value.stringValue
      }
    }
    for (statement, _) in tree.moduleLevel {
      let place = Location(path: path, line: statement.line, column: statement.column)
      switch statement.kind {
      case .assignment(let targets, let value):
        for target in targets {
          let place = Location(path: path, line: target.line, column: target.column)
          switch target.node {
          case .name(let name): add(name, place, value)
          // `workers, timeout = 3, 30`
          case .tuple(let parts), .list(let parts):
            for part in parts {
              guard case .name(let name) = part.node else { continue }
              add(name, Location(path: path, line: part.line, column: part.column), nil)
            }
          default: break
          }
        }
      case .annotation(let target, _, let value?):
        if case .name(let name) = target.node { add(name, place, value) }
      default: break
      }
    }
    for statement in tree.statements {
      guard case .function(let function) = statement.kind else { continue }
      add(function.name, Location(path: path, line: statement.line, column: statement.column), nil)
    }
    // A file that happens to be called so gives none of gunicorn's names.
    guard
      isNamed || usualNames.contains(path.name)
        || settings.contains(where: { ServerOptions.isGunicornSetting($0.name) })
    else { return nil }
    return GunicornConfiguration(path: path, settings: settings, isCommand: false)
  }

  private init(path: SourcePath, settings: [Setting], isCommand: Bool) {
    self.path = path
    self.settings = settings
    self.isCommand = isCommand
  }

  /// `gunicorn -w 4 mysite.wsgi`, `python -m gunicorn ...`; nil for any other command.
  private init?(_ command: ProcessCommand, _ path: SourcePath) {
    var words = command.words[...]
    if words.count > 2, words[words.startIndex + 1] == "-m" { words = words.dropFirst(2) }
    guard words.first?.split(separator: "/").last == "gunicorn" else { return nil }
    words = words.dropFirst()
    let location = Location(path: path, line: command.line, column: command.column)
    var settings: [Setting] = []
    func add(_ name: String, _ text: String?) {
      settings.append(
        Setting(name: name, text: text, location: location, valueLocation: location))
    }
    while let word = words.popFirst() {
      guard word.hasPrefix("-"), word.utf8.count > 1 else { continue }
      if word.hasPrefix("--") {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let takesValue = ServerOptions.gunicorn(option: parts[0])?.takesValue ?? false
        add(parts[0], parts.count > 1 ? parts[1] : takesValue ? words.popFirst() : nil)
      } else {
        let name = String(word.prefix(2))
        let takesValue = ServerOptions.gunicorn(option: name)?.takesValue ?? false
        add(name, word.utf8.count > 2 ? String(word.dropFirst(2)) : takesValue ? words.popFirst() : nil)
      }
    }
    self.init(path: path, settings: settings, isCommand: true)
  }

  /// `GUNICORN_CMD_ARGS: "--workers=3"`, one for each line that gives some.
  private static func variables(in path: SourcePath, _ code: ProjectCode) -> [GunicornConfiguration] {
    guard !path.isMaterial, let text = code.text(of: path), text.contains("GUNICORN_CMD_ARGS") else { return [] }
    let lines = text.textLines
    return zip(1..., lines).compactMap { number, line in
      guard let name = line.firstRange(of: "GUNICORN_CMD_ARGS"), line.first(where: { !$0.isWhitespace }) != "#" else {
        return nil
      }
      let words = line[name.upperBound...].split { $0.isWhitespace || "\"'".contains($0) }.drop { !$0.hasPrefix("-") }
      let command = ProcessCommand(
        words: ["gunicorn"] + words.map(String.init), line: number, column: 1, place: .platform)
      return words.isEmpty ? nil : GunicornConfiguration(command, path)?.placed(among: lines, from: number)
    }
  }

  /// The same with the place of each long option that goes on in the lines behind the command's.
  private func placed(among lines: [Substring], from start: Int) -> GunicornConfiguration {
    // Nobody writes more options than that on one command line.
    guard settings.count < 200 else { return self }
    let settings = settings.map { setting -> Setting in
      guard setting.name.hasPrefix("--") else { return setting }
      for number in start...(start + 30) where number <= lines.count {
        let line = lines[number - 1]
        if let found = line.firstRange(of: setting.name) {
          let column = line.unicodeScalars.distance(from: line.startIndex, to: found.lowerBound) + 1
          let place = Location(path: path, line: number, column: column)
          return Setting(name: setting.name, text: setting.text, location: place, valueLocation: place)
        }
        guard line.last(where: { !$0.isWhitespace }) == "\\" else { break }
      }
      return setting
    }
    return GunicornConfiguration(path: path, settings: settings, isCommand: isCommand)
  }

  /// The values of a setting, whichever way it is written.
  package func values(of setting: String) -> [Setting] {
    settings.filter { isCommand ? ServerOptions.gunicorn(option: $0.name)?.setting == setting : $0.name == setting }
  }
}
