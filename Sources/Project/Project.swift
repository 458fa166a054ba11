package import Diagnostics
package import Host
import PythonSource

/// What the sources of a project tell: which files were read, what they need, which settings there are.
package struct Project: Sendable {
  package let tree: ProjectTree
  package let localModules: LocalModules
  /// The number of files read.
  package let filesRead: Int
  /// Files of which a part could not be understood, one finding each.
  package let partial: [Finding]
  /// Sources that could not be read at all, folders that could not be listed.
  package let failures: [Finding]
  /// What was no source after all, or vanished.
  package let notes: [Finding]
  /// Everything that needs something installed, sorted by location.
  package let evidence: EvidenceTable
  /// The top-level modules of the project that it imports itself, sorted.
  package let localImports: [String]
  /// Every settings module found, sorted by path.
  package let settingsModules: [Settings]
  /// The manage.py nearest to the project's folder.
  package let managePath: SourcePath?
  /// The settings module that manage.py (or DJANGO_SETTINGS_MODULE) names, with its dotted name.
  package let settings: (module: String, values: Settings)?

  /// What the configuration says of its modules and files.
  package let rules: ProjectRules

  /// How many threads read it.
  let jobs: Int

  /// The project's folder, absolute.
  package var root: SourcePath { tree.root }

  /// Reads the project at `path`, absolute, on `jobs` threads. Executes nothing and opens no connection.
  package init(
    reading path: SourcePath, host: Host, jobs: Int = 1, rules: ProjectRules = ProjectRules()
  ) throws(Finding) {
    let tree = try ProjectTree(walking: path, jobs: jobs, rules: rules)
    let localModules = LocalModules(tree, searchPath: SearchPath.read(tree), rules: rules)
    let imports: ImportEvidence
    do { imports = try ImportEvidence.read(tree, localModules, jobs: jobs) } catch {
      throw Finding(.error, "\(error)", remedy: "name the project's folder")
    }
    var reader = ProjectReader(tree: tree, localModules: localModules, host: host)
    for file in tree.files { reader.read(file) }
    reader.readSettings()
    let processes = ProcessReader(tree, localModules, scripts: imports.scripts)
    self.tree = tree
    self.jobs = jobs
    self.rules = rules
    self.localModules = localModules
    filesRead = imports.filesRead + reader.filesRead + processes.filesRead
    partial = imports.partial
    failures = (tree.failures + imports.failures + reader.failures + processes.failures).sorted(by: Finding.precedes)
    notes = (tree.notes + imports.notes + reader.notes + processes.notes).sorted(by: Finding.precedes)
    // The imports come sorted.
    var evidence = imports.evidence
    let (found, tools) = processes.evidence(localModules)
    evidence.removeImports(ofAny: tools)
    let others = reader.evidence + found
    if !others.isEmpty {
      var ignored = IgnoredEvidence(root: tree.root)
      for item in others where !ignored.contains(item) { evidence.add(item) }
      evidence.sort()
    }
    self.evidence = evidence
    localImports = imports.localImports.union(reader.localImports).union(processes.localImports).sorted()
    settingsModules = reader.settingsModules
    managePath = tree.files.filter { $0.name == "manage.py" }.min { $0.components.count < $1.components.count }
    settings = reader.namedSettings(manage: managePath)
  }
}
