import Diagnostics
import PythonSource

/// The parsed sources of settings: each file is read once for all evaluations.
final class SettingsSources {
  private let read: (SourcePath) -> [UInt8]?
  private var trees: [SourcePath: PythonTree?] = [:]

  init(read: @escaping (SourcePath) -> [UInt8]?) { self.read = read }

  /// The tree of a file, nil when there is none.
  func tree(of path: SourcePath) -> PythonTree? {
    if let known = trees[path] { return known }
    let tree = read(path).flatMap { $0.count <= SettingsInterpreter.sizeLimit ? PythonTree($0) : nil }
    trees[path] = .some(tree)
    return tree
  }

  /// Gives a file that has been parsed already.
  func add(_ tree: PythonTree, at path: SourcePath) { trees[path] = .some(tree) }
}
