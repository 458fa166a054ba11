import Knowledge
import PythonSource

/// Imports that serve where the standard library lacks something: `try: import tomllib`, `except ImportError: import tomli`.
enum Backport {
  /// How far before an import what it stands for is looked for: more than anybody wrote into one `try`.
  private static let reach = 100

  /// The minor version of Python 3 below which alone the import is reached: it stands in the handler of a `try` that imports
  /// from the standard library only, or beside an import of what came to it, under a condition on the version. 1 when only
  /// Python 2 reaches it; nil when every version may.
  ///
  /// typing_extensions also brings what no `typing` has yet, so it is needed all the same.
  static func limit(of index: Int, among scanner: borrowing ImportScanner) -> Int? {
    let record = scanner.imports[index]
    if top(of: record, in: scanner) == "typing_extensions" { return nil }
    let minor =
      record.context.contains(.fallback)
      ? ofFallback(index, among: scanner) : ofImportBesideNewModule(index, among: scanner)
    return minor.map { max($0, 1) }
  }

  private static func ofFallback(_ index: Int, among scanner: borrowing ImportScanner) -> Int? {
    var position = index - 1
    while position >= 0, scanner.imports[position].context.contains(.fallback) {
      position -= 1
      if index - position > reach { return nil }
    }
    var newest: Int?
    while position >= 0, isTried(scanner.imports[position]) {
      let tried = scanner.imports[position]
      guard tried.level == 0, let minor = StandardLibrary.firstMinor(with: top(of: tried, in: scanner)) else {
        return nil
      }
      newest = max(newest ?? 0, minor)
      position -= 1
      if index - position > reach { return nil }
    }
    return newest
  }

  private static func isTried(_ record: ImportRecord) -> Bool {
    record.context.contains(.optional) && !record.context.contains(.fallback)
  }

  private static func ofImportBesideNewModule(_ index: Int, among scanner: borrowing ImportScanner) -> Int? {
    for position in [index - 1, index + 1] where scanner.imports.indices.contains(position) {
      let other = scanner.imports[position]
      let name = top(of: other, in: scanner)
      if other.context.contains(.version), other.level == 0, !StandardLibrary.isInEveryVersion(name),
        let minor = StandardLibrary.firstMinor(with: name)
      {
        return minor
      }
    }
    return nil
  }

  private static func top(of record: ImportRecord, in scanner: borrowing ImportScanner) -> String {
    scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }.topLevelModule
  }
}

extension ImportContext {
  /// Whether something may stand beside the import that serves instead of it.
  var mayBeBackport: Bool { contains(.fallback) || contains(.version) }
}
