import Diagnostics
import Packaging

/// What the files of a project show of its needs, whatever the values of environment variables are.
struct ProjectScan: Sendable {
  /// The number of files read.
  var filesRead = 0
  /// Sorted by location.
  var evidence = EvidenceTable()
  /// The top-level modules of the project that it imports itself, sorted.
  var localImports: [String] = []
  var partial: [Finding] = []
  var failures: [Finding] = []
  var notes: [Finding] = []
  /// Whether there are Django settings.
  var hasSettings = false
  /// The distributions that continuous integration installs for itself, sorted.
  var toolsOfPipelines: [PackageName] = []

  /// What a later scan can go on from: which files import the project's own modules, which scripts may have metadata, and
  /// what was looked at beside the files of the walk.
  var fileImports = EvidenceTable()
  var scripts: [SourcePath] = []
  var observations: [ObservedFiles.Observation] = []
}
