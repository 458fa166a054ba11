// Supported: `{% name words %}` as Django's lexer finds them, on one line each; `{# #}`, `{{ }}`, `{% comment %}` and
// `{% verbatim %}` with their ends; words in quotes with escapes.
// Unsupported: what a tag means; filters in its words.
// https://docs.djangoproject.com/en/stable/ref/templates/language/#tags

/// A tag of a Django template: `{% static "a.css" %}`.
package struct TemplateTag: Sendable {
  package struct Word: Sendable {
    /// As written, quotes included.
    package let text: String
    /// From 1, in Unicode scalars.
    package let column: Int

    /// The text in the quotes; nil for anything but one literal.
    package var literal: String? {
      guard let quote = text.unicodeScalars.first, quote == "\"" || quote == "'", text.unicodeScalars.count > 1,
        text.unicodeScalars.last == quote
      else { return nil }
      let inner = text.dropFirst().dropLast()
      return inner.unicodeScalars.contains(quote) || inner.contains("\\") ? nil : String(inner)
    }
  }

  package let name: String
  /// What follows the name.
  package let words: [Word]
  /// Of the tag's beginning, from 1; the column in Unicode scalars.
  package let line: Int
  package let column: Int

  /// The tags of a template in source order, without those in comments and in verbatim text.
  package static func all(in source: [UInt8]) -> [TemplateTag] {
    var found: [TemplateTag] = []
    // The tag that ends what is skipped.
    var end: [String]?
    var line = 1
    let start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for text in source[start...].split(separator: 0x0A, omittingEmptySubsequences: false) {
      for range in tagRanges(in: text) {
        let words = words(in: text, range)
        guard let name = words.first?.text else { continue }
        let all = words.map(\.text)
        if let waited = end {
          if waited == all || waited.count == 1 && waited[0] == "endcomment" && name == "endcomment" { end = nil }
        } else if name == "comment" {
          end = ["endcomment"]
        } else if name == "verbatim" {
          end = ["endverbatim"] + all.dropFirst()
        } else {
          found.append(
            TemplateTag(
              name: name, words: Array(words.dropFirst()), line: line, column: column(of: range.lowerBound, in: text)))
        }
      }
      line += 1
    }
    return found
  }

  /// The tags of a line: `{{ }}` and `{# #}` hide what stands in them.
  private static func tagRanges(in line: ArraySlice<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = line.startIndex
    while index + 1 < line.endIndex {
      guard line[index] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let close: (UInt8, UInt8)
      switch line[index + 1] {
      case UInt8(ascii: "%"): close = (UInt8(ascii: "%"), UInt8(ascii: "}"))
      case UInt8(ascii: "#"): close = (UInt8(ascii: "#"), UInt8(ascii: "}"))
      case UInt8(ascii: "{"): close = (UInt8(ascii: "}"), UInt8(ascii: "}"))
      default:
        index += 1
        continue
      }
      var end = index + 2
      while end + 1 < line.endIndex, line[end] != close.0 || line[end + 1] != close.1 { end += 1 }
      guard end + 1 < line.endIndex else {
        index += 1
        continue
      }
      if close.0 == UInt8(ascii: "%") { found.append(index..<(end + 2)) }
      index = end + 2
    }
    return found
  }

  private static func words(in line: ArraySlice<UInt8>, _ range: Range<Int>) -> [Word] {
    var words: [Word] = []
    let end = range.upperBound - 2
    var index = range.lowerBound + 2
    while index < end {
      if line[index] <= 0x20 {
        index += 1
        continue
      }
      let start = index
      while index < end, line[index] > 0x20 {
        let byte = line[index]
        index += 1
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), let close = closing(byte, in: line[index..<end]) {
          index = close + 1
        }
      }
      words.append(
        Word(text: String(decoding: line[start..<index], as: UTF8.self), column: column(of: start, in: line)))
    }
    return words
  }

  private static func closing(_ quote: UInt8, in text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == quote { return index }
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private static func column(of offset: Int, in line: ArraySlice<UInt8>) -> Int {
    line[..<offset].count { $0 & 0xC0 != 0x80 } + 1
  }
}
