package import Diagnostics
import Host
import PythonSource

/// Every import of every Python file of a project, for tests and other tools: nothing is mapped or left out.
package struct ImportListing: Sendable {
  /// `path:line:column module`, with ` dynamic` behind an import_module or `__import__`; sorted by path bytes, line, column.
  package let lines: [String]
  /// Sources that could not be read at all, folders that could not be listed.
  package let failures: [Finding]

  package init(_ tree: ProjectTree) {
    var lines: [String] = []
    var failures = tree.failures
    for path in tree.files(ending: ".py") {
      do {
        let module = PythonModule(try Files.read(tree.root.appending(path), limit: ProjectReader.sizeLimit))
        let places = module.imports.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        lines += places.map { Self.line($0, of: path) }
      } catch {
        // A file that vanished during the walk is no loss, and neither is one that nobody wrote.
        if error.isMissing || error.isNoFile || error.isTooLarge { continue }
        failures.append(Finding(.error, at: Location(path: path), "cannot read: \(error.reason)"))
      }
    }
    self.lines = lines
    self.failures = failures
  }

  private static func line(_ statement: ImportStatement, of path: SourcePath) -> String {
    let name = String(repeating: ".", count: statement.level) + statement.module
    let mark = statement.context.contains(.dynamic) ? " dynamic" : ""
    return "\(path):\(statement.line):\(statement.column) \(name)\(mark)"
  }
}
