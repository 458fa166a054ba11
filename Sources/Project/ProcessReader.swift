import ConfigFormats
import Diagnostics
import Host
import Knowledge
import Packaging
import PythonSource

/// Reads the files that start commands, and tells which of the commands a distribution installs.
struct ProcessReader {
  /// A process file of more bytes is none that anybody wrote.
  private static let sizeLimit = 512 << 10

  private let tree: ProjectTree
  private(set) var commands: [(command: ProcessCommand, path: SourcePath)] = []
  private(set) var filesRead = 0
  private(set) var failures: [Finding] = []
  private(set) var notes: [Finding] = []
  /// Modules that files of another form than Python's name, with their places.
  private(set) var modules: [Evidence] = []
  /// Commands that the project itself provides, and its own name.
  private(set) var ownCommands: Set<String> = []
  private(set) var ownName: PackageName?

  private var code: CodeReader

  init(_ tree: ProjectTree, _ localModules: LocalModules) {
    self.tree = tree
    code = CodeReader(localModules)
    for file in tree.processFiles { read(file) }
    for path in tree.files {
      if path.isNamed("tox.ini") {
        if let bytes = contents(of: path) { add(ToxReader.commands(in: bytes), path) }
      } else if path.bytes.ends(with: ".ini") {
        if let bytes = contents(of: path) { add(SupervisorReader.read(bytes).commands, path) }
      } else if path.isNamed("conf.py") {
        readSphinxConfiguration(path, localModules)
      } else if path.bytes.holds("gunicorn"), path.nameBytes.starts(with: "gunicorn".utf8) {
        readServerConfiguration(path)
      }
    }
  }

  /// What the commands show, and which distributions continuous integration installs for itself.
  func evidence(
    _ localModules: LocalModules, _ files: ObservedFiles
  ) -> (found: [Evidence], toolsOfPipelines: Set<PackageName>) {
    var finder = CommandEvidence(tree.root, files, localModules, ownCommands, ownName)
    finder.noteInstallations(in: commands)
    for (command, path) in commands where !isInForeignImage(path) { finder.add(command, path) }
    return (finder.evidence + modules + code.evidence, finder.toolsOfPipelines)
  }

  /// Whether a file belongs to the image of an action or of an editor: what runs in there is no part of the project.
  private func isInForeignImage(_ path: SourcePath) -> Bool {
    path.isInHiddenFolder && tree.processFiles.contains { $0.kind == .dockerfile && $0.path.parent == path.parent }
  }

  /// What the imports of code in other forms show, without what a comment leaves out; and what of it was not read.
  var imports: (evidence: [Evidence], notes: [Finding]) { (code.imports, code.notes) }

  /// The top-level modules of the project that such files import.
  var localImports: Set<String> { code.localImports }

  private mutating func add(_ found: [ProcessCommand], _ path: SourcePath) {
    commands += found.map { ($0, path) }
  }

  private func contents(of path: SourcePath) -> [UInt8]? {
    // What cannot be read is told of by who reads it first.
    try? Files.read(tree.root.appending(path), limit: Self.sizeLimit)
  }

  private mutating func read(_ file: ProcessFile) {
    let bytes: [UInt8]
    let limit = file.kind.isCode ? SourceReader.sizeLimit : Self.sizeLimit
    do { bytes = try Files.read(tree.root.appending(file.path), limit: limit) } catch {
      if error.isTooLarge {
        let size = limit >> 20 > 0 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        notes.append(Finding(.note, at: Location(path: file.path), "larger than \(size), so it was not read"))
        return
      }
      let isGone = error.isMissing || error.isNoFile
      let finding = Finding(isGone ? .note : .error, at: Location(path: file.path), "cannot read: \(error.reason)")
      if isGone { notes.append(finding) } else { failures.append(finding) }
      return
    }
    if file.kind.isCode || file.kind == .script && Self.isPythonScript(bytes) {
      filesRead += 1
      code.read(bytes, file.kind, at: file.path)
      code.readMetadata(bytes, at: file.path)
      return
    }
    guard file.kind != .script || Self.isShellScript(bytes) else { return }
    filesRead += 1
    addSchemes(in: bytes, file)
    if file.kind == .documentation { readDocumentation(bytes, at: file.path) }
    add(Self.commands(in: bytes, file.kind), file.path)
    if file.kind == .pyproject { readOwnCommands(bytes) }
  }

