import Diagnostics
import Host
import Synchronization

/// The reading of a project's files, with what the evaluation of its settings can go on from.
struct ProjectReading {
  private(set) var scan = ProjectScan()
  private let tree: ProjectTree
  let localModules: LocalModules

  /// Reads the files of `tree` on `jobs` threads, without the imports of those that `kept` knows. One of the threads calls
  /// `other`.
  init(
    _ tree: ProjectTree, jobs: Int, _ rules: ProjectRules, keeping kept: KeptImports? = nil,
    beside other: @escaping @Sendable (ProjectTree) -> Void = { _ in }
  ) throws(Finding) {
    self.tree = tree
    let localModules = LocalModules(tree, searchPath: SearchPath.read(tree), rules: rules)
    self.localModules = localModules
    let sources = tree.sources
    // One thread reads settings and process files while the others read imports.
    let found = Mutex<OtherEvidence?>(nil)
    var imports: ImportEvidence
    do {
      imports = try ImportEvidence.read(
        kept.map { kept in sources.filter { !kept.files.contains($0) } } ?? sources, in: tree.root, localModules,
        jobs: jobs
      ) {
        let others = OtherEvidence(tree, localModules)
        found.withLock { $0 = others }
        other(tree)
      }
    } catch {
      throw Finding(.error, "\(error)", remedy: "name the project's folder")
    }
    if let kept { imports.add(kept) }
    add(consume imports)
    if let others = found.withLock({ $0 }) { add(others) }
    add(OtherEvidence(metadataOf: scan.scripts, in: tree, localModules))
    scan.evidence.sort()
    scan.localImports.sort()
  }

  private mutating func add(_ imports: consuming ImportEvidence) {
    scan.filesRead = imports.filesRead
    scan.partial = imports.partial
    scan.failures = imports.failures
    scan.notes = imports.notes
    scan.evidence = imports.evidence
    scan.localImports = Array(imports.localNames)
    scan.fileImports = imports.localImports
    scan.scripts = imports.scripts
  }

  private mutating func add(_ others: OtherEvidence) {
    scan.filesRead += others.filesRead
    scan.failures += others.failures
    scan.notes += others.notes
    for item in others.evidence { scan.evidence.add(item) }
    scan.localImports += others.localImports.subtracting(scan.localImports)
    scan.hasSettings = scan.hasSettings || others.hasSettings
    scan.toolsOfPipelines += others.toolsOfPipelines.sorted()
    scan.observations += others.observations.filter { !scan.observations.contains($0) }
  }

  /// Reads the settings once more, with environment variables and for their values.
  func settingsReader(environment: [String: String]) -> ProjectReader {
    var reader = ProjectReader(
      tree: tree, localModules: localModules, files: ObservedFiles(), environment: environment, keepsValues: true)
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
