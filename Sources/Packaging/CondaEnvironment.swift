// Supported: the list `dependencies:` at the left margin with `- SPEC` entries at any one indentation, a `pip:` entry with
//   a deeper list of its own, plain and quoted scalars, comments.
// Unsupported: everything else of YAML (anchors, flow lists, block scalars); such lines are passed over.
// Grammar of a SPEC: (channel "::")? name (blank* version)?

/// What an environment.yml of conda asks for.
///
/// Source: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
package struct CondaEnvironment: Sendable {
  package struct Entry: Sendable {
    /// A name of conda, or a line of a requirements file below `pip:`.
    package let text: String
    package let isPip: Bool
    /// Of the text, from 1; the column counts Unicode scalars.
    package let line: Int
    package let column: Int
  }

  /// In the order of the file.
  package private(set) var entries: [Entry] = []

  /// Reads the text of a file; whatever is not understood is passed over.
  package init(_ text: String) {
    var isInside = false
    var pipIndentation: Int?
    let body = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    for (number, line) in zip(1..., body.split(separator: "\n", omittingEmptySubsequences: false)) {
      let scalars = Array(line)
      let content = Self.content(scalars[...])
      guard let first = content.first else { continue }
      let indentation = content.startIndex
      guard first == "-", content.count == 1 || content[indentation + 1] == " " else {
        if indentation == 0 { isInside = Self.text(content) == "dependencies:" }
        continue
      }
      guard isInside else { continue }
      if let outer = pipIndentation, indentation <= outer { pipIndentation = nil }
      let item = Self.unquoted(Self.content(content.dropFirst()))
      let text = Self.text(item)
      if text == "pip:" {
        pipIndentation = indentation
      } else if !text.isEmpty {
        add(text, isPip: pipIndentation != nil, line: number, column: item.startIndex + 1)
      }
    }
  }

  /// The name on PyPI of what conda has under another.
  package static func pythonName(of name: PackageName) -> PackageName {
    otherNames[name.normalized].flatMap { PackageName($0) } ?? name
  }

  private static let otherNames = ["redis-py": "redis"]

  private mutating func add(_ text: String, isPip: Bool, line: Int, column: Int) {
    if isPip { return entries.append(Entry(text: text, isPip: true, line: line, column: column)) }
    let scalars = Array(text.unicodeScalars)
    let start = scalars.lastIndex(of: ":").map { $0 + 1 } ?? 0
    let name = scalars[start...].prefix { $0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0) }
    if !name.isEmpty { entries.append(Entry(text: Self.text(name), isPip: false, line: line, column: column + start)) }
  }

  /// The line without the blanks around it and without its comment.
  private static func content(_ line: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    let comment = rest.indices.first { index in
      rest[index] == "#" && (index == rest.startIndex || rest[index - 1] == " " || rest[index - 1] == "\t")
    }
    if let comment { rest = rest[..<comment] }
    while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
    return rest
  }

  private static func unquoted(_ item: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    guard item.count >= 2, let quote = item.first, quote == "\"" || quote == "'", item.last == quote else {
      return item
    }
    return item.dropFirst().dropLast()
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
