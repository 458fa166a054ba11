/// The place of a version among all versions: bytes whose lexicographic order is that of PEP 440.
///
/// Bytes behind the last one count as 0. Eight bytes hold nearly every version in use (`2.31.0.20240406`, `4.2rc1`,
/// `1.0.dev20230101`), so that a comparison is one of two integers; longer keys go on in `tail`.
///
/// Grammar of the bytes, in ascending order at each place:
///   key     = (255 number)? number+ suffix local
///             the epoch unless 0; the release without trailing zeros
///   suffix  = 0 number                      .devN
///           | (1 | 2 | 3) number suffix     aN, bN, rcN
///           | 4                             the end
///           | 5 number suffix               .postN
///   local   = (1 letter+ 0 | 2 number)*     letters are ASCII
///   number  = 6...205                       0...199
///           | 206...245 byte                ..<10,440
///           | 246...253 byte byte byte      ..<134,228,168
///           | 254 count digit+              any: the count of its digits in four bytes, the digits as ASCII
struct VersionKey: Hashable, Sendable {
  let head: UInt64
  let tail: [UInt8]?

  /// Byte 0 at the front, the largest first: what an epoch begins with.
  static let epochMark: UInt8 = 255

  /// The byte at a place.
  @inline(__always)
  subscript(place: Int) -> UInt8 {
    if place < 8 { return UInt8(truncatingIfNeeded: head >> (56 &- 8 &* UInt64(truncatingIfNeeded: place))) }
    guard let tail, place - 8 < tail.count else { return 0 }
    return tail[place - 8]
  }

  /// Whether the first `count` bytes are those of another key.
  @inline(__always)
  func begins(like other: VersionKey, count: Int) -> Bool {
    if count < 8 { return (head ^ other.head) >> UInt64(64 - 8 * count) == 0 }
    return head == other.head && (count == 8 || (8..<count).allSatisfy { self[$0] == other[$0] })
  }

  /// The first `count` bytes alone.
  func prefix(_ count: Int) -> VersionKey {
    if count >= 8 { return VersionKey(head: head, tail: count == 8 ? nil : tail.map { Array($0.prefix(count - 8)) }) }
    return VersionKey(head: count == 0 ? 0 : head & (UInt64.max << UInt64(64 - 8 * count)), tail: nil)
  }

  /// The place behind the number that begins here.
  @inline(__always)
  func end(ofNumberAt place: Int) -> Int {
    let lead = self[place]
    if lead < 206 { return place + 1 }
    if lead < 246 { return place + 2 }
    return lead < 254 ? place + 4 : place + 5 + digitCount(at: place)
  }

  private func digitCount(at place: Int) -> Int { (1...4).reduce(0) { $0 << 8 | Int(self[place + $1]) } }

  /// The number that begins here; Int.max when it is larger.
  func number(at place: Int) -> Int {
    let lead = Int(self[place])
    if lead < 206 { return lead - 6 }
    if lead < 246 { return 200 + (lead - 206) << 8 + Int(self[place + 1]) }
    if lead < 254 {
      return 10_440 + (lead - 246) << 24 + (1...3).reduce(0) { $0 << 8 | Int(self[place + $1]) }
    }
    var value = 0
    for digit in digits(at: place) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit &- 0x30))
      if overflow || carry { return .max }
      value = sum
    }
    return value
  }

  /// The decimal digits of the number that begins here.
  func digits(at place: Int) -> [UInt8] {
    guard self[place] == 254 else { return Array(String(number(at: place)).utf8) }
    return (0..<digitCount(at: place)).map { self[place + 5 + $0] }
  }
}

extension VersionKey: Comparable {
  @inline(__always)
  static func == (left: VersionKey, right: VersionKey) -> Bool {
    left.head == right.head && ((left.tail == nil && right.tail == nil) || left.isTailEqual(to: right))
  }

  @inline(__always)
  static func < (left: VersionKey, right: VersionKey) -> Bool {
    if left.head != right.head { return left.head < right.head }
    return (left.tail != nil || right.tail != nil) && left.isTailLess(than: right)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(head)
    if let tail { hasher.combine(tail) }
  }

  private func isTailEqual(to other: VersionKey) -> Bool { tail == other.tail }

  private func isTailLess(than other: VersionKey) -> Bool {
    (tail ?? []).lexicographicallyPrecedes(other.tail ?? [])
  }
}
