/// Puts a `VersionKey` together from its front to its end.
struct VersionKeyWriter {
  private var head: UInt64 = 0
  private var tail: [UInt8] = []
  private(set) var count = 0
  /// Zeros of the release that count only when another number follows.
  private var pendingZeros = 0

  /// Nothing so far.
  init() {}

  /// The first bytes of another key so far.
  init(_ key: VersionKey, count: Int) {
    for place in 0..<count { append(key[place]) }
  }

  var key: VersionKey { VersionKey(head: head, tail: tail.isEmpty ? nil : tail) }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count < 8 { head |= UInt64(byte) << UInt64(56 &- 8 &* count) } else { tail.append(byte) }
    count += 1
  }

  @inline(__always)
  mutating func append(_ number: Int) {
    if number < 200 { append(UInt8(6 + max(number, 0))) } else { appendLarge(number) }
  }

  private mutating func appendLarge(_ number: Int) {
    if number < 10_440 {
      append(UInt8(206 + (number - 200) >> 8))
      append(UInt8((number - 200) & 255))
    } else if number < 134_228_168 {
      let rest = number - 10_440
      append(UInt8(246 + rest >> 24))
      for shift in [16, 8, 0] { append(UInt8(rest >> shift & 255)) }
    } else {
      append(digits: Array(String(number).utf8))
    }
  }

  /// A number by its decimal digits, without leading zeros.
  mutating func append(digits: [UInt8]) {
    append(UInt8(254))
    for shift in [24, 16, 8, 0] { append(UInt8(digits.count >> shift & 255)) }
    for digit in digits { append(digit) }
  }

  /// A number of the release behind the first one.
  mutating func appendRelease(_ number: Int) {
    if number == 0 {
      pendingZeros += 1
    } else {
      appendPendingZeros()
      append(number)
    }
  }

  mutating func appendPendingZeros() {
    for _ in 0..<pendingZeros { append(0 as Int) }
    pendingZeros = 0
  }

  /// One more than the number of another key at that place.
  mutating func append(successorOf place: Int, in key: VersionKey) {
    let number = key.number(at: place)
    if number < .max { return append(number + 1) }
    var digits = key.digits(at: place)
    var index = digits.count - 1
    while index >= 0, digits[index] == UInt8(ascii: "9") {
      digits[index] = UInt8(ascii: "0")
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(UInt8(ascii: "1"), at: 0) }
    append(digits: digits)
  }
}
