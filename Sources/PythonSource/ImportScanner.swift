/// Finds the imports of a source at the speed of reading it.
///
/// Supported: `import a.b as c, d` and `from ..a import (b, c)` at any statement start (own line, after `;`, after the
/// `:` of a one-line block, `lazy` before it); `importlib.import_module("x")`, `__import__("x")` with a literal, a literal
/// package too, in any expression (f-strings included) and under names given by `as`; strings of every prefix, nested
/// f-strings (PEP 701), comments, bracket and backslash joining, form feeds, LF, CRLF and CR, Python 2.
/// What surrounds an import is told by `ImportContext`.
/// Unsupported: names bound to import_module by assignment; encodings in which an ASCII byte may be part of another
/// character (see `SourceEncoding`).
///
/// It stops behind the last `import` of a file, so that what is wrong further down is not reported. What it cannot read costs
/// the statement that it stands in. It keeps its buffers from one source to the next.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html
/// https://docs.python.org/3/reference/simple_stmts.html#the-import-statement
package struct ImportScanner {
  /// The imports of the last source, in source order.
  package internal(set) var imports: [ImportRecord] = []
  /// The names that do not stand in the source as they are.
  var text: [UInt8] = []
  /// The first place of the last source that could not be read.
  package internal(set) var problem: SourceProblem?

  var source = PaddedSource.empty
  var blocks: [Block] = []
  /// A place whose line, and one whose column is known: each byte is counted once.
  var countedLine = (offset: 0, line: 1)
  var countedColumn = (offset: 0, column: 1)
  /// Other names of import_module and `__import__`, and of the modules that they belong to.
  var functionAliases: [[UInt8]] = []
  var moduleAliases: [[UInt8]] = []
  /// Reading may stop at the first statement behind this offset.
  private var limit = 0
  var hasDynamicImports = false
  /// Whether an unterminated triple quote was met.
  var hasRecovered = false
  /// Whether a line is read for the second time, its calls being known.
  var isRereading = false

  package init() {}

  /// Reads `bytes`, which have `PaddedSource.padding` NULs behind them that do not count.
  package mutating func scan(padded bytes: UnsafeBufferPointer<UInt8>) {
    imports.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    problem = nil
    source = .empty
    guard let base = bytes.baseAddress, bytes.count > PaddedSource.padding else { return }
    source = PaddedSource(base: base, count: bytes.count - PaddedSource.padding)
    limit = source.endOfLastImport
    guard limit > 0 else { return }
    let start = source.startsWithByteOrderMark ? 3 : 0
    blocks.removeAll(keepingCapacity: true)
    countedLine = (start, 1)
    countedColumn = (start, 1)
    functionAliases.removeAll()
    moduleAliases.removeAll()
    hasRecovered = false
    hasDynamicImports = false
    readLines(from: start)
    // A one-line block is read when its line is at its end, behind the calls in its header.
    if hasDynamicImports { imports.sort { $0.place < $1.place } }
  }

  // MARK: - What a record names

  /// The bytes of a record's dotted name, to be used before the source's memory changes.
  package func withModule<Result>(of record: ImportRecord, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if record.isCopied { return text.withUnsafeBufferPointer { body(.init(rebasing: $0[record.module])) } }
    return body(source.bytes(record.module))
  }

  /// The names that `from module import names` takes, `*` among them; none for a plain import. As `withModule`.
  package func names(of record: ImportRecord) -> [String] {
    var names: [String] = []
    forEachName(of: record) { names.append(String(decoding: $0, as: UTF8.self)) }
    return names
  }

  /// Lends the bytes of each name that `from module import names` takes, one after another.
  package func forEachName(of record: ImportRecord, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    guard record.names > 0 else { return }
    var offset = skip(from: record.names, acrossLines: false)
    if source[offset] == UInt8(ascii: "*") { return body(source.bytes(offset..<offset + 1)) }
    let isParenthesised = source[offset] == UInt8(ascii: "(")
    if isParenthesised { offset += 1 }
    while true {
      offset = skip(from: offset, acrossLines: isParenthesised)
      let end = source.endOfName(from: offset)
      if end == offset { return }
      body(source.bytes(offset..<end))
      offset = skip(from: end, acrossLines: isParenthesised)
      if source.isAs(at: offset) {
        offset = skip(from: offset + 2, acrossLines: isParenthesised)
        offset = skip(from: source.endOfName(from: offset), acrossLines: isParenthesised)
      }
      guard source[offset] == UInt8(ascii: ",") else { return }
      offset += 1
    }
  }

  private mutating func readLines(from first: Int) {
    let source = source
    var stops = CodeStops(source)
    var start = first
    var brackets = OpenBrackets()
    /// Whether a bracket was found to be open at the end: from then on a line that must begin a statement does.
    var isRecovering = false
    /// Whether any name may be one that imports.
    var everyCall = false
    if first > 0 { stops.go(to: first) }
    line: while true {
      if start >= limit, isSettled(at: start) { return }
      // Where the line in hand opens a block, and where the comment behind it begins; -1 when it does not.
      var header = -1
      var comment = -1
      let firstImport = imports.count
      let width: Int
      var offset = start &+ source.blanks(at: start)
      if source[offset] == tab || source[offset] == formFeed {
        (offset, width) = source.indentation(from: start)
      } else {
        width = offset &- start
      }
      switch source.lineStart(at: offset) {
      case .other: break
      case .importing:
        closeBlocks(at: width)
        stops.go(to: readImport(at: offset))
        everyCall = hasAliases
      case .opening(let kind):
        open(kind, at: offset, width)
        header = offset
      }
      while true {
        let stop = stops.next(&brackets, everyCall: everyCall, everyLine: isRecovering)
        let byte = source[stop]
        switch byte {
        case lineFeed, carriageReturn:
          let next = stop &+ (byte == carriageReturn && source[stop &+ 1] == lineFeed ? 2 : 1)
          if next &- stop == 2 { stops.go(to: next) }
          if brackets.depth > 0 {
            guard isRecovering, source.startsStatement(at: next) else { continue }
            brackets = OpenBrackets()
          } else if header >= 0 {
            readOneLine(header..<(comment >= 0 ? comment : stop))
            everyCall = hasAliases
          }
          start = next
          continue line
        case 0:
          // A NUL is no stop: this is the end.
          guard brackets.depth > 0 else {
            if header >= 0 { readOneLine(header..<source.count) }
            return
          }
          note("'\(brackets.name(of: source))' was never closed", at: brackets.outermost)
          if isRecovering { return }
          isRecovering = true
          imports.removeLast(imports.count - firstImport)
          brackets = OpenBrackets()
          stops.goBack(to: start)
          continue line
        case hash:
          if comment < 0, brackets.depth == 0 { comment = stop }
          stops.go(to: source.lineEnd(from: stop))
        case doubleQuote, singleQuote: stops.go(to: endOfString(quotedAt: stop))
        case UInt8(ascii: "("):
          readDynamicImport(openedAt: stop)
          brackets.open(round: stop)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): noteClosing(stop, brackets.depth)
        case UInt8(ascii: ";"):
          guard brackets.depth == 0, header < 0 else { continue }
          let next = source.skipBlanks(from: stop &+ 1)
          if case .importing = source.lineStart(at: next) {
            stops.go(to: readImport(at: next))
            everyCall = hasAliases
          }
        case backslash: stops.go(to: joinedLine(behind: stop))
        default: break
        }
      }
    }
  }

  // MARK: - The end of reading

  /// Whether the rest of the source can change nothing: no import is left to come, and none waits for its handler.
  private mutating func isSettled(at start: Int) -> Bool {
    guard functionAliases.isEmpty, moduleAliases.isEmpty else { return false }
    guard awaitsHandler else { return true }
    let (offset, width) = source.indentation(from: start)
    let byte = source[offset]
    if byte == lineFeed || byte == carriageReturn || byte == hash || byte == 0 { return offset >= source.count }
    var keepsEquals = false
    if case .opening = source.lineStart(at: offset) {
      keepsEquals = byte == UInt8(ascii: "e") || byte == UInt8(ascii: "f")
    }
    while let last = blocks.last, last.indentation > width || last.indentation == width && !keepsEquals {
      blocks.removeLast()
    }
    return !awaitsHandler
  }

  private var awaitsHandler: Bool { blocks.contains { $0.awaitsHandler(of: imports.count) } }

  // MARK: - Problems

  mutating func note(_ reason: @autoclosure () -> String, at offset: Int) {
    if problem == nil {
      problem = SourceProblem(line: 1 + source.lineEnds(in: 0..<offset), reason: reason())
    }
  }

  private mutating func noteClosing(_ offset: Int, _ depth: Int) {
    let closing = Character(Unicode.Scalar(source[offset]))
    note(
      depth == 0
        ? "unmatched '\(closing)'" : "closing parenthesis '\(closing)' does not match the one that was opened",
      at: offset)
  }

  /// Behind the line end that a backslash joins; right behind the backslash when it joins nothing.
  private mutating func joinedLine(behind backslash: Int) -> Int {
    switch source[backslash + 1] {
    case lineFeed: return backslash + 2
    case carriageReturn: return backslash + (source[backslash + 2] == lineFeed ? 3 : 2)
    default:
      if backslash + 1 < source.count { note("unexpected character after line continuation character", at: backslash) }
      return backslash + 1
    }
  }
}
