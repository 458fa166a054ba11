package import Diagnostics
package import PythonSource

/// Evaluates the settings modules of a project, reading each of its files once.
///
/// Nothing of the project runs, no connection is opened. Each module is evaluated on its own, with what it imports: what
/// dev.py does to the lists of base.py is not seen by production.py.
package final class SettingsLoader {
  private let root: SourcePath
  let files: SettingsFiles
  private let environment: [String: String]
  private let sources: SettingsSources
  /// What is known of the texts of modules that were asked about; nil of those that are not there.
  var outlines: [SourcePath: Outline?] = [:]
  /// How many steps all modules and entry points together may still take. Each may take some whatever the others took, and
  /// few when they took that too: what it sets in its first thousand lines.
  private var stepsLeft = 400_000
  private static let leastSteps = 20_000
  private static let fewestSteps = 2_000
  private static let overdraft = 200_000

  /// Whether the values that modules end with are handed out, beside what they assign.
  private let keepsValues: Bool
  private let isJudging: Bool

  /// `root` is the project's folder, absolute; `environment` the variables of the process that would run it. Without
  /// `keepsValues` there is only the history of each module. With `isJudging` what hangs on variables that are not set is not
  /// known, nor what hangs on the command line or on files: both branches are kept.
  package init(
    root: SourcePath, files: SettingsFiles, environment: [String: String], keepsValues: Bool = true,
    isJudging: Bool = false
  ) {
    self.root = root
    self.files = files
    self.environment = environment
    self.keepsValues = keepsValues
    self.isJudging = isJudging
    sources = SettingsSources(read: files.read)
  }

  /// One that judges, with the sources that the other has parsed.
  init(judgingAs other: SettingsLoader) {
    (root, files, environment, sources) = (other.root, other.files, other.environment, other.sources)
    keepsValues = true
    isJudging = true
  }

  /// Gives a file that has been parsed already, by its path relative to the root.
  package func add(_ tree: PythonTree, at path: SourcePath) { sources.add(tree, at: root.appending(path)) }

  /// The settings of a module by its path relative to the root; nil when there is no such file.
  package func settings(at path: SourcePath) -> Settings? {
    let file = root.appending(path)
    guard let tree = sources.tree(of: file) else { return nil }
    let interpreter = interpreter(recording: file)
    let name = path.components.joined(separator: ".").dropLast(3).description
    guard let namespace = run(tree, at: file, named: name, in: interpreter) else { return nil }
    let frame = Frame(scopes: [namespace], globals: namespace, file: 0, path: file)
    interpreter.recordProperties()
    let names = interpreter.namespaces[namespace.index].variables
    return Settings(
      path: path, finals: keepsValues ? interpreter.finals(of: namespace, in: frame) : [:],
      history: Settings.once(interpreter.history), isDjango: Settings.djangoNames.contains { names[$0] != nil },
      sources: interpreter.modules.keys.compactMap { $0.relative(to: root) }.sorted(),
      starImports: interpreter.starImports.compactMap { $0.relative(to: root) }.sorted(),
      limit: interpreter.namespaces[namespace.index].doubt, excess: interpreter.excess)
  }

  /// What an entry point such as manage.py sets in os.environ when it is run.
  package func environment(setBy path: SourcePath) -> [String: SettingValue] {
    let file = root.appending(path)
    guard let tree = sources.tree(of: file) else { return [:] }
    let interpreter = interpreter(recording: "")
    guard run(tree, at: file, named: "__main__", in: interpreter) != nil else { return [:] }
    return interpreter.namespaces[interpreter.environ.index].variables.mapValues(interpreter.export)
  }

  /// Runs a module with its share of the steps. It stops where its bounds are reached, and never throws by itself.
  private func run(
    _ tree: PythonTree, at file: SourcePath, named name: String, in interpreter: SettingsInterpreter
  ) -> NamespaceID? {
    let least = stepsLeft > -Self.overdraft ? Self.leastSteps : Self.fewestSteps
    let share = min(SettingsInterpreter.totalStepLimit, max(least, stepsLeft))
    let taken = SettingsInterpreter.totalStepLimit - share
    interpreter.steps = taken
    defer { stepsLeft -= interpreter.steps - taken }
    return try? interpreter.run(tree, at: file, named: name)
  }

  func read(_ path: SourcePath) -> [UInt8]? {
    files.read(root.appending(path)).flatMap { $0.count <= SettingsInterpreter.sizeLimit ? $0 : nil }
  }

  private func interpreter(recording file: SourcePath) -> SettingsInterpreter {
    SettingsInterpreter(
      recording: file, in: root, files: files, environment: environment, sources: sources, isJudging: isJudging)
  }
}
