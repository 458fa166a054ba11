import Foundation

/// A fresh folder for temporary files, removed with all it holds when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "envtool-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  /// The folder's file or folder `name`, which need not exist.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `text` to `name` below the folder, with the folders in between; the path of what was written.
  @discardableResult
  package func write(_ name: String, _ text: String = "") throws -> String {
    let url = URL(filePath: file(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// Makes the empty folder `name` below the folder.
  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(at: URL(filePath: file(name)), withIntermediateDirectories: true)
  }

  /// Keeps the folder at least until here.
  package func keepAlive() {}

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
