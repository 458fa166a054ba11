import ConfigFormats
import PythonSource

/// The code of one cell of a notebook as Python source: what only IPython understands is blanked out.
struct NotebookSource {
  /// Line by line as in the cell, so that columns stay; what stands behind the cell's end is left out.
  private(set) var bytes: [UInt8] = []
  /// The lines that IPython reads itself, from the sign on: `!pip install x`, `%matplotlib inline`.
  private(set) var commands: [Command] = []
  private let cell: [NotebookReader.Line]

  struct Command {
    /// With the sign.
    let text: ArraySlice<UInt8>
    let line: Int
    let column: Int
  }

  /// Cell magics whose cells are Python all the same.
  private static let pythonMagics: Set<String> = [
    "%%time", "%%timeit", "%%capture", "%%prun", "%%debug", "%%memit", "%%mprun", "%%lprun", "%%snakeviz",
  ]

  /// More bytes of code than anybody wrote into one notebook.
  private static let codeLimit = 1 << 20

  /// Why not all of a notebook is read.
  static let excess = "holds more than 1 MiB of code, so its last cells were not read"

  /// The code cells of a notebook, as many as hold 1 MiB of code together, and whether these are all; none when it cannot
  /// be read.
  static func cells(in file: [UInt8]) -> (sources: [NotebookSource], areAll: Bool) {
    // What is no JSON is no notebook; one in another encoding than UTF-8 still holds its imports.
    let text = SourceEncoding.decoded(file)
    guard
      let cells = (try? NotebookReader.cells(in: text))
        ?? (try? NotebookReader.cells(in: Array(String(decoding: text, as: UTF8.self).utf8)))
    else { return ([], true) }
    var room = codeLimit
    let sources = cells.prefix { cell in
      room -= cell.reduce(0) { $0 + $1.text.count + 1 }
      return room >= 0
    }.map(NotebookSource.init)
    return (sources, sources.count == cells.count)
  }

  init(_ cell: [NotebookReader.Line]) {
    self.cell = cell
    let start = cell.firstIndex { $0.text.contains { $0 > 0x20 } } ?? 0
    for (index, line) in cell.enumerated() {
      let content = line.text.drop { $0 <= 0x20 }
      if index == start, content.starts(with: "%%".utf8) {
        let magic = String(decoding: content.prefix { $0 > 0x20 }, as: UTF8.self)
        guard Self.pythonMagics.contains(magic) else { break }
      } else {
        add(line, content)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// The line of the file that holds a line of the source, both from 1.
  func fileLine(of line: Int) -> Int { line <= cell.count ? cell[line - 1].line : line }

  private mutating func add(_ line: NotebookReader.Line, _ content: ArraySlice<UInt8>) {
    if content.first == UInt8(ascii: "!") || content.first == UInt8(ascii: "%") {
      let indentation = line.text.prefix { $0 <= 0x20 }
      commands.append(Command(text: content, line: line.line, column: indentation.count + 1))
      bytes += indentation + Array("pass".utf8)
    } else if content.first != UInt8(ascii: "?"), content.last != UInt8(ascii: "?") {
      bytes += Self.withoutCommand(line.text)
    }
  }

  /// `files = !ls`, `result = %timeit -o f()`
  private static func withoutCommand(_ line: [UInt8]) -> [UInt8] {
    guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { return line }
    let value = line[(sign + 1)...].drop { $0 <= 0x20 }
    guard
      value.first == UInt8(ascii: "!") && value.dropFirst().first != UInt8(ascii: "=")
        || value.first == UInt8(ascii: "%")
    else {
      return line
    }
    return line[...sign] + Array(" 0".utf8)
  }
}
