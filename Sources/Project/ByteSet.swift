/// A set of bytes: what a bracket expression matches.
struct ByteSet: Sendable, Equatable {
  private var low: (UInt64, UInt64) = (0, 0)
  private var high: (UInt64, UInt64) = (0, 0)

  static func == (left: ByteSet, right: ByteSet) -> Bool { left.low == right.low && left.high == right.high }

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: low.0
      case 1: low.1
      case 2: high.0
      default: high.1
      }
    return word >> UInt64(byte & 63) & 1 != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  /// A range whose end lies before its start holds nothing.
  mutating func insert(from start: UInt8, through end: UInt8) {
    guard start <= end else { return }
    for byte in start...end { insert(byte) }
  }

  /// The set that the bracket expression matches: never a `/`, which stands between names.
  func finished(isNegated: Bool) -> ByteSet {
    var result = ByteSet()
    for byte in UInt8.min...UInt8.max where contains(byte) != isNegated && byte != UInt8(ascii: "/") {
      result.insert(byte)
    }
    return result
  }

  /// Adds a POSIX class as git defines it, ASCII alone; false when there is none of that name.
  mutating func insert(className: ArraySlice<UInt8>) -> Bool {
    guard let isMember = Self.classes[String(decoding: className, as: UTF8.self)] else { return false }
    for byte in UInt8.min...0x7F where isMember(byte) { insert(byte) }
    return true
  }

  private static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": isAlphanumeric, "alpha": { isAlphanumeric($0) && !isDigit($0) },
    "blank": { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }, "cntrl": { $0 < 0x20 || $0 == 0x7F },
    "digit": isDigit, "graph": { 0x21...0x7E ~= $0 }, "lower": { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 },
    "print": { 0x20...0x7E ~= $0 }, "punct": { 0x21...0x7E ~= $0 && !isAlphanumeric($0) },
    // Git counts neither a vertical tab nor a form feed.
    "space": { [0x20, 0x09, 0x0A, 0x0D].contains($0) }, "upper": { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 },
    "xdigit": { isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20 },
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }
}
