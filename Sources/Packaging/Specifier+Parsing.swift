// Supported: ~= == != <= >= < > ===, `.*` behind == and !=, a local label behind == and !=; white space, also beyond
//   ASCII, around operator and version. Behind ~= alone `ſ` and `ı` stand for `s` and `i`, as they do for the library
//   `packaging` up to 26.3; no version fulfils such a condition.
// Unsupported: other letters beyond ASCII.
// Grammar: specifier = space* operator space* version space*

extension Specifier {
  /// The condition that `text` writes, or nil when it writes none.
  package init?(_ text: String) { self.init(parsing: text.utf8.span) }

  /// The condition that UTF-8 bytes write, or nil when they write none.
  package init?(parsing bytes: Span<UInt8>) {
    let specifier = TextCursor.reading(bytes) { cursor in Specifier(trimmed: cursor.trimmed()) }
    guard let specifier else { return nil }
    self = specifier
  }

  /// The condition that the whole text of the cursor writes, without white space around it.
  init?(trimmed text: TextCursor) {
    var cursor = text
    guard let comparison = Specifier.operator(&cursor) else { return nil }
    cursor.skipSpace()
    self.init(comparison, exactly: cursor.rest)
  }

  /// The condition of an operator and the text behind it, without white space around that.
  init?(_ comparison: Operator, exactly text: TextCursor) {
    if comparison == .identical {
      guard Specifier.isArbitrary(text) else { return nil }
      self.init(comparison, Version(exactly: text), isPrefix: false, text: text.text)
      return
    }
    let isPrefix =
      (comparison == .equal || comparison == .notEqual) && text[text.count - 1] == UInt8(ascii: "*")
      && text[text.count - 2] == UInt8(ascii: ".")
    guard let version = Version(exactly: isPrefix ? text.part(0..<(text.count - 2)) : text) else {
      guard comparison == .compatible, let folded = Specifier.folded(text), folded.releaseCount > 1, !folded.hasLocal
      else { return nil }
      self.init(comparison, nil, isPrefix: false, text: text.text)
      return
    }
    guard Specifier.accepts(version, comparison, isPrefix: isPrefix) else { return nil }
    self.init(comparison, version, isPrefix: isPrefix, text: text.text)
  }

  static func `operator`(_ cursor: inout TextCursor) -> Operator? {
    let second = cursor[cursor.position + 1]
    let isPair = second == UInt8(ascii: "=")
    switch cursor.byte {
    case UInt8(ascii: "="):
      guard isPair else { return nil }
      return cursor.take("===") ? .identical : cursor.take("==") ? .equal : nil
    case UInt8(ascii: "~"): return isPair && cursor.take("~=") ? .compatible : nil
    case UInt8(ascii: "!"): return isPair && cursor.take("!=") ? .notEqual : nil
    case UInt8(ascii: "<"):
      if isPair { return cursor.take("<=") ? .lessOrEqual : nil }
      return cursor.take("<") ? .less : nil
    case UInt8(ascii: ">"):
      if isPair { return cursor.take(">=") ? .greaterOrEqual : nil }
      return cursor.take(">") ? .greater : nil
    default: return nil
    }
  }

  private static func accepts(_ version: Version, _ comparison: Operator, isPrefix: Bool) -> Bool {
    if isPrefix {
      return version.key[Int(version.publicCount) - 1] == VersionSuffix.end && !version.hasLocal
        && version.suffixPlace == Int(version.publicCount) - 1
    }
    switch comparison {
    case .equal, .notEqual, .identical: return true
    case .compatible: return !version.hasLocal && version.releaseCount > 1
    case .lessOrEqual, .greaterOrEqual, .less, .greater: return !version.hasLocal
    }
  }

  /// What `===` takes: anything without white space, `;` and `)`.
  private static func isArbitrary(_ text: TextCursor) -> Bool {
    var cursor = text
    cursor.takeWhile { !ASCII.isSpace($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ")") && $0 < 0x80 }
    if cursor.isAtEnd { return true }
    while !cursor.isAtEnd {
      let byte = cursor.byte
      if ASCII.isSpace(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")")
        || Whitespace.length(atStartOf: cursor, cursor.position) != nil
      {
        return false
      }
      _ = cursor.take(byte)
    }
    return true
  }

  /// The version that is there once the letters whose upper case is ASCII are replaced; nil when there are none.
  private static func folded(_ text: TextCursor) -> Version? {
    if text.allSatisfy({ $0 < 0x80 }) { return nil }
    var bytes: [UInt8] = []
    for scalar in text.text.unicodeScalars {
      switch scalar {
      case "\u{17F}": bytes.append(UInt8(ascii: "s"))
      case "\u{130}", "\u{131}": bytes.append(UInt8(ascii: "i"))
      default: bytes += String(scalar).utf8
      }
    }
    return TextCursor.reading(bytes.span) { cursor in Version(exactly: cursor) }
  }
}
