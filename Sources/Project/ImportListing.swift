package import Diagnostics
package import Host
import PythonSource
import Synchronization

/// Every import of every Python file of a project, for tests and other tools: nothing is mapped or left out.
package enum ImportListing {
  /// How many files are read in one piece.
  private static let pieceSize = 64

  private struct Piece: Sendable {
    var lines: [UInt8] = []
    var failures: [Finding] = []
  }

  /// Gives lines `path:line:column module` to `deliver`, a dynamic import with ` dynamic` behind it, sorted by path bytes,
  /// line and column; and returns the sources that could not be read at all and the folders that could not be listed.
  package static func write(
    _ tree: ProjectTree, jobs: Int, to deliver: @escaping @Sendable ([UInt8]) -> Void
  ) throws(FileError) -> [Finding] {
    let files = tree.files(ending: ".py")
    let root = try Folder(tree.root)
    let failures = Mutex(tree.failures)
    Concurrently.run(
      (files.count + pieceSize - 1) / pieceSize, jobs: jobs, state: { SourceReader(root: root) },
      work: { reader, index in
        var piece = Piece()
        for path in files[(index * pieceSize)..<min(files.count, (index + 1) * pieceSize)] {
          list(path, with: reader, in: &piece)
        }
        return piece
      },
      deliver: { piece in
        deliver(piece.lines)
        failures.withLock { $0 += piece.failures }
      })
    return failures.withLock { $0.sorted(by: Finding.precedes) }
  }

  private static func list(_ path: SourcePath, with reader: SourceReader, in piece: inout Piece) {
    do {
      try reader.imports(of: path) { scanner in
        if scanner.imports.isEmpty { return }
        let shown = path.description
        let order = scanner.imports.isSortedByPlace ? nil : scanner.imports.sorted { $0.place < $1.place }
        for record in order ?? scanner.imports {
          piece.lines.append(contentsOf: shown.utf8)
          piece.lines.append(UInt8(ascii: ":"))
          piece.lines.append(decimal: record.line)
          piece.lines.append(UInt8(ascii: ":"))
          piece.lines.append(decimal: record.column)
          piece.lines.append(UInt8(ascii: " "))
          for _ in 0..<record.level { piece.lines.append(UInt8(ascii: ".")) }
          scanner.withModule(of: record) { name in
            if name.allSatisfy({ $0 < 0x80 }) {
              piece.lines.append(contentsOf: name)
            } else {
              piece.lines.append(contentsOf: Escaping.text(Array(name)).utf8)
            }
          }
          if record.context.contains(.dynamic) { piece.lines.append(contentsOf: " dynamic".utf8) }
          piece.lines.append(UInt8(ascii: "\n"))
        }
      }
    } catch {
      // A file that vanished during the walk is no loss, and neither is one that nobody wrote.
      if error.isMissing || error.isNoFile || error.isTooLarge { return }
      piece.failures.append(Finding(.error, at: Location(path: path), "cannot read: \(error.reason)"))
    }
  }
}

extension ImportRecord {
  fileprivate var place: (Int, Int) { (line, column) }
}

extension [ImportRecord] {
  fileprivate var isSortedByPlace: Bool { zip(self, dropFirst()).allSatisfy { $0.place <= $1.place } }
}

extension [UInt8] {
  fileprivate mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
