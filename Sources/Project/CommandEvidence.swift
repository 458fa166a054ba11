import ConfigFormats
import Diagnostics
import Host
import Knowledge
import Packaging

/// Tells which of the commands that a project starts need a distribution.
///
/// No evidence are: commands that the project provides (its own scripts, files of that name), what the system's package
/// manager installs in the same project (`apt-get install supervisor`), tools that the same file (or, in continuous
/// integration, any of its files) installs itself (`pip install coverage`), and what the table does not know. Only the
/// program and the subcommand are kept as text: other words may hold passwords.
struct CommandEvidence {
  private(set) var evidence: [Evidence] = []
  private let root: SourcePath
  private let files: ObservedFiles
  private let localModules: LocalModules
  private let ownCommands: Set<String>
  private let ownName: PackageName?
  /// Names given to package managers of systems.
  private var systemPackages: Set<String> = []
  /// Names given to pip, by the scope that they are installed for.
  private var toolsBrought: [SourcePath: Set<PackageName>] = [:]

  /// What continuous integration installs for itself.
  var toolsOfPipelines: Set<PackageName> { toolsBrought[""] ?? [] }

  init(
    _ root: SourcePath, _ files: ObservedFiles, _ localModules: LocalModules, _ ownCommands: Set<String>,
    _ ownName: PackageName?
  ) {
    self.root = root
    self.files = files
    self.localModules = localModules
    self.ownCommands = ownCommands
    self.ownName = ownName
  }

  /// Notes what package managers of systems install and pip does not, and what the files install for themselves.
  mutating func noteInstallations(in commands: [(command: ProcessCommand, path: SourcePath)]) {
    var installed: Set<String> = []
    for (command, path) in commands {
      switch command.words.first {
      case "apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf", "zypper", "pacman", "brew":
        guard command.words.contains(where: { ["install", "add", "-S", "-Sy", "-Syu"].contains($0) }) else { continue }
        systemPackages.formUnion(command.words.dropFirst(2))
      case "pip", "pip3", "uv", "python", "python3", "poetry", "pipenv", "pdm":
        let names = command.words.dropFirst().map { String($0.prefix { !"=<>[~!;".contains($0) }) }
        installed.formUnion(names)
        guard names.contains("install") || names.contains("add") else { continue }
        toolsBrought[Self.scope(of: path, command.place), default: []].formUnion(names.compactMap { PackageName($0) })
      default: break
      }
    }
    systemPackages.subtract(installed)
  }

  /// Where what one file installs is there for the others: all of continuous integration is one place.
  private static func scope(of path: SourcePath, _ place: ProcessPlace) -> SourcePath {
    place == .pipeline || path.isInHiddenFolder ? "" : path
  }

  mutating func add(_ command: ProcessCommand, _ path: SourcePath) {
    guard let first = command.words.first, let program = program(first) else { return }
    if program.isPython {
      guard command.words.count > 2, command.words[1] == "-m" else { return }
      addModule(command, path)
    } else if !ownCommands.contains(program.name) {
      guard let found = InstalledCommand(program.name) else { return }
      add(found, program.name, command, path)
      addWords(of: program.name, command.words.dropFirst(), command, path)
    }
  }

  // MARK: - Programs