  private static func commands(in bytes: [UInt8], _ kind: ProcessFile.Kind) -> [ProcessCommand] {
    switch kind {
    case .procfile: ProcfileReader.commands(in: bytes)
    case .dockerfile: DockerfileReader.commands(in: bytes)
    case .compose: ComposeReader.commands(in: bytes)
    case .unit: UnitReader.commands(in: bytes)
    case .shellScript, .script: isOtherShell(bytes) ? [] : ScriptReader.commands(in: bytes)
    case .makefile: RecipeReader.commands(in: bytes, .make)
    case .justfile: RecipeReader.commands(in: bytes, .just)
    case .taskfile: PipelineReader.commands(in: bytes, keys: PipelineReader.taskKeys, .task)
    case .pipeline: PipelineReader.commands(in: bytes, keys: PipelineReader.pipelineKeys, .pipeline)
    case .render:
      PipelineReader.commands(in: bytes, keys: PipelineReader.renderKeys, .platform)
        + PipelineReader.commands(in: bytes, keys: ["buildCommand"], .imageBuild)
    case .heroku: PipelineReader.commands(in: bytes, keys: ["web", "worker", "command", "release"], .platform)
    case .packageJSON: tasks(try? JSONReader.read(bytes), bytes, .packageJSON)
    case .railwayJSON: tasks(try? JSONReader.read(bytes), bytes, .railway)
    case .pyproject: tasks(try? TOMLReader.read(bytes), bytes, .pyproject)
    case .pipfile: tasks(try? TOMLReader.read(bytes), bytes, .pipfile)
    case .fly: tasks(try? TOMLReader.read(bytes), bytes, .fly)
    case .railwayTOML: tasks(try? TOMLReader.read(bytes), bytes, .railway)
    case .nixpacks: tasks(try? TOMLReader.read(bytes), bytes, .nixpacks)
    case .configuration: SupervisorReader.read(bytes).commands
    case .crontab: CrontabReader.commands(in: bytes)
    case .documentation, .environment, .notebook, .stub, .cython, .windowed: []
    }
  }

  /// A document that cannot be read is for who needs it as a manifest to tell of.
  private static func tasks(
    _ document: ConfigNode?, _ bytes: [UInt8], _ layout: TaskTableReader.Layout
  ) -> [ProcessCommand] {
    document.map { TaskTableReader.commands(in: $0, of: bytes, layout) } ?? []
  }

  // MARK: - Scripts

  private static func interpreter(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.starts(with: "#!".utf8) else { return nil }
    return bytes.prefix { $0 != UInt8(ascii: "\n") }
  }

  private static func isShellScript(_ bytes: [UInt8]) -> Bool {
    interpreter(bytes).map { line in
      let word = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\r") }
        .last { !$0.starts(with: "-".utf8) }
      return ["sh", "bash", "dash", "ash", "zsh", "ksh"].contains { word?.elementsEqual($0.utf8) ?? false }
    } ?? false
  }

  /// `#!/usr/bin/env python3`, `#!/usr/bin/env -S uv run --script`
  private static func isPythonScript(_ bytes: [UInt8]) -> Bool {
    interpreter(bytes).map { line in
      line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\r") }
        .contains { $0.starts(with: "python".utf8) || $0.elementsEqual("uv".utf8) }
    } ?? false
  }

  /// Whether a file named `.sh` is for another program all the same.
  private static func isOtherShell(_ bytes: [UInt8]) -> Bool { interpreter(bytes) != nil && !isShellScript(bytes) }

  // MARK: - What the project is

  private mutating func readOwnCommands(_ bytes: [UInt8]) {
    guard let document = try? TOMLReader.read(bytes) else { return }
    let poetry = document["tool"]?["poetry"]
    for table in [document["project"]?["scripts"], document["project"]?["gui-scripts"], poetry?["scripts"]] {
      for entry in table?.table?.entries ?? [] { ownCommands.insert(entry.key) }
    }
    let name = document["project"]?["name"]?.string ?? poetry?["name"]?.string
    if ownName == nil { ownName = name.flatMap { PackageName($0) } }
  }

  // MARK: - URLs

