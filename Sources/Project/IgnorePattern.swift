/// One pattern of a .gitignore file, ready to be matched: what it is matched with, and where its bytes or tokens stand.
///
/// Plain data, so that going through the patterns of a file counts no references.
struct IgnorePattern: Sendable {
  enum Form: UInt8, Sendable {
    /// The last name of the path is the literal, ends with it (`*.pyc`) or begins with it (`build-*`).
    case name, nameEnding, nameBeginning
    /// The whole path is the literal.
    case path
    /// The last name, or the whole path, matches tokens.
    case nameGlob, pathGlob
  }

  let form: Form
  let isNegated: Bool
  /// Where the pattern stands among the literals of its file, or among the tokens.
  let range: Range<Int>
}

extension IgnorePattern.Form {
  init(_ shape: GlobShape, isName: Bool) {
    switch (shape, isName) {
    case (.literal, true): self = .name
    case (.literal, false): self = .path
    case (.ending, true): self = .nameEnding
    case (.beginning, true): self = .nameBeginning
    case (.other, true): self = .nameGlob
    case (.ending, false), (.beginning, false), (.other, false): self = .pathGlob
    }
  }
}

/// What tokens come to, as far as it can be matched without them.
enum GlobShape {
  case literal([UInt8])
  case ending([UInt8])
  case beginning([UInt8])
  case other

  init(of tokens: [GlobToken]) {
    let literal = tokens.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    switch (tokens.count - literal.count, tokens.first, tokens.last) {
    case _ where literal.isEmpty: self = .other
    case (0, _, _): self = .literal(literal)
    case (1, .anyName, _): self = .ending(literal)
    case (1, _, .anyName): self = .beginning(literal)
    default: self = .other
    }
  }

  var literal: [UInt8] {
    switch self {
    case .literal(let bytes), .ending(let bytes), .beginning(let bytes): bytes
    case .other: []
    }
  }
}

/// A line of a .gitignore file that holds a pattern, taken apart.
struct IgnoreLine {
  /// Without what the other properties say.
  let pattern: ArraySlice<UInt8>
  let isNegated: Bool
  let needsFolder: Bool
  /// Whether the pattern is matched with the last name of a path, and not with the whole path.
  let isName: Bool

  private static let slash = UInt8(ascii: "/")

  /// `line` without its line feed, and no comment; nil when nothing is left that could match.
  init?(_ line: ArraySlice<UInt8>) {
    var rest = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    // To git a line is a C string.
    rest = rest.prefix { $0 != 0 }
    rest = Self.withoutTrailingSpaces(rest)
    isNegated = rest.first == UInt8(ascii: "!")
    if isNegated { rest.removeFirst() }
    needsFolder = rest.last == Self.slash
    if needsFolder { rest.removeLast() }
    let isAnchored = rest.contains(Self.slash)
    if rest.first == Self.slash { rest.removeFirst() }
    // `**/name` says of every path what `name` says, and a name is cheaper to match.
    var core = rest
    while core.count > 3, core.starts(with: "**/".utf8) { core = core.dropFirst(3) }
    isName = core.contains(Self.slash) == false && (isAnchored == false || core.count < rest.count)
    pattern = isName ? core : rest
    if pattern.isEmpty { return nil }
  }

  /// Spaces at the end do not count, except after a backslash; other blanks do.
  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      let isEscape = line[index] == UInt8(ascii: "\\")
      if line[index] != UInt8(ascii: " ") { end = min(index + (isEscape ? 2 : 1), line.endIndex) }
      index += isEscape ? 2 : 1
    }
    return line[..<end]
  }
}
