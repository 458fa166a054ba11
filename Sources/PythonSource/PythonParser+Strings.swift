/// A stretch of source that a string constant is made of.
struct StringPiece {
  enum Form: UInt32 {
    /// A literal with prefix and quotes.
    case literal
    /// Text of an f-string, with escapes and doubled braces.
    case text
    /// Text of a raw f-string.
    case rawText
    /// The text of `{x=}`, as it stands.
    case verbatim
  }
  let start: UInt32
  let end: UInt32
  let form: Form
}

extension PythonParser {
  /// What adjacent literals have been read to.
  private struct Pending {
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// Where its pieces begin in `pieces`.
    let mark: Int
    var isFormatted = false
    var isTemplate = false
    var isBytes = false
    var isText = false
  }

  /// Adjacent literals, joined.
  mutating func strings() -> NodeID {
    let start = start
    var pending = Pending(mark: pieces.count)
    let mark = scratch.count
    while !hasFailed {
      if kind == .string {
        readLiteral(into: &pending)
      } else if kind == .formattedStart {
        readFormatted(into: &pending)
      } else {
        break
      }
    }
    if pending.isBytes, pending.isText || pending.isFormatted || pending.isTemplate {
      fail("cannot mix bytes and nonbytes literals", at: start)
    }
    guard pending.isFormatted || pending.isTemplate else {
      return constant(pending.isBytes ? .bytes : .string, from: start, to: lastEnd, mark: pending.mark)
    }
    flush(&pending)
    return node(pending.isTemplate ? .templateString : .joinedString, from: start, children: mark)
  }

  private mutating func readLiteral(into pending: inout Pending) {
    let token = current
    if isStrict { failAtEscape() }
    index += 1
    var offset = Int(token.start)
    var isBytes = false
    while source.base[offset] != UInt8(ascii: "'"), source.base[offset] != UInt8(ascii: "\"") {
      isBytes = isBytes || source.base[offset] | 0x20 == UInt8(ascii: "b")
      offset += 1
    }
    if isBytes { pending.isBytes = true } else { pending.isText = true }
    if isBytes, (Int(token.start)..<Int(token.end)).contains(where: { source.base[$0] >= 0x80 }) {
      fail("bytes can only contain ASCII literal characters", at: token.start)
    }
    append(StringPiece(start: token.start, end: token.end, form: .literal), to: &pending)
  }

  private mutating func failAtEscape() {
    let range = Int(current.start)..<Int(current.end)
    let text = UnsafeBufferPointer(start: source.base + range.lowerBound, count: range.count)
    guard text.contains(UInt8(ascii: "\\")) else { return }
    let message =
      kind == .string
      ? PythonEscapes.error(inLiteral: Array(text)[...]) : PythonEscapes.error(in: Array(text)[...], isBytes: false)
    if let message { fail(message) }
  }

  private mutating func append(_ piece: StringPiece, to pending: inout Pending) {
    if pieces.count == pending.mark { pending.start = piece.start }
    pending.end = piece.end
    pieces.append(piece)
  }

  /// A constant of the pieces from `mark` on.
  private mutating func constant(_ kind: NodeKind, from start: UInt32, to end: UInt32, mark: Int) -> NodeID {
    let id = leaf(kind, from: start, a: UInt32(truncatingIfNeeded: pieces.count - mark))
    nodes[Int(id)].end = end
    for index in mark..<pieces.count {
      words.append(pieces[index].start)
      words.append(pieces[index].end)
      words.append(pieces[index].form.rawValue)
    }
    pieces.removeLast(pieces.count - mark)
    return id
  }

  /// Puts what is pending before a field onto `scratch`; no node stands for empty text.
  private mutating func flush(_ pending: inout Pending) {
    guard pieces.count > pending.mark else { return }
    guard pieces[pending.mark...].contains(where: { !isEmpty($0) }) else {
      return pieces.removeLast(pieces.count - pending.mark)
    }
    scratch.append(constant(.string, from: pending.start, to: pending.end, mark: pending.mark))
  }