  private mutating func addSchemes(in bytes: [UInt8], _ file: ProcessFile) {
    let group = max(DependencyGroup(of: file.path), file.kind == .pipeline ? .test : .runtime)
    for place in URLSchemes.places(in: bytes) where FrameworkRules.all[.scheme(place.scheme)] != nil {
      modules.append(
        Evidence(
          subject: .rule(.scheme(place.scheme)), kind: .urlScheme, group: group,
          location: Location(path: file.path, line: place.line, column: place.column), text: "\(place.scheme)://"))
    }
  }

  // MARK: - MkDocs

  private mutating func readDocumentation(_ bytes: [UInt8], at path: SourcePath) {
    guard let parts = DocumentationReader.parts(in: bytes), let tool = PackageName("mkdocs") else { return }
    func add(_ subject: Evidence.Subject, _ line: Int, _ text: String) {
      modules.append(
        Evidence(
          subject: subject, kind: .setting, group: .dev, location: Location(path: path, line: line, column: 1),
          text: text))
    }
    add(.distribution([tool]), 1, path.name)
    for part in parts {
      let found =
        switch part.kind {
        case .theme: DocumentationPart.distribution(ofTheme: part.name)
        case .plugin: DocumentationPart.distribution(ofPlugin: part.name)
        case .markdownExtension: part.name.hasPrefix("pymdownx.") ? PackageName("pymdown-extensions") : nil
        }
      if let found, found != tool { add(.distribution([found]), part.line, part.name) }
    }
  }

  // MARK: - Sphinx

  /// The extensions and the theme that a `conf.py` of Sphinx names are modules.
  private mutating func readSphinxConfiguration(_ path: SourcePath, _ localModules: LocalModules) {
    guard let bytes = contents(of: path), bytes.holds("extensions") || bytes.holds("html_theme") else { return }
    var named: [PythonExpression] = []
    for (statement, _) in PythonTree(bytes).moduleLevel {
      guard case .assignment(let targets, let value) = statement.kind, let name = targets.first?.dottedName else {
        continue
      }
      switch (name, value.node) {
      case ("extensions", .list(let items)), ("extensions", .tuple(let items)): named += items
      case ("html_theme", _): named.append(value)
      default: break
      }
    }
    guard !named.isEmpty, let sphinx = PackageName("sphinx") else { return }
    func add(_ subject: Evidence.Subject, _ place: PythonExpression, _ text: String) {
      modules.append(
        Evidence(
          subject: subject, kind: .setting, group: .dev,
          location: Location(path: path, line: place.line, column: place.column), text: text))
    }
    add(.distribution([sphinx]), named[0], path.name)
    for value in named {
      guard let module = value.stringValue, !["alabaster", "sphinx"].contains(module.topLevelModule),
        !ModuleTable.distributions(providing: module).isEmpty, !localModules.provides(module, importedFrom: path)
      else { continue }
      add(.module(module), value, module)
    }
  }

  // MARK: - gunicorn

  /// A file that gives names which gunicorn reads is a configuration of it; a class in it is a module that is needed.
  private mutating func readServerConfiguration(_ path: SourcePath) {
    guard let bytes = contents(of: path), let gunicorn = PackageName("gunicorn") else { return }
    var isConfiguration = false
    var classes: [PythonExpression] = []
    var first: PythonStatement?
    for (statement, _) in PythonTree(bytes).moduleLevel {
      guard case .assignment(let targets, let value) = statement.kind, let name = targets.first?.dottedName else {
        continue
      }
      if ["bind", "workers", "worker_class", "wsgi_app"].contains(name) { isConfiguration = true }
      if first == nil { first = statement }
      if name == "worker_class" || name == "logger_class" { classes.append(value) }
    }
    guard isConfiguration, let first else { return }
    let group = DependencyGroup(of: path)
    func evidence(_ subject: Evidence.Subject, _ line: Int, _ column: Int, _ text: String) -> Evidence {
      Evidence(
        subject: subject, kind: .process, group: group, location: Location(path: path, line: line, column: column),
        text: text)
    }
    modules.append(evidence(.distribution([gunicorn]), first.line, first.column, path.name))
    for value in classes {
      guard let text = value.stringValue, let module = CommandEvidence.workerModule(text) else { continue }
      modules.append(evidence(.module(module), value.line, value.column, text))
    }
  }
}
