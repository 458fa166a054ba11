import Diagnostics
import Host
import PythonSource

/// The folders that a project's own code puts on sys.path.
///
/// Read are the files that run first: manage.py, wsgi.py, asgi.py, conftest.py and settings. A literal in a statement on
/// `sys.path` is taken as a folder beside the file, beside its parent or below the project; `LocalModules` keeps those that
/// exist.
enum SearchPath {
  /// Candidates, relative to the project.
  static func read(_ tree: ProjectTree) -> [SourcePath] {
    tree.files.filter(isRunFirst).flatMap { file -> [SourcePath] in
      // What cannot be read is told of when its imports are.
      guard let bytes = try? Files.read(tree.root.appending(file), limit: SourceReader.sizeLimit) else { return [] }
      return candidates(in: bytes, of: file)
    }
  }

  private static func isRunFirst(_ file: SourcePath) -> Bool {
    file.isEntryPoint || file.isSettingsModule || file.isNamed("conftest.py")
  }

  static func candidates(in bytes: [UInt8], of file: SourcePath) -> [SourcePath] {
    // Few files have such a statement.
    guard bytes.holds("sys.path") || bytes.holds("addsitedir") else { return [] }
    var found: [SourcePath] = []
    for line in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      guard isOnSearchPath(line) else { continue }
      for text in literals(in: line) where !text.isEmpty {
        let path = SourcePath(bytes: text.drop { $0 == UInt8(ascii: "/") })
        for base in [file.parent, file.parent.parent, ""] { found.append(base.appending(path).normalized) }
      }
    }
    return found.filter { !$0.isAbsolute && !$0.isEmpty && $0.components.first != ".." }
  }

  private static func isOnSearchPath(_ line: ArraySlice<UInt8>) -> Bool {
    let words: [StaticString] = [
      "sys.path.insert", "sys.path.append", "sys.path.extend", "sys.path +=", "sys.path[", "site.addsitedir",
    ]
    let start = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return words.contains { word in word.withUTF8Buffer { start.starts(with: $0) } }
  }

  /// What stands between quotes of one kind.
  private static func literals(in line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var rest = line
    while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }) {
      guard let end = rest[(start + 1)...].firstIndex(of: rest[start]) else { break }
      result.append(rest[(start + 1)..<end])
      rest = rest[(end + 1)...]
    }
    return result
  }
}
