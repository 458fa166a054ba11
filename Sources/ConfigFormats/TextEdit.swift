/// A change of a file's bytes: what stands in a range gives way to other bytes, everything else stays as it is.
///
///     let edits = [TextEdit(inserting: "\"django\", ", at: 24)]
///     let edited = try TextEdit.apply(edits, to: bytes)
package struct TextEdit: Hashable, Sendable {
  /// Of the bytes as they were read; empty where something is only inserted.
  package let range: Range<Int>
  package let replacement: [UInt8]

  package init(_ range: Range<Int>, replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }

  package init(inserting text: String, at offset: Int) {
    self.init(offset..<offset, replacement: Array(text.utf8))
  }

  /// Why edits cannot be applied together.
  package enum Conflict: Error, Hashable, Sendable {
    /// Two of them change the same bytes, or one inserts where another replaces.
    case overlap(Range<Int>, Range<Int>)
    case beyondEnd(Range<Int>)
  }

  /// The bytes with all edits applied, in any order; what is inserted at one place comes in the order given.
  package static func apply(_ edits: [TextEdit], to bytes: [UInt8]) throws(Conflict) -> [UInt8] {
    let sorted = edits.enumerated().sorted { left, right in
      let (a, b) = (left.element.range, right.element.range)
      return (a.lowerBound, a.upperBound, left.offset) < (b.lowerBound, b.upperBound, right.offset)
    }.map(\.element)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
    var end = 0
    var last = 0..<0
    for edit in sorted {
      if edit.range.lowerBound < end { throw .overlap(last, edit.range) }
      if edit.range.lowerBound < 0 || edit.range.upperBound > bytes.count { throw .beyondEnd(edit.range) }
      result += bytes[end..<edit.range.lowerBound]
      result += edit.replacement
      end = edit.range.upperBound
      last = edit.range
    }
    return result + bytes[end...]
  }
}
