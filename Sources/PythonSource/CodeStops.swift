/// The places in a source where plain code can end: line ends, quotes, `#`, `;`, brackets, backslashes (and sometimes a
/// `|`), found 64 bytes at a time.
struct CodeStops {
  private let source: PaddedSource
  private var block = 0
  /// Bit i is set when a stop stands at `block + i` and was not given yet.
  private var stops: UInt64

  init(_ source: PaddedSource) {
    self.source = source
    stops = source.count > 0 ? source.codeStops(at: 0) : 0
  }

  /// The next stop that says something of a statement, or the end of the source, where a NUL stands.
  ///
  /// Brackets are counted here and not given, nor is a line end between them, but for a closing bracket that closes none
  /// and a `(` behind what may be a name that imports; with `everyCall` each `(` is given, and with `everyLine` each line
  /// end. A `(` that is given is not counted yet, a closing bracket is. A function of its own, so that the few
  /// numbers it works with stay in registers.
  @inline(__always) mutating func next(_ brackets: inout OpenBrackets, everyCall: Bool, everyLine: Bool) -> Int {
    var stops = stops
    var open = brackets
    defer {
      self.stops = stops
      brackets = open
    }
    while true {
      while stops == 0 {
        block &+= 64
        if block >= source.count {
          block = source.count
          return block
        }
        stops = source.codeStops(at: block)
      }
      let offset = block &+ stops.trailingZeroBitCount
      stops &= stops &- 1
      switch source[offset] {
      case lineFeed: if open.depth == 0 || everyLine { return offset }
      case UInt8(ascii: "("):
        if everyCall || mayEndImporter(offset) { return offset }
        open.open(round: offset)
      case UInt8(ascii: "["): open.open(square: offset)
      case UInt8(ascii: "{"): open.open(curly: offset)
      case UInt8(ascii: ")"): if !open.close(UInt8(ascii: ")")) { return offset }
      case UInt8(ascii: "]"): if !open.close(UInt8(ascii: "]")) { return offset }
      case UInt8(ascii: "}"): if !open.close(UInt8(ascii: "}")) { return offset }
      case UInt8(ascii: "|"): break
      default: return offset
      }
    }
  }

  /// Whether the name before the `(` at `offset` may be import_module or `__import__`: any with a blank behind it may.
  @inline(__always) private func mayEndImporter(_ offset: Int) -> Bool {
    offset > 9 && source.mayEndImporter(offset)
  }

  /// Goes on at `offset`, which may lie before the last stop.
  @inline(__always) mutating func go(to offset: Int) {
    let start = offset & ~63
    if start != block {
      block = start
      stops = start < source.count ? source.codeStops(at: start) : 0
    }
    stops &= ~0 << UInt64(offset & 63)
  }

  /// `go(to:)` for an offset that may lie in the block of the last stop but before it.
  mutating func goBack(to offset: Int) {
    block = offset & ~63
    stops = block < source.count ? source.codeStops(at: block) & (~0 << UInt64(offset & 63)) : 0
  }
}