  /// The name of a program that stands alone or in a folder `bin` that is not the project's own.
  private func program(_ word: String) -> (name: String, isPython: Bool)? {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && !"${}*?".utf8.contains($0) }) else {
      return nil
    }
    if parts.count > 1 {
      guard ["bin", "Scripts", "sbin"].contains(parts[parts.count - 2]) else { return nil }
      let isOwn = parts[0] != "" && !word.contains("$") && files.exists(root.appending(word))
      if isOwn { return nil }
    }
    let version = name.hasPrefix("python") ? name.dropFirst(6) : name.hasPrefix("pypy") ? name.dropFirst(4) : nil
    let isPython = version?.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") } ?? false
    return (String(name), isPython)
  }

  /// `python -m MODULE`
  private mutating func addModule(_ command: ProcessCommand, _ path: SourcePath) {
    let module = command.words[2]
    let top = module.topLevelModule
    guard module.isOfNamesAndDots, !top.isEmpty, !StandardLibrary.isInEveryVersion(top),
      !localModules.provides(module, names: ["__main__"])
    else { return }
    if let known = InstalledCommand("python", word: top) { return add(known, "python -m \(module)", command, path) }
    let known = InstalledCommand(top) ?? InstalledCommand(String(top.map { $0 == "_" ? "-" : $0 }))
    append(.module(module), known?.purpose, command, path, text: "python -m \(module)")
    addWords(of: top, command.words.dropFirst(3), command, path)
  }

  private mutating func add(_ found: InstalledCommand, _ text: String, _ command: ProcessCommand, _ path: SourcePath) {
    guard !found.distributions.isEmpty, !found.distributions.contains(where: { $0 == ownName }),
      !found.distributions.contains(where: { systemPackages.contains($0.normalized) })
    else { return }
    append(.distribution(found.distributions), found.purpose, command, path, text: text)
  }

  private mutating func append(
    _ subject: Evidence.Subject, _ purpose: InstalledCommand.Purpose?, _ command: ProcessCommand, _ path: SourcePath,
    text: String
  ) {
    let group = Self.group(purpose, command.place, path)
    if group == .test || group == .dev, isBrought(subject, to: Self.scope(of: path, command.place)) { return }
    evidence.append(
      Evidence(
        subject: subject, kind: .process, group: group,
        location: Location(path: path, line: command.line, column: command.column), text: text))
  }

  private func isBrought(_ subject: Evidence.Subject, to scope: SourcePath) -> Bool {
    guard let tools = toolsBrought[scope] else { return false }
    switch subject {
    case .distribution(let names): return names.contains(where: tools.contains)
    case .module(let module): return ModuleTable.distributions(providing: module).contains(where: tools.contains)
    case .rule: return false
    }
  }

  /// A linter is for development wherever it is called. What serves the project is needed to run it, also where people start it
  /// by a short name; where only tests start it, it is for them.
  private static func group(
    _ purpose: InstalledCommand.Purpose?, _ place: ProcessPlace, _ path: SourcePath
  ) -> DependencyGroup {
    // That its folder is hidden says nothing of a pipeline.
    let group = place == .pipeline ? .runtime : DependencyGroup(of: path)
    switch (purpose, place) {
    case (.test?, _): return max(group, .test)
    case (.dev?, _): return max(group, .dev)
    case (nil, .pipeline), (nil, .testRunner): return max(group, .test)
    case (nil, _): return group
    }
  }

  // MARK: - Words

  /// Subcommands and options that something else brings.
  private mutating func addWords(
    of program: String, _ words: ArraySlice<String>, _ command: ProcessCommand, _ path: SourcePath
  ) {
    if InstalledCommand.hasWords(program), program != "python" {
      var seen: Set<String> = []
      for word in words {
        let name = String(word.prefix { $0 != "=" })
        guard seen.insert(name).inserted, let found = InstalledCommand(program, word: name) else { continue }
        add(found, "\(program) \(name)", command, path)
      }
    }
    for (option, value) in zip(words, words.dropFirst() + [""]) {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, Self.optionsNamingModules[program]?.contains(name) ?? false else { continue }
      let text = parts.count > 1 ? parts[1] : value
      guard let module = Self.workerModule(text), !localModules.provides(module, names: []) else { continue }
      append(.module(module), nil, command, path, text: "\(program) \(name) \(text)")
    }
  }

  private static let optionsNamingModules: [String: Set<String>] = [
    "gunicorn": ["-k", "--worker-class", "--logger-class"], "celery": ["-P", "--pool"],
    "uvicorn": ["--loop", "--http", "--ws"],
  ]

  /// The module that a class or a kind of worker needs beside the server: `gevent`, `uvicorn.workers.UvicornWorker`.
  ///
  /// https://docs.gunicorn.org/en/stable/settings.html#worker-class
  static func workerModule(_ text: String) -> String? {
    switch text {
    case "gevent", "eventlet", "tornado", "uvloop", "httptools", "wsproto", "websockets": return text
    case "gevent_wsgi", "gevent_pywsgi", "gunicorn.workers.ggevent.GeventWorker": return "gevent"
    default: break
    }
    guard text.isOfNamesAndDots, text.contains("."), text.utf8.first != UInt8(ascii: "."),
      text.topLevelModule != "gunicorn"
    else {
      return nil
    }
    return text
  }
}

extension String {
  /// Whether it is made of letters, digits, `_` and dots alone.
  fileprivate var isOfNamesAndDots: Bool {
    utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2E }
  }
}
