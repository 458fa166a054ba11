import Diagnostics
import PythonSource

/// The parsed sources of settings: each file is read once for all evaluations, and no more than settings are made of.
final class SettingsSources {
  private let read: (SourcePath) -> [UInt8]?
  private var trees: [SourcePath: PythonTree?] = [:]
  /// How many bytes may still be parsed for imports: settings that import half of a large tree stay quick.
  private var bytesLeft = 4 << 20

  init(read: @escaping (SourcePath) -> [UInt8]?) { self.read = read }

  /// The tree of a file, nil when there is none.
  func tree(of path: SourcePath) -> PythonTree? {
    if let known = trees[path] { return known }
    var tree: PythonTree?
    if bytesLeft > 0, let bytes = read(path), bytes.count <= SettingsInterpreter.sizeLimit {
      bytesLeft -= bytes.count
      tree = PythonTree(bytes)
    }
    trees[path] = .some(tree)
    return tree
  }

  /// Gives a file that has been parsed already.
  func add(_ tree: PythonTree, at path: SourcePath) { trees[path] = .some(tree) }
}
