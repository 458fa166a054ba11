/// Bytes of Python to the tokens of the deep layer.
///
/// Supported: Python 2.7 to 3.15: names, numbers, every string prefix, f-strings and t-strings with nested fields (PEP
/// 701), bracket and backslash joining, form feeds, tabs, LF, CRLF and CR, a BOM.
/// Unsupported: encodings other than UTF-8; NFKC of names.
///
/// The lexer never fails: what it cannot read becomes an `invalid` token, or what it most likely is, and an error beside
/// it. A keyword that no expression holds ends every open bracket when it starts a line, so that one forgotten bracket
/// does not swallow the file. Time is linear; nesting costs memory only.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html
struct PythonLexer {
  struct Bracket {
    let byte: UInt8
    let offset: Int
    /// The brace of a replacement field.
    var isField = false
    /// Behind the `:` of a field, where text stands again.
    var isInFormat = false
  }
  /// An f-string or t-string that is open.
  struct Frame {
    let quote: UInt8
    let isTriple: Bool
    let isRaw: Bool
    let isTemplate: Bool
    let start: Int
    /// How many brackets were open before it.
    let base: Int
  }
  static let bracketLimit = 200
  static let frameLimit = 150

  let source: SourceBytes
  let bytes: UnsafePointer<UInt8>
  let classes: UnsafePointer<UInt8>
  let count: Int
  var position = 0
  var tokens: ContiguousArray<PythonToken> = []
  var brackets: ContiguousArray<Bracket> = []
  var frames: ContiguousArray<Frame> = []
  /// Columns with tabs to multiples of 8, and with tabs as one column.
  var indents: ContiguousArray<(column: Int, alternative: Int)> = [(0, 0)]
  var errors: [RawError] = []
  var features = FeatureLog()
  /// Where comments begin; nil when nobody asks.
  var comments: [Int]?
  /// Whether brackets stay open whatever follows, as they do to CPython.
  private var isStrict = false
  /// Whether a literal, or text of an f-string, has escapes that may be cut short.
  var hasLongEscapes = false

  init(_ source: SourceBytes) {
    self.source = source
    bytes = source.base
    classes = ByteClasses.shared.table
    count = source.count
    tokens.reserveCapacity(source.count / 4 + 16)
    if bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  mutating func note(
    _ message: String, at offset: Int, line reference: Int? = nil, isUnclosed: Bool = false, isOnDemand: Bool = false
  ) {
    errors.append(
      RawError(
        offset: offset, message: message, reference: reference, isLexical: true, statement: offset,
        isUnclosedBracket: isUnclosed, isOnDemand: isOnDemand))
  }

  @inline(__always)
  mutating func add(_ kind: PythonToken.Kind, _ code: PythonToken.Code = .none, from start: Int) {
    tokens.append(
      PythonToken(
        kind: kind, code: code, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position)))
  }

  /// Reads everything; the last token is `end`.
  mutating func run() {
    readIndentation()
    while position < count { readToken() }
    closeEverything()
  }

  /// Reads as CPython does, up to the first token that is none, where its `statement` is.
  mutating func runStrictly() {
    isStrict = true
    readIndentation()
    var start = 0
    while position < count, errors.isEmpty {
      start = position
      readToken()
    }
    guard !errors.isEmpty else { return closeEverything() }
    // What an indentation is stands behind the end of the line before it.
    if !isLineEnd(bytes[start]) { errors[0].statement = min(start, errors[0].offset) }
    position = count
    add(.newline, from: position)
    add(.end, from: position)
  }

  private var isInText: Bool {
    guard let frame = frames.last else { return false }
    return brackets.count == frame.base || brackets[brackets.count - 1].isInFormat
  }

  private mutating func readToken() {
    if !frames.isEmpty, isInText { return readFormattedText() }
    let first = bytes[position]
    let bits = classes[Int(first)]
    if bits & ByteClasses.nameBit != 0 {
      if bits & ByteClasses.digitBit != 0 { readNumber() } else { readName() }
      return
    }
    switch first {
    case 0x20, 0x09, 0x0C: position += 1
    case 0x0A, 0x0D: readLineEnd()
    case UInt8(ascii: "#"):
      if !frames.isEmpty { features.note(.formattedExpression, at: position) }
      skipComment()
    case UInt8(ascii: "\\"): readBackslash()
    case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(from: position)
    case UInt8(ascii: ".") where isDigit(bytes[position + 1]): readNumber()
    default: readSymbol(first)
    }
  }

