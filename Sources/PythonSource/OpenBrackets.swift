/// The brackets that are open, the kinds of the innermost 32 of them known.
struct OpenBrackets {
  private(set) var depth = 0
  /// Where the outermost one stands; of use while `depth` is not 0.
  private(set) var outermost = 0
  /// Two bits a bracket, the innermost lowest: 1 round, 2 square, 3 curly.
  private var kinds: UInt64 = 0

  @inline(__always) mutating func open(round offset: Int) { open(1, offset) }
  @inline(__always) mutating func open(square offset: Int) { open(2, offset) }
  @inline(__always) mutating func open(curly offset: Int) { open(3, offset) }

  @inline(__always) private mutating func open(_ kind: UInt64, _ offset: Int) {
    if depth == 0 { outermost = offset }
    depth &+= 1
    kinds = kinds << 2 | kind
  }

  /// Closes the innermost bracket; false when none is open or it is of another kind.
  @inline(__always) mutating func close(_ byte: UInt8) -> Bool {
    guard depth > 0 else { return false }
    // `)` is 0x29, `]` 0x5D, `}` 0x7D.
    let kind = UInt64(byte >> 5)
    let open = kinds & 3
    depth &-= 1
    kinds >>= 2
    return open == kind || open == 0
  }

  /// The outermost bracket itself.
  func name(of source: PaddedSource) -> Character { Character(Unicode.Scalar(source[outermost])) }
}
