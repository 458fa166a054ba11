import Diagnostics
import Host
import Knowledge
import Packaging

/// What everything but the imports of Python sources shows: settings, process files, code in other forms.
struct OtherEvidence: Sendable {
  var filesRead = 0
  var failures: [Finding] = []
  var notes: [Finding] = []
  var evidence: [Evidence] = []
  /// The top-level modules of the project that are named or imported there.
  var localImports: Set<String> = []
  var hasSettings = false
  /// The distributions that continuous integration installs for itself.
  var toolsOfPipelines: Set<PackageName> = []
  /// What was looked at beside the walk.
  var observations: [ObservedFiles.Observation] = []

  /// Reads the files of `tree`; environment variables change nothing.
  init(_ tree: ProjectTree, _ localModules: LocalModules) {
    let files = ObservedFiles()
    var settings = ProjectReader(
      tree: tree, localModules: localModules, files: files, environment: [:], keepsValues: false)
    settings.readAll()
    let processes = ProcessReader(tree, localModules)
    filesRead = settings.filesRead + processes.filesRead
    failures = settings.failures + processes.failures
    notes = settings.notes + processes.notes + processes.imports.notes
    let (found, tools) = processes.evidence(localModules, files)
    toolsOfPipelines = tools
    evidence = Self.counted(settings.evidence + found, in: tree, files) + processes.imports.evidence
    localImports = settings.localImports.union(processes.localImports)
    hasSettings = !settings.settingsModules.isEmpty
    observations = files.observations
  }

  /// Reads the requirements that Python sources give for themselves, of those that may.
  init(metadataOf scripts: [SourcePath], in tree: ProjectTree, _ localModules: LocalModules) {
    if scripts.isEmpty { return }
    var code = CodeReader(localModules)
    for path in scripts {
      // What cannot be read is told of by who reads it first.
      guard let bytes = try? Files.read(tree.root.appending(path), limit: SourceReader.sizeLimit) else { continue }
      code.readMetadata(bytes, at: path)
    }
    let files = ObservedFiles()
    evidence = Self.counted(code.evidence, in: tree, files)
    observations = files.observations
  }

  /// Without what a comment leaves out.
  private static func counted(_ evidence: [Evidence], in tree: ProjectTree, _ files: ObservedFiles) -> [Evidence] {
    var ignored = IgnoredEvidence(root: tree.root, files: files)
    return evidence.filter { !ignored.contains($0) }
  }
}