  func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The length of the line end at `offset`.
  func lineEndLength(at offset: Int) -> Int { bytes[offset] == 0x0D && bytes[offset + 1] == 0x0A ? 2 : 1 }

  private mutating func readLineEnd() {
    let start = position
    position += lineEndLength(at: position)
    if let frame = frames.last, !frame.isTriple { features.note(.formattedExpression, at: start) }
    guard brackets.isEmpty else { return }
    if let last = tokens.last, last.kind != .newline, last.kind != .indent, last.kind != .dedent {
      add(.newline, from: start)
    }
    readIndentation()
  }

  mutating func skipComment() {
    comments?.append(position)
    while position < count, !isLineEnd(bytes[position]) { position += 1 }
  }

  private mutating func readBackslash() {
    let start = position
    if !frames.isEmpty { features.note(.formattedExpression, at: start) }
    position += 1
    if position < count, isLineEnd(bytes[position]) {
      position += lineEndLength(at: position)
      if position >= count { note("unexpected EOF while parsing", at: start, isOnDemand: true) }
    } else {
      note(
        position >= count
          ? "unexpected EOF while parsing" : "unexpected character after line continuation character", at: start,
        isOnDemand: true)
      add(.invalid, from: start)
    }
  }

  /// Where CPython says that it noticed the end of the source or of a line.
  var lastPlace: Int { position >= count ? max(0, count - 1) : position }

  // MARK: - Names

  private mutating func readName() {
    let start = position
    var end = position
    var isASCII = true
    while classes[Int(bytes[end])] & ByteClasses.nameBit != 0 {
      if bytes[end] >= 0x80 { isASCII = false }
      end += 1
    }
    if end - start <= 2, bytes[end] == UInt8(ascii: "'") || bytes[end] == UInt8(ascii: "\""),
      isStringPrefix(from: start, to: end)
    {
      return readString(from: start)
    }
    position = end
    guard isASCII else { return readUnicodeName(from: start) }
    let code = keyword(from: start, to: end)
    if code.startsStatementOnly, !brackets.isEmpty, !isStrict, isFirstOfLine(start) { abandonBrackets(before: start) }
    add(.name, code, from: start)
  }

  private func isFirstOfLine(_ offset: Int) -> Bool {
    var start = offset
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    return start == 0 || isLineEnd(bytes[start - 1])
  }

  /// A new statement stands at `offset` although brackets are open: they end with the line before.
  private mutating func abandonBrackets(before offset: Int) {
    if let bracket = brackets.last { noteUnclosed(bracket) }
    brackets.removeAll()
    frames.removeAll()
    let end = position
    position = offset
    while position > 0, !isLineEnd(bytes[position - 1]) { position -= 1 }
    let lineStart = position
    position = max(0, position - 1)
    add(.newline, from: position)
    position = lineStart
    readIndentation()
    position = end
  }

  private mutating func noteUnclosed(_ bracket: Bracket) {
    note("'\(Character(Unicode.Scalar(bracket.byte)))' was never closed", at: bracket.offset, isUnclosed: true)
  }

  private mutating func readUnicodeName(from start: Int) {
    let text = String(decoding: UnsafeBufferPointer(start: bytes + start, count: position - start), as: UTF8.self)
    var offset = start
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      let isValid =
        scalar == "_" || properties.isXIDStart || (offset > start && properties.isXIDContinue)
        || isCompatibleName(scalar, isFirst: offset == start)
      if !isValid {
        note(Self.invalidCharacter(scalar), at: offset)
        return add(.invalid, from: start)
      }
      offset += UTF8.width(scalar)
    }
    add(.name, from: start)
  }

  /// Letters that are names only once NFKC has replaced them.
  private func isCompatibleName(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    guard scalar != "\u{FFFD}" else { return false }
    return isFirst ? scalar.properties.isIDStart : scalar.properties.isIDContinue
  }

  static func invalidCharacter(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return "invalid non-printable character \(code)"
    default: return "invalid character '\(scalar)' (\(code))"
    }
  }

  // MARK: - The end

  private mutating func closeEverything() {
    position = count
    if let frame = frames.last, brackets.count == frame.base || brackets[brackets.count - 1].isInFormat {
      noteUnterminatedFrame()
    } else if let bracket = brackets.last {
      noteUnclosed(bracket)
    }
    brackets.removeAll()
    if let last = tokens.last, last.kind != .newline, last.kind != .dedent { add(.newline, from: position) }
    while indents.count > 1 {
      indents.removeLast()
      add(.dedent, from: position)
    }
    add(.end, from: position)
  }
}
