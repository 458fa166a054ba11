/// The build tag of a wheel: digits, and text that may follow them; among equal wheels the one with the highest is taken.
///
/// Ordered by the number, then by the rest: `2 < 10 < 10a`. Source:
/// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
package struct BuildTag: Hashable, Sendable {
  /// The decimal digits without leading zeros, `0` for zero: of any length, as the date of a build may be its number.
  package let number: String
  /// What follows the digits; may be empty.
  package let rest: String

  /// The tag that the bytes spell, or nil when they do not begin with a digit.
  init?(bytes: ArraySlice<UInt8>) {
    let digits = bytes.prefix(while: ASCII.isDigit)
    let rest = bytes[digits.endIndex...]
    // A line end in it is refused, as by `(\d+)(.*)\Z`.
    guard !digits.isEmpty, !rest.contains(0x0A) else { return nil }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    number = significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
    self.rest = String(decoding: rest, as: UTF8.self)
  }
}

extension BuildTag: Comparable {
  package static func < (left: BuildTag, right: BuildTag) -> Bool {
    let (leftCount, rightCount) = (left.number.utf8.count, right.number.utf8.count)
    if leftCount != rightCount { return leftCount < rightCount }
    if left.number != right.number { return left.number.utf8.lexicographicallyPrecedes(right.number.utf8) }
    return left.rest.utf8.lexicographicallyPrecedes(right.rest.utf8)
  }
}

extension BuildTag: CustomStringConvertible {
  package var description: String { number + rest }
}
