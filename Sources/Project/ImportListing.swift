package import Diagnostics
package import Host
import PythonSource
import Synchronization

/// Every import of every Python file and notebook of a project, for tests and other tools: nothing is mapped or left out.
package enum ImportListing {
  /// How many files are read in one piece.
  private static let pieceSize = 64

  private struct Piece: Sendable {
    var lines: [UInt8] = []
    var failures: [Finding] = []

    mutating func add(_ error: FileError, at path: SourcePath) {
      // A file that vanished during the walk is no loss.
      if error.isMissing || error.isNoFile { return }
      if error.isTooLarge {
        failures.append(Finding(.warning, at: Location(path: path), "larger than 64 MiB, so it was not read"))
        return
      }
      failures.append(Finding(.error, at: Location(path: path), "cannot read: \(error.reason)"))
    }
  }

  /// Gives lines `path:line:column module` to `deliver`, a dynamic import with ` dynamic` behind it, sorted by path bytes,
  /// line and column. In a notebook the line is that of the file, the column that of the cell's own line.
  ///
  /// Returns the sources that could not be read at all, those too large to be read (warnings), and the folders that could
  /// not be listed.
  package static func write(
    _ tree: ProjectTree, jobs: Int, to deliver: @escaping @Sendable ([UInt8]) -> Void
  ) throws(FileError) -> [Finding] {
    let notebooks = tree.processFiles.filter { $0.kind == .notebook }.map(\.path)
    let sources = tree.sources
    let files = notebooks.isEmpty ? sources : SourcePath.sorted(sources + notebooks)
    let root = try Folder(tree.root)
    let failures = Mutex(tree.failures)
    Concurrently.run(
      (files.count + pieceSize - 1) / pieceSize, jobs: jobs, state: { SourceReader(root: root, seeksMetadata: false) },
      work: { reader, index in
        var piece = Piece()
        for path in files[(index * pieceSize)..<min(files.count, (index + 1) * pieceSize)] {
          if path.bytes.last == UInt8(ascii: "b") {
            list(notebook: path, below: tree.root, in: &piece)
          } else {
            list(path, with: reader, in: &piece)
          }
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
        append(scanner, of: path, to: &piece.lines)
      }
    } catch {
      piece.add(error, at: path)
    }
  }

  private static func list(notebook path: SourcePath, below root: SourcePath, in piece: inout Piece) {
    let bytes: [UInt8]
    do { bytes = try Files.read(root.appending(path), limit: SourceReader.sizeLimit) } catch {
      piece.add(error, at: path)
      return
    }
    var found: [(line: Int, column: Int, text: String)] = []
    var scanner = ImportScanner()
    let (sources, areAll) = NotebookSource.cells(in: bytes)
    if !areAll { piece.failures.append(Finding(.warning, at: Location(path: path), NotebookSource.excess)) }
    for source in sources {
      let padded = source.bytes + [UInt8](repeating: 0, count: FileBuffer.padding)
      padded.withUnsafeBufferPointer { scanner.scan(padded: $0) }
      for record in scanner.imports {
        let name = String(repeating: ".", count: record.level) + scanner.withModule(of: record) { Escaping.text($0) }
        let line = source.fileLine(of: record.line)
        let end = record.context.contains(.dynamic) ? " dynamic" : ""
        found.append((line, record.column, "\(path):\(line):\(record.column) \(name)\(end)\n"))
      }
    }
    // Cells may stand in one line, all of them.
    found.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    for entry in found { piece.lines += entry.text.utf8 }
  }

  /// The lines are laid down in scratch memory first: for most files that is all that a line costs.
  private static func append(_ scanner: borrowing ImportScanner, of path: SourcePath, to lines: inout [UInt8]) {
    let isPlain = path.bytes.allSatisfy { 0x20..<0x7F ~= $0 }
    let start = isPlain ? path.bytes : Array(path.description.utf8)
    // A byte that is not UTF-8 is shown as four; two numbers have at most 20 digits each.
    let room = scanner.imports.reduce(0) { $0 + start.count + 56 + $1.level + 4 * $1.module.count }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { scratch in
      var line = ScratchLine(scratch)
      for record in scanner.imports {
        start.withUnsafeBufferPointer { line.append($0) }
        line.append(":")
        line.append(record.line)
        line.append(":")
        line.append(record.column)
        line.append(" ")
        for _ in 0..<record.level { line.append(".") }
        scanner.withModule(of: record) { line.append(shown: $0) }
        if record.context.contains(.dynamic) { for scalar in " dynamic".unicodeScalars { line.append(scalar) } }
        line.append("\n")
      }
      lines.append(contentsOf: line.bytes)
    }
  }
}

/// Text laid down in memory that is large enough for all of it.
private struct ScratchLine {
  private let memory: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

  @inline(__always) mutating func append(_ scalar: Unicode.Scalar) {
    memory[count] = UInt8(truncatingIfNeeded: scalar.value)
    count += 1
  }

  @inline(__always) mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    count += UnsafeMutableBufferPointer(rebasing: memory[count...]).update(fromContentsOf: text)
  }

  mutating func append(_ number: Int) {
    var power = 1
    while power <= number / 10 { power *= 10 }
    var rest = number
    while power > 0 {
      memory[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / power)
      count += 1
      rest %= power
      power /= 10
    }
  }

  /// A name as it may be shown: what is not UTF-8 in it is escaped.
  mutating func append(shown name: UnsafeBufferPointer<UInt8>) {
    // Most names are short and ASCII: eight bytes at a time.
    var all: UInt64 = 0
    var index = 0
    while index + 8 <= name.count {
      all |= UnsafeRawBufferPointer(name).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < name.count {
      all |= UInt64(name[index])
      index += 1
    }
    if all & 0x8080_8080_8080_8080 == 0 { return append(name) }
    var escaped = Escaping.text(name)
    escaped.withUTF8 { append($0) }
  }
}
