import ConfigFormats
package import Diagnostics
import Project
import PythonSource

/// A place that shows that the project is served to others than the person who writes it.
package struct Deployment: Sendable {
  package let location: Location
  /// The program that serves: `gunicorn`, `uwsgi`; `collectstatic` for what only prepares it.
  package let program: String
  /// How many processes it starts, as far as the file says.
  package let processes: Int?

  private static let servers: Set<String> = [
    "gunicorn", "uwsgi", "daphne", "uvicorn", "hypercorn", "granian", "waitress-serve", "mod_wsgi-express", "bjoern",
  ]
  private static let workerOptions: [String: [String]] = [
    "gunicorn": ["-w", "--workers"], "uvicorn": ["--workers"], "hypercorn": ["-w", "--workers"],
    "granian": ["--workers"], "uwsgi": ["--processes", "--workers", "-p"],
  ]

  static func all(
    in project: Project, _ code: ProjectCode, _ commands: [(command: ProcessCommand, path: SourcePath)],
    _ configurations: [GunicornConfiguration]
  ) -> [Deployment] {
    let files = project.tree.processFiles.filter { $0.kind.setsVariables && !$0.path.isMaterial }
    let composed = files.filter { $0.kind == .compose }.map(\.path)
    let environments = project.tree.processFiles.map(\.path).filter { path in
      path.name == ".env" && composed.contains { $0.parent == path.parent }
    }
    let given = environments.filter { path in
      composed.contains { $0.parent == path.parent && code.text(of: $0)?.contains("env_file") == true }
    }
    let variables = WorkerVariables(
      (files.map(\.path) + given).compactMap { code.text(of: $0) },
      ofCompose: environments.compactMap { code.text(of: $0) })
    let read = Set(configurations.filter { !$0.isCommand }.map(\.path))
    var composeLines: [SourcePath: [String]] = [:]
    var copies: [SourcePath: [Int: Int]] = [:]
    var found = commands.compactMap { command, path -> Deployment? in
      let found = deployment(command, path, variables)
      guard let found, found.processes == nil else { return found }
      var replicas: Int?
      if path.name.hasSuffix(".yml") || path.name.hasSuffix(".yaml") {
        let lines = composeLines[path] ?? code.text(of: path)?.textLines.map(String.init) ?? []
        composeLines[path] = lines
        replicas = ComposeReplicas.count(in: lines, forLine: command.line)
      } else {
        let known = copies[path] ?? Self.copies(in: code.text(of: path) ?? "")
        copies[path] = known
        replicas = known[command.line]
      }
      let configured = read.contains { path in code.tree(of: path).flatMap { gunicorn($0, path) }?.processes != nil }
      let processes = configured && found.program == "gunicorn" ? nil : variables.processes(of: found.program)
      return Deployment(location: found.location, program: found.program, processes: processes ?? replicas)
    }
    found += uwsgiFiles(in: project, code) + apacheFiles(in: project, code)
    for path in project.tree.files {
      if path.bytes.suffix(4).elementsEqual(".ini".utf8) {
        let sections = sections(of: path, in: commands.map(\.command))
        if let text = code.text(of: path), text.contains("[uwsgi]") || !sections.isEmpty {
          found.append(uwsgi(text, path, sections.isEmpty ? ["uwsgi"] : sections, variables))
        }
      } else if path.name.hasPrefix("gunicorn") || read.contains(path), path.name.hasSuffix(".py"),
        let tree = code.tree(of: path)
      {
        found += [gunicorn(tree, path)].compactMap(\.self)
      }
    }
    found += project.tree.processFiles.filter { $0.kind == .configuration }.compactMap { apache($0.path, code) }
    for path in project.tree.otherFiles where path.name.hasSuffix(".yaml") || path.name.hasSuffix(".yml") {
      guard !path.isMaterial, let text = code.text(of: path), text.utf8.count < 1 << 20, text.contains("containers:"),
        text.contains("apiVersion:")
      else { continue }
      found += KubernetesReader.commands(in: Array(text.utf8)).compactMap { deployment($0, path, variables) }
    }
    return found.sorted { $0.location < $1.location }
  }

  private static func deployment(
    _ command: ProcessCommand, _ path: SourcePath, _ variables: WorkerVariables
  ) -> Deployment? {
    switch command.place {
    case .task, .pipeline, .testRunner, .imageBuild:
      // Only what prepares a deployment and nothing else.
      guard command.words.contains("collectstatic"), command.place == .imageBuild else { return nil }
    default: break
    }
    let location = Location(path: path, line: command.line, column: command.column)
    if command.words.contains("collectstatic") {
      return Deployment(location: location, program: "collectstatic", processes: nil)
    }
    let isModule = command.words.count > 2 && command.words[1] == "-m" && isPython(command.words[0])
    let words = isModule ? Array(command.words.dropFirst(2)) : command.words
    guard let program = words.first?.split(separator: "/").last.map(String.init), servers.contains(program),
      !words.contains("--reload")
    else { return nil }
    return Deployment(location: location, program: program, processes: processes(words, of: program, variables))
  }

  /// `python`, `/srv/venv/bin/python3.12`
  private static func isPython(_ word: String) -> Bool {
    let name = word.split(separator: "/").last ?? ""
    return name.hasPrefix("python") && name.dropFirst(6).allSatisfy { $0.isNumber || $0 == "." }
  }

  /// How often supervisord starts each program, `numprocs=4`, by the line of its command.
  private static func copies(in text: String) -> [Int: Int] {
    guard text.contains("numprocs") else { return [:] }
    let entries = INIFile(text).entries
    var counts: [String: Int] = [:]
    for entry in entries where entry.key == "numprocs" { counts[entry.section] = Int(entry.value) }
    var found: [Int: Int] = [:]
    for entry in entries where entry.key == "command" { found[entry.line] = counts[entry.section] }
    return found
  }

  /// A host of Apache that runs the project by mod_wsgi.
  private static func apache(_ path: SourcePath, _ code: ProjectCode) -> Deployment? {
    guard let text = code.text(of: path), text.contains("WSGIScriptAlias") else { return nil }
    for (number, line) in zip(1..., text.textLines) {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.first == "WSGIScriptAlias" || words.first == "WSGIScriptAliasMatch" else { continue }
      let column = line.prefix { $0 == " " || $0 == "\t" }.count + 1
      return Deployment(
        location: Location(path: path, line: number, column: column), program: "mod_wsgi", processes: nil)
    }
    return nil
  }

  private static func processes(_ words: [String], of program: String, _ variables: WorkerVariables) -> Int? {
    for option in workerOptions[program] ?? [] {
      if let index = words.firstIndex(of: option), index + 1 < words.count {
        return variables.number(of: words[index + 1])
      }
      for word in words where word.hasPrefix("\(option)=") {
        return variables.number(of: String(word.dropFirst(option.count + 1)))
      }
      // `-w4`
      guard option.count == 2 else { continue }
      for word in words where word.hasPrefix(option) { if let count = Int(word.dropFirst(2)) { return count } }
    }
    return nil
  }

  /// The sections of a file that commands ask uWSGI for: `uwsgi --ini uwsgi.ini:prod`.
  private static func sections(of path: SourcePath, in commands: [ProcessCommand]) -> Set<String> {
    var found: Set<String> = []
    for command in commands where command.words.first?.split(separator: "/").last == "uwsgi" {
      for word in command.words {
        let parts = word.split(separator: "=").last?.split(separator: ":") ?? []
        if parts.count == 2, parts[0].split(separator: "/").last.map(String.init) == path.name {
          found.insert(String(parts[1]))
        }
      }
    }
    return found
  }

  private static func uwsgi(
    _ text: String, _ path: SourcePath, _ sections: Set<String>, _ variables: WorkerVariables
  ) -> Deployment {
    let file = INIFile(text)
    let line = file.sections.first { sections.contains($0.name) }?.line
    let entries = file.entries.filter { sections.contains($0.section) }
    let processes = entries.last { ["processes", "workers"].contains($0.key) }
    return Deployment(
      location: Location(path: path, line: line, column: line.map { _ in 1 }), program: "uwsgi",
      processes: processes.flatMap { number(of: $0.value, among: entries, variables) })
  }

  /// The number of `4`, `%(name)`, `$(VARIABLE)` in a configuration of uWSGI.
  private static func number(
    of value: String, among entries: [INIFile.Entry], _ variables: WorkerVariables, depth: Int = 0
  ) -> Int? {
    if let number = Int(value.prefix { $0.isNumber }) { return number }
    let name = String(value.dropFirst(2).prefix { $0 != ")" })
    if value.hasPrefix("$(") { return variables.value(of: name) }
    guard value.hasPrefix("%("), depth < 10 else { return nil }
    let setters = ["set-placeholder", "set-ph", "set"]
    let given = entries.lazy.reversed().compactMap { entry -> String? in
      if entry.key == name { return entry.value }
      guard setters.contains(entry.key), entry.value.hasPrefix("\(name)=") else { return nil }
      return String(entry.value.dropFirst(name.count + 1))
    }.first
    return given.flatMap { number(of: $0, among: entries, variables, depth: depth + 1) }
  }

  /// A file that gives names which gunicorn reads.
  private static func gunicorn(_ tree: PythonTree, _ path: SourcePath) -> Deployment? {
    var first: PythonStatement?
    var processes: Int?
    for (statement, _) in tree.moduleLevel {
      let given: (name: String?, value: PythonExpression)
      switch statement.kind {
      case .assignment(let targets, let value): given = (targets.first?.dottedName, value)
      case .annotation(let target, _, let value?): given = (target.dottedName, value)
      default: continue
      }
      guard let name = given.name,
        ["bind", "workers", "worker_class", "wsgi_app", "threads", "timeout"].contains(name)
      else { continue }
      if first == nil { first = statement }
      if name == "workers" { processes = LeastNumber(tree).value(of: given.value) }
    }
    return first.map { statement in
      Deployment(
        location: Location(path: path, line: statement.line, column: statement.column), program: "gunicorn",
        processes: processes)
    }
  }

  /// uWSGI's configuration in YAML, XML or JSON.
  private static func uwsgiFiles(in project: Project, _ code: ProjectCode) -> [Deployment] {
    let all = project.tree.otherFiles + project.tree.processFiles.map(\.path)
    let endings = [".yml", ".yaml", ".xml", ".json"]
    return all.filter { $0.name.hasPrefix("uwsgi") && !$0.isMaterial && endings.contains(where: $0.name.hasSuffix) }
      .compactMap { path -> Deployment? in
        guard let text = code.text(of: path), text.utf8.count < 1 << 20, text.contains("uwsgi") else { return nil }
        let count = ["processes", "workers"].compactMap { WorkerVariables.number(after: $0, in: text) }.first
        return Deployment(location: Location(path: path, line: 1, column: 1), program: "uwsgi", processes: count)
      }
  }

  /// `WSGIDaemonProcess mysite processes=4`
  private static func apacheFiles(in project: Project, _ code: ProjectCode) -> [Deployment] {
    let all = project.tree.processFiles.filter { $0.kind == .configuration && !$0.path.isMaterial }.map(\.path)
    return all.flatMap { path -> [Deployment] in
      guard let text = code.text(of: path), text.contains("WSGIDaemonProcess") else { return [] }
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return lines.enumerated().compactMap { index, line in
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.first == "WSGIDaemonProcess" else { return nil }
        let count = words.first { $0.hasPrefix("processes=") }.flatMap { Int($0.dropFirst(10)) }
        let place = Location(path: path, line: index + 1, column: line.prefix(while: \.isWhitespace).count + 1)
        return Deployment(location: place, program: "mod_wsgi", processes: count)
      }
    }
  }
}

extension ProcessFile.Kind {
  /// Whether files of the kind give variables to what is served.
  fileprivate var setsVariables: Bool {
    switch self {
    case .dockerfile, .compose, .unit, .fly, .render, .heroku, .shellScript, .procfile: true
    default: false
    }
  }
}
