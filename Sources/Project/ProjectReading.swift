import Diagnostics
import Host

/// The reading of a project's files, with what the evaluation of its settings can go on from.
struct ProjectReading {
  private(set) var scan = ProjectScan()
  private let tree: ProjectTree
  private let localModules: LocalModules
  private let files = ObservedFiles()
  private var reader: ProjectReader

  /// Reads the files of `tree` on `jobs` threads, without the imports of those that `kept` knows.
  init(
    _ tree: ProjectTree, jobs: Int, _ rules: ProjectRules, keeping kept: KeptImports? = nil
  ) throws(Finding) {
    self.tree = tree
    localModules = LocalModules(tree, searchPath: SearchPath.read(tree), rules: rules)
    reader = ProjectReader(tree: tree, localModules: localModules, files: files, environment: [:], keepsValues: false)
    let sources = tree.files(ending: ".py")
    var imports: ImportEvidence
    do {
      imports = try ImportEvidence.read(
        kept.map { kept in sources.filter { !kept.files.contains($0) } } ?? sources, in: tree.root, localModules,
        jobs: jobs)
    } catch {
      throw Finding(.error, "\(error)", remedy: "name the project's folder")
    }
    if let kept { imports.add(kept) }
    reader.readAll()
    read(imports)
  }

  private mutating func read(_ imports: ImportEvidence) {
    let processes = ProcessReader(tree, localModules, scripts: imports.scripts)
    scan.filesRead = imports.filesRead + reader.filesRead + processes.filesRead
    scan.partial = imports.partial
    scan.failures = imports.failures + reader.failures + processes.failures
    scan.notes = imports.notes + reader.notes + processes.notes
    scan.evidence = imports.evidence
    let (found, tools) = processes.evidence(localModules, files)
    scan.toolsOfPipelines = tools.sorted()
    let others = reader.evidence + found
    if !others.isEmpty {
      var ignored = IgnoredEvidence(root: tree.root, files: files)
      for item in others where !ignored.contains(item) { scan.evidence.add(item) }
      scan.evidence.sort()
    }
    scan.localImports = imports.localNames.union(reader.localImports).union(processes.localImports).sorted()
    scan.hasSettings = !reader.settingsModules.isEmpty
    scan.fileImports = imports.localImports
    scan.scripts = imports.scripts
    scan.observations = files.observations
  }

  /// Reads the settings once more, with environment variables and for their values.
  func settingsReader(environment: [String: String]) -> ProjectReader {
    var reader = ProjectReader(
      tree: tree, localModules: localModules, files: files, environment: environment, keepsValues: true)
    reader.readAll()
    return reader
  }
}

extension ImportEvidence {
  /// The top-level modules of the project that it imports itself.
  fileprivate var localNames: Set<String> {
    Set(localImports.needs.compactMap { if case .module(let name) = $0.subject { name } else { nil } })
  }
}