  private func isEmpty(_ piece: StringPiece) -> Bool {
    guard piece.form == .literal else { return piece.start == piece.end }
    var start = Int(piece.start)
    var end = Int(piece.end)
    while isNameByte(source.base[start]) { start += 1 }
    while start < end, source.base[start] == source.base[end - 1], end - start >= 2,
      [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(source.base[start])
    {
      (start, end) = (start + 1, end - 1)
    }
    return start == end
  }

  // MARK: - f-strings and t-strings

  private mutating func readFormatted(into pending: inout Pending) {
    guard enter() else { return }
    defer { nesting -= 1 }
    let opening = current
    index += 1
    let prefix = Int(opening.start)..<Int(opening.end)
    let isRaw = prefix.contains { source.base[$0] | 0x20 == UInt8(ascii: "r") }
    if prefix.contains(where: { source.base[$0] | 0x20 == UInt8(ascii: "t") }) {
      pending.isTemplate = true
    } else {
      pending.isFormatted = true
    }
    while !hasFailed {
      switch kind {
      case .formattedText:
        if isStrict, !isRaw { failAtEscape() }
        append(StringPiece(start: start, end: current.end, form: isRaw ? .rawText : .text), to: &pending)
        index += 1
      case .formattedEnd:
        index += 1
        return
      case .symbol where code == .leftBrace: field(into: &pending, isRaw: isRaw)
      default: return fail("f-string: expecting '}'")
      }
    }
  }

  /// `{value=!r:format}`
  private mutating func field(into pending: inout Pending, isRaw: Bool) {
    let open = start
    index += 1
    guard enter() else { return }
    defer { nesting -= 1 }
    failAtEmptyField()
    let value = valueList()
    let isDebug = code == .equal
    if isDebug {
      features.note(.formattedDebug, at: Int(start))
      index += 1
    }
    let afterValue = start
    var conversion: UInt32 = 0
    if !hasFailed, skip(.exclamation) { conversion = readConversion() }
    var format: NodeID = 0
    let behindConversion = start
    if !hasFailed, code == .colon { format = self.format(isRaw: isRaw) }
    if !hasFailed, !skip(.rightBrace) { failInField() }
    guard !hasFailed else { return }
    if isDebug {
      let textEnd = conversion != 0 ? afterValue : behindConversion
      let piece = StringPiece(start: open + 1, end: textEnd, form: .verbatim)
      append(piece, to: &pending)
      if conversion == 0, format == 0 { conversion = UInt32(UInt8(ascii: "r")) }
    }
    flush(&pending)
    scratch.append(value)
    scratch.append(format)
    let kind: NodeKind = pending.isTemplate ? .interpolation : .formattedValue
    let id = node(kind, from: open, children: scratch.count - 2, a: conversion)
    scratch.append(id)
  }

  private mutating func failAtEmptyField() {
    switch code {
    case .rightBrace: fail("f-string: valid expression required before '}'")
    case .exclamation: fail("f-string: valid expression required before '!'")
    case .colon: fail("f-string: valid expression required before ':'")
    case .equal: fail("f-string: valid expression required before '='")
    default: break
    }
  }

  private mutating func failInField() {
    if startsExpression { failInBrackets() }
    if failure?.message == "invalid syntax" { failure = nil }
    fail(
      kind == .formattedEnd || kind == .newline
        ? "f-string: expecting '}'" : "f-string: expecting '=', or '!', or ':', or '}'")
  }

  private mutating func readConversion() -> UInt32 {
    let token = current
    guard token.kind == .name else {
      fail(
        code == .rightBrace || code == .colon
          ? "f-string: missing conversion character" : "f-string: invalid conversion character")
      return 0
    }
    index += 1
    let letter = source.base[Int(token.start)]
    if token.end - token.start > 1 || !"sra".utf8.contains(letter) {
      let text = String(
        decoding: UnsafeBufferPointer(
          start: source.base + Int(token.start), count: Int(token.end - token.start)), as: UTF8.self)
      fail("f-string: invalid conversion character '\(text)': expected 's', 'r', or 'a'", at: token.start)
    }
    return UInt32(letter)
  }

  /// `:text{field}text`, up to the brace that closes the field.
  private mutating func format(isRaw: Bool) -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    var pending = Pending(mark: pieces.count)
    while !hasFailed {
      if kind == .formattedText {
        append(StringPiece(start: self.start, end: current.end, form: isRaw ? .rawText : .text), to: &pending)
        index += 1
      } else if code == .leftBrace {
        field(into: &pending, isRaw: isRaw)
      } else {
        break
      }
    }
    flush(&pending)
    return node(.joinedString, from: start, children: mark)
  }
}
