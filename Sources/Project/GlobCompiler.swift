/// A part of a wildcard pattern. `/` is matched by `byte`, `anyFolders` and `anyPath` alone.
enum GlobToken: Sendable, Equatable {
  case byte(UInt8)
  /// `?`
  case anyByte
  /// `[...]`
  case oneOf(ByteSet)
  /// `*`: any bytes of one name.
  case anyName
  /// `**/`: any number of whole folder names, none included.
  case anyFolders
  /// `**` at the end or before `\/`: any bytes.
  case anyPath
}

/// Reads a pattern into tokens, with git's meaning of every byte.
///
/// Git before 2.52 takes `**` after a literal, as in `a**/b`, for one between slashes. That was a defect
/// (https://lore.kernel.org/git/20251014003404.GC1507@coredump.intra.peff.net/); here it is `*`, as documented.
struct GlobCompiler {
  private let source: [UInt8]
  private var position = 0

  /// The tokens of `pattern`, or nil when it can match nothing. Only with `crossesFolders` has `**` a meaning of
  /// its own.
  static func tokens(of pattern: ArraySlice<UInt8>, crossesFolders: Bool) -> [GlobToken]? {
    var compiler = GlobCompiler(source: Array(pattern))
    var tokens: [GlobToken] = []
    while let byte = compiler.next() {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(compiler.stars(crossesFolders))
      case UInt8(ascii: "?"): tokens.append(.anyByte)
      case UInt8(ascii: "["):
        guard let set = compiler.bracket() else { return nil }
        tokens.append(.oneOf(set))
      case UInt8(ascii: "\\"):
        guard let escaped = compiler.next() else { return nil }
        tokens.append(.byte(escaped))
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  private init(source: [UInt8]) { self.source = source }

  private var upcoming: UInt8? { position < source.count ? source[position] : nil }

  private mutating func next() -> UInt8? {
    guard position < source.count else { return nil }
    defer { position += 1 }
    return source[position]
  }

  /// After the first `*`.
  private mutating func stars(_ crossesFolders: Bool) -> GlobToken {
    let start = position - 1
    while upcoming == UInt8(ascii: "*") { position += 1 }
    let opens = start == 0 || source[start - 1] == UInt8(ascii: "/")
    guard crossesFolders, opens, position - start > 1 else { return .anyName }
    switch upcoming {
    case nil: return .anyPath
    case UInt8(ascii: "/"):
      position += 1
      return .anyFolders
    case UInt8(ascii: "\\") where source.dropFirst(position + 1).first == UInt8(ascii: "/"): return .anyPath
    default: return .anyName
    }
  }
}

extension GlobCompiler {
  /// After the `[`; nil when the expression is not closed or names a class that does not exist.
  private mutating func bracket() -> ByteSet? {
    var set = ByteSet()
    let isNegated = upcoming == UInt8(ascii: "!") || upcoming == UInt8(ascii: "^")
    if isNegated { position += 1 }
    let first = position
    // The byte that a `-` would make the start of a range.
    var previous: UInt8?
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "]") where position - 1 > first: return set.finished(isNegated: isNegated)
      case UInt8(ascii: "\\"):
        guard let escaped = next() else { return nil }
        set.insert(escaped)
        previous = escaped
      default:
        if byte == UInt8(ascii: "["), let name = className() {
          guard set.insert(className: name) else { return nil }
          previous = nil
        } else if byte == UInt8(ascii: "-"), let start = previous, let end = rangeEnd() {
          set.insert(from: start, through: end)
          previous = nil
        } else {
          set.insert(byte)
          previous = byte
        }
      }
    }
    return nil
  }

  /// The end of a range after its `-`; nil, and nothing read, when the `-` stands for itself.
  private mutating func rangeEnd() -> UInt8? {
    guard let end = upcoming, end != UInt8(ascii: "]") else { return nil }
    // A `\` with nothing behind it leaves the bracket open, which its reader tells.
    guard end == UInt8(ascii: "\\"), position + 1 < source.count else {
      position += 1
      return end
    }
    position += 2
    return source[position - 1]
  }

  /// The name in `[:name:]`, after its first `[`; nil, and nothing read, when the next `]` does not follow a `:`.
  private mutating func className() -> ArraySlice<UInt8>? {
    guard upcoming == UInt8(ascii: ":") else { return nil }
    let start = position + 1
    guard let end = source[start...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
    guard end > start, source[end - 1] == UInt8(ascii: ":") else { return nil }
    position = end + 1
    return source[start..<(end - 1)]
  }
}
