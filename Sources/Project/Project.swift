package import Diagnostics
package import Host
import PythonSource

/// What the sources of a project tell: which files were read, what they need, which settings there are.
package struct Project: Sendable {
  package let tree: ProjectTree
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
  /// Whether there are Django settings.
  package let hasSettings: Bool
  /// Every settings module found, sorted by path; empty when they were not evaluated.
  package let settingsModules: [Settings]
  /// The manage.py nearest to the project's folder.
  package let managePath: SourcePath?
  /// The settings module that manage.py (or DJANGO_SETTINGS_MODULE) names, with its dotted name.
  package private(set) var settings: (module: String, values: Settings)?
  /// The settings modules as checks judge them: what an environment variable that is not set, the command line or a file would
  /// decide is not known, and values of all branches are kept.
  package let judgedSettingsModules: [Settings]

  /// What the configuration says of its modules and files.
  package let rules: ProjectRules

  /// The contents of the files; nil when only what is needed was asked for.
  package let code: ProjectCode?

  /// The settings modules that manage.py, wsgi.py, asgi.py name, by path.
  package let settingsNames: [(path: SourcePath, module: String)]

  /// How many threads read it.
  let jobs: Int

  /// `settings` as checks judge them.
  package var judgedSettings: (module: String, values: Settings)? {
    settings.map { settings in
      (settings.module, judgedSettingsModules.first { $0.path == settings.values.path } ?? settings.values)
    }
  }

  /// The project's folder, absolute.
  package var root: SourcePath { tree.root }

  /// Reads what the project at `path`, absolute, needs, on `jobs` threads, or takes over from `cache` what has not changed.
  /// Executes nothing and opens no connection; environment variables change nothing.
  ///
  /// The settings are not evaluated: `settings` is nil. `other` is called with what the walk found, while the files are read.
  package init(
    scanning path: SourcePath, jobs: Int = 1, rules: ProjectRules = ProjectRules(), cache: ScanCache? = nil,
    beside other: @escaping @Sendable (ProjectTree) -> Void = { _ in }
  ) throws(Finding) {
    let start = FileStamp.now()
    let tree = try ProjectTree(walking: path, jobs: jobs, rules: rules, isStamping: cache != nil)
    guard let cache, let state = TreeState(of: tree, rules, settledAt: start - cache.settling) else {
      let scan = try ProjectReading(tree, jobs: jobs, rules, beside: other).scan
      self.init(tree, scan, jobs: jobs, rules)
      return
    }
    let isKnown = cache.knows(state)
    let kept = isKnown ? cache.scan(of: state, jobs: jobs) { other(tree) } : nil
    if case .whole(let scan) = kept {
      self.init(tree, scan, jobs: jobs, rules)
      return
    }
    var imports: KeptImports?
    if case .imports(let known) = kept { imports = known }
    let scan = try ProjectReading(
      tree, jobs: jobs, rules, keeping: imports, beside: { if !isKnown { other($0) } }
    ).scan
    cache.keep(scan, of: state)
    self.init(tree, scan, jobs: jobs, rules)
  }

  /// Reads the project at `path`, absolute, on `jobs` threads, and evaluates its settings with the environment variables of
  /// `host`. Executes nothing and opens no connection.
  package init(
    reading path: SourcePath, host: Host, jobs: Int = 1, rules: ProjectRules = ProjectRules()
  ) throws(Finding) {
    let tree = try ProjectTree(walking: path, jobs: jobs, rules: rules, isListing: true)
    let reading = try ProjectReading(tree, jobs: jobs, rules)
    let reader = reading.settingsReader(environment: host.environment)
    self.init(
      tree, reading.scan, jobs: jobs, rules, code: ProjectCode(tree, reading.localModules),
      settingsModules: reader.settingsModules,
      settingsNames: reader.settingsNames.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      settings: reader.namedSettings(manage: tree.managePath), judgedSettingsModules: reader.judgedModules())
  }

  private init(
    _ tree: ProjectTree, _ scan: ProjectScan, jobs: Int, _ rules: ProjectRules, code: ProjectCode? = nil,
    settingsModules: [Settings] = [], settingsNames: [(path: SourcePath, module: String)] = [],
    settings: (module: String, values: Settings)? = nil, judgedSettingsModules: [Settings] = []
  ) {
    self.tree = tree
    self.jobs = jobs
    self.rules = rules
    self.settings = settings
    self.settingsModules = settingsModules
    self.judgedSettingsModules = judgedSettingsModules
    self.settingsNames = settingsNames
    self.code = code
    managePath = tree.managePath
    hasSettings = scan.hasSettings
    filesRead = scan.filesRead
    partial = scan.partial
    failures = (tree.failures + scan.failures).sorted(by: Finding.precedes)
    notes = (tree.notes + scan.notes).sorted(by: Finding.precedes)
    var evidence = scan.evidence
    evidence.removeImports(ofAny: Set(scan.toolsOfPipelines))
    self.evidence = evidence
    localImports = scan.localImports
  }
}

extension Project {
  /// The same project as it is with other settings.
  package func with(_ values: Settings, named module: String) -> Project {
    var project = self
    project.settings = (module, values)
    return project
  }
}

extension ProjectTree {
  /// The manage.py nearest to the project's folder.
  var managePath: SourcePath? {
    files.filter { $0.isNamed("manage.py") }.min { $0.components.count < $1.components.count }
  }
}
