import PythonSource

/// An import with its names as text.
struct ScannedImport: Hashable {
  let module: String
  let level: Int
  let names: [String]
  let line: Int
  let column: Int
  let context: ImportContext

  /// The first part of the dotted name.
  var topLevel: Substring { module.prefix { $0 != "." } }

  /// What the scanner makes of `source`, decoded as a file would be.
  static func read(_ source: [UInt8]) -> (imports: [ScannedImport], problem: SourceProblem?) {
    var scanner = ImportScanner()
    let padded = source + [UInt8](repeating: 0, count: 64)
    return (padded.withUnsafeBufferPointer { SourceEncoding.decoded(padded: $0) } ?? padded)
      .withUnsafeBufferPointer { bytes in
        scanner.scan(padded: bytes)
        let imports = scanner.imports.map { record in
          ScannedImport(
            module: scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }, level: record.level,
            names: scanner.names(of: record), line: record.line, column: record.column, context: record.context)
        }
        return (imports, scanner.problem)
      }
  }
}
