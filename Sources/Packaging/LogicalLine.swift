/// A line of a requirements file with its continuations, without comment and the white space around it.
struct LogicalLine {
  typealias Scalars = RequirementsText.Scalars

  /// Where a physical line begins among the scalars of the logical one.
  struct Piece {
    var offset: Int
    let line: Int
    var column: Int
  }

  private(set) var scalars: Scalars
  /// As the file has it: variables are not replaced.
  let written: String
  private var pieces: [Piece]
  /// Where the first replaced variable stood; what is behind it has no place of its own.
  private var replacedFrom = Int.max

  /// Takes the joined physical lines; nil when nothing but a comment or white space is left.
  init?(joining scalars: Scalars, _ pieces: [Piece]) {
    let body = LogicalLines.trimmed(scalars[..<LogicalLines.commentStart(scalars)])
    if body.isEmpty { return nil }
    self.scalars = Array(body)
    written = String(scalars: body)
    self.pieces = pieces.map { Piece(offset: $0.offset - body.startIndex, line: $0.line, column: $0.column) }
  }

  /// The first physical line's number.
  var line: Int { pieces.first?.line ?? 1 }

  /// The last physical line's number.
  var lastLine: Int { pieces.last?.line ?? 1 }

  /// The line and column in the file of the scalar at `offset`.
  func place(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, replacedFrom)
    guard let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else { return (1, 1) }
    return (piece.line, piece.column + max(0, offset - piece.offset))
  }

  /// Puts the values of variables for `${NAME}`; one without a value, or with an empty one, stays as it is.
  mutating func replaceVariables(_ value: (String) -> String?) {
    for name in variables {
      // A value may hold names of others, or its own: that must end somewhere.
      guard scalars.count < 1 << 20, let value = value(name), !value.isEmpty else { continue }
      replace(Array("${\(name)}".unicodeScalars), with: Array(value.unicodeScalars))
    }
  }

  /// The names of `${NAME}`: capitals, digits and `_`.
  private var variables: [String] {
    var names: [String] = []
    var position = 0
    while let dollar = scalars[position...].firstIndex(of: "$") {
      position = dollar + 1
      guard position < scalars.count, scalars[position] == "{" else { continue }
      let name = scalars[(position + 1)...].prefix { ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
      guard !name.isEmpty, name.endIndex < scalars.count, scalars[name.endIndex] == "}" else { continue }
      names.append(String(scalars: name))
      position = name.endIndex + 1
    }
    return names
  }

  private mutating func replace(_ mark: Scalars, with value: Scalars) {
    var result: Scalars = []
    var position = 0
    while position < scalars.count {
      if scalars[position] == "$", scalars[position...].starts(with: mark) {
        replacedFrom = min(replacedFrom, result.count)
        result += value
        position += mark.count
      } else {
        result.append(scalars[position])
        position += 1
      }
    }
    scalars = result
  }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    self = text
  }
}
