import Diagnostics
import PythonSource

/// Evaluates one settings module and what it imports, without running Python.
///
/// Supported: assignments of every kind, changes of lists and dictionaries, `del`, `if`, `try`, `with`, `match`, loops over what is
/// known, comprehensions, functions and classes of the project, imports of its modules; the operators, strings with their methods and
/// formats, os.path, pathlib, os.environ; django-environ, environs, python-decouple, python-dotenv, dj-database-url and
/// its like, django-configurations, split-settings; files of JSON and TOML.
/// Unsupported, and `unknown` with the reason: everything else.
///
/// Where a condition is not known both branches run, each on the state before, and what they leave is joined: see
/// `branch` and `merge`. Evaluation ends: steps, depth and the size of values are bounded.
final class SettingsInterpreter {
  /// Why evaluation of a statement stops.
  enum Interruption: Error {
    /// An exception that is known to be raised, by its class's name.
    case raised(String)
    /// The bounds are reached.
    case exhausted
  }

  /// How a block ends.
  enum Flow {
    case normal
    case returned(PythonValue)
    case broke
    case continued
  }

  /// A file that values stand in.
  struct File {
    /// Relative to the project where it lies there.
    let path: SourcePath
    let lines: LineTable
  }

  /// What a `try` has to know of its body.
  struct Attempt {
    /// Whether something in it may raise.
    var isUncertain = false
  }

  /// For a module with all that it imports, for one statement, and for all modules of which not all names are taken.
  static let totalStepLimit = 600_000
  static let statementStepLimit = 150_000
  static let importStepLimit = 20_000
  /// Expressions, statements and calls in one another.
  static let depthLimit = 220
  /// What one value may hold.
  static let weightLimit = 100_000
  static let totalExportLimit = 400_000
  static let textLimit = 100_000
  static let moduleLimit = 100
  static let sizeLimit = 1 << 20

  let files: SettingsFiles
  let root: SourcePath
  let hostEnvironment: [String: String]
  let sources: SettingsSources
  /// Whether what the environment leaves open is not known: see `SettingsInterpreter+Judging`.
  let isJudging: Bool
  /// The file whose assignments are kept in `history`.
  let recorded: SourcePath

  var objects: [PythonObject] = []
  var sizes: [PythonObject.Size] = []
  /// The journal that each object's state was last kept in.
  var stamps: [Int] = []
  var namespaces: [PythonNamespace] = []
  var journals: [Journal] = []
  var nextJournal = 1
  var functions: [PythonClosure] = []
  var knownFiles: [File] = []
  var modules: [SourcePath: NamespaceID] = [:]
  /// What the code itself sets in os.environ.
  let environ: NamespaceID
  var attempts: [Attempt] = []
  /// Greater than 0 where a statement may not be reached.
  var doubts = 0
  /// Greater than 0 in branches of conditions that are not known.
  var openBranches = 0
  /// Greater than 0 where a statement is known not to be reached.
  var deadness = 0
  var steps = 0
  var stepLimit = SettingsInterpreter.totalStepLimit
  /// What is left for modules that are followed less far, and whether one of them is being run.
  var importStepsLeft = SettingsInterpreter.importStepLimit
  var isInImport = false
  var depth = 0
  var callDepth = 0
  var history: [(name: String, value: SettingValue)] = []
  /// The namespace of the recorded file.
  var recordedNamespace: NamespaceID?
  /// The classes of the recorded file.
  var recordedClasses: Set<NamespaceID> = []
  var includeDepth = 0
  /// How many values may still be handed out, in the history and at the end.
  var exportLimit = SettingsInterpreter.totalExportLimit
  var moduleFiles: [String: SourcePath?] = [:]
  /// The first statement of the recorded file that was not followed, as it takes too long.
  var excess: String?
  /// The modules of which the recorded one takes all names, itself or through others.
  var starImports: Set<SourcePath> = []
  /// The files whose contents `.read()` gave.
  var readTexts: [String: SourcePath] = [:]

  init(
    recording path: SourcePath, in root: SourcePath, files: SettingsFiles, environment: [String: String],
    sources: SettingsSources, isJudging: Bool = false
  ) {
    self.isJudging = isJudging
    self.recorded = path
    self.root = root
    self.files = files
    self.hostEnvironment = environment
    self.sources = sources
    namespaces = [PythonNamespace(kind: .environment)]
    environ = NamespaceID(index: 0)
  }

  // MARK: - Bounds

  func step(_ count: Int = 1) throws(Interruption) {
    steps += count
    if steps > stepLimit { throw .exhausted }
  }

  /// An unknown value, which in a `try` may raise.
  func unknown(_ reason: String, at place: Place, variable: String? = nil) -> PythonValue {
    if !attempts.isEmpty { attempts[attempts.count - 1].isUncertain = true }
    return PythonValue(.unknown(reason), at: place, variable: variable)
  }

  /// An exception: thrown where a `try` stands around, else an unknown value.
  func raise(_ kind: String, _ reason: String, at place: Place, variable: String? = nil) throws(Interruption)
    -> PythonValue
  {
    if !attempts.isEmpty { throw .raised(kind) }
    return PythonValue(.unknown(reason), at: place, variable: variable)
  }

  func location(_ place: Place) -> Location {
    let file = knownFiles[Int(place.file)]
    let (line, column) = file.lines.place(of: Int(place.offset))
    return Location(path: file.path, line: line, column: column)
  }
}
