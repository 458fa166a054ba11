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

  /// The next stop, or `source.count`.
  @inline(__always) mutating func next() -> Int {
    while stops == 0 {
      block &+= 64
      if block >= source.count {
        block = source.count
        return source.count
      }
      stops = source.codeStops(at: block)
    }
    let bit = stops.trailingZeroBitCount
    stops &= stops &- 1
    return block &+ bit
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
