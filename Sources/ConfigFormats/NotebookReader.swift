// Supported: nbformat 3 (cells in worksheets, `input`) and 4 (`cells`, `source`), a source as a string or as a list of lines,
// the language of the notebook's kernel.
// Unsupported: what attachments and outputs hold; nbformat 1 and 2.

/// The code cells of a Jupyter notebook.
///
/// Source: https://nbformat.readthedocs.io/en/latest/format_description.html
package enum NotebookReader {
  /// A line of a cell, without its end, and the line of the file that holds it, from 1.
  package struct Line: Sendable {
    package let text: [UInt8]
    package let line: Int
  }

  /// The lines of each code cell; none when the notebook is of another language than Python.
  package static func cells(in file: [UInt8]) throws(ConfigError) -> [[Line]] {
    let notebook = try JSONReader.read(file)
    guard isPython(notebook["metadata"]) else { return [] }
    var cells = notebook["cells"]?.array ?? []
    for sheet in notebook["worksheets"]?.array ?? [] { cells += sheet["cells"]?.array ?? [] }
    return cells.compactMap { cell in
      guard cell["cell_type"]?.string == "code" else { return nil }
      let language = cell["language"]?.string ?? "python"
      guard language == "python", let source = cell["source"] ?? cell["input"] else { return nil }
      return lines(of: source)
    }
  }

  private static func isPython(_ metadata: ConfigNode?) -> Bool {
    let language = metadata?["language_info"]?["name"]?.string ?? metadata?["kernelspec"]?["language"]?.string
    guard let language else { return true }
    return language == "python" || language == "ipython"
  }

  private static func lines(of source: ConfigNode) -> [Line] {
    var lines: [Line] = []
    var isOpen = false
    for node in source.array ?? [source] {
      guard let text = node.string else { continue }
      let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index == parts.count - 1, part.isEmpty, parts.count > 1 { break }
        if index == 0, isOpen, let last = lines.popLast() {
          // A line that is cut into two strings.
          lines.append(Line(text: last.text + part, line: last.line))
        } else {
          lines.append(Line(text: Array(part), line: node.place.line))
        }
      }
      isOpen = text.utf8.last != UInt8(ascii: "\n")
    }
    return lines
  }
}
