/// Lays down values one behind the other, for `CacheReader` of the same program.
///
/// What it holds is passed on piece by piece where somebody takes it: a large tree's cache has tens of megabytes.
struct CacheWriter {
  /// What was laid down and not passed on.
  private(set) var bytes: [UInt8] = []
  private var sum = CacheSum()
  private let pass: ((ArraySlice<UInt8>) -> Bool)?
  /// Whether somebody refused a piece.
  private var isRefused = false

  private static let pieceSize = 256 << 10

  /// `pass` takes what was laid down, in pieces, and says whether it could.
  init(passingTo pass: ((ArraySlice<UInt8>) -> Bool)? = nil) { self.pass = pass }

  mutating func add<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes += $0 }
    passPieces()
  }

  /// The bytes alone.
  mutating func addRaw(_ raw: [UInt8]) { raw.withUnsafeBytes { add($0) } }

  /// A count, then the values as they lie in memory.
  mutating func add<Value: BitwiseCopyable>(_ values: [Value]) {
    add(values.count)
    values.withUnsafeBytes { add($0) }
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  /// A count, then what `write` lays down for each element.
  mutating func add<List: Collection>(each list: List, _ write: (inout CacheWriter, List.Element) -> Void) {
    add(list.count)
    for element in list { write(&self, element) }
  }

  /// Lays down the checksum of everything and passes on what is left; false when a piece was refused.
  mutating func finish() -> Bool {
    passPieces()
    add(sum.value(with: bytes[...]))
    if !isRefused, pass?(bytes[...]) == false { isRefused = true }
    return !isRefused
  }

  private mutating func add(_ raw: UnsafeRawBufferPointer) {
    var rest = raw[...]
    while !rest.isEmpty {
      bytes += rest.prefix(Self.pieceSize)
      rest = rest.dropFirst(Self.pieceSize)
      passPieces()
    }
  }

  private mutating func passPieces() {
    guard let pass, bytes.count >= Self.pieceSize else { return }
    let piece = bytes.prefix(bytes.count / CacheSum.stepSize * CacheSum.stepSize)
    sum.add(piece)
    if !isRefused, !pass(piece) { isRefused = true }
    bytes.removeFirst(piece.count)
  }
}
