// Supported: `.pth` files as Python's site module reads them: a folder or archive a line, relative to the file's folder;
//   comments, empty lines, a byte order mark, CRLF.
// Unsupported: lines that begin with `import`: they are code, and never run.
// Grammar: (line newline)*

import Diagnostics

/// The places that a `.pth` file adds to sys.path.
///
/// Source: https://docs.python.org/3/library/site.html
struct PathFile {
  /// As written, without the blanks at the end of the line; nothing was looked up.
  let places: [SourcePath]

  init(bytes: [UInt8]) {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    places = content.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      if line.first == UInt8(ascii: "#") || line.starts(with: "import ".utf8) || line.starts(with: "import\t".utf8) {
        return nil
      }
      guard let last = line.lastIndex(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else { return nil }
      return SourcePath(bytes: line[...last])
    }
  }
}
