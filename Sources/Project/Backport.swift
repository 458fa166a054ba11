import Knowledge
import PythonSource

/// Imports that serve where the standard library lacks something: `try: import tomllib`, `except ImportError: import tomli`.
enum Backport {
  /// Newer than any: every module that came to the standard library is there.
  private static let newestPython = (major: 3, minor: 99)

  /// Whether the import is reached on old versions of Python alone: in the handler of a `try` that imports from the standard
  /// library only, or beside an import of what came to it, under a condition on the version.
  ///
  /// typing_extensions also brings what no `typing` has yet, so it is needed all the same.
  static func isUnneeded(_ index: Int, among scanner: borrowing ImportScanner) -> Bool {
    let record = scanner.imports[index]
    if top(of: record, in: scanner) == "typing_extensions" { return false }
    return record.context.contains(.fallback)
      ? isFallback(index, among: scanner) : isBesideNewModule(index, among: scanner)
  }

  private static func isFallback(_ index: Int, among scanner: borrowing ImportScanner) -> Bool {
    var position = index - 1
    while position >= 0, scanner.imports[position].context.contains(.fallback) { position -= 1 }
    var count = 0
    while position >= 0, isTried(scanner.imports[position]) {
      let tried = scanner.imports[position]
      guard tried.level == 0, StandardLibrary.contains(top(of: tried, in: scanner), python: newestPython) else {
        return false
      }
      count += 1
      position -= 1
    }
    return count > 0
  }

  private static func isTried(_ record: ImportRecord) -> Bool {
    record.context.contains(.optional) && !record.context.contains(.fallback)
  }

  private static func isBesideNewModule(_ index: Int, among scanner: borrowing ImportScanner) -> Bool {
    [index - 1, index + 1].contains { position in
      guard scanner.imports.indices.contains(position) else { return false }
      let other = scanner.imports[position]
      let name = top(of: other, in: scanner)
      return other.context.contains(.version) && other.level == 0 && !StandardLibrary.isInEveryVersion(name)
        && StandardLibrary.contains(name, python: newestPython)
    }
  }

  private static func top(of record: ImportRecord, in scanner: borrowing ImportScanner) -> String {
    scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }.topLevelModule
  }
}

extension ImportContext {
  /// Whether something may stand beside the import that serves instead of it.
  var mayBeBackport: Bool { contains(.fallback) || contains(.version) }
}
