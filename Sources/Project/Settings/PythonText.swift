/// Text as the methods of Python's `str` see it.
enum PythonText {
  /// What `str.strip` takes.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  /// Without what stands at the ends: white space, or the scalars of `characters`.
  static func stripped(
    _ text: String, of characters: String? = nil, atStart: Bool = true, atEnd: Bool = true
  ) -> String {
    let taken = characters.map { Array($0.unicodeScalars) }
    let isTaken = { (scalar: Unicode.Scalar) in taken?.contains(scalar) ?? isSpace(scalar) }
    var rest = text.unicodeScalars[...]
    if atStart { rest = rest.drop(while: isTaken) }
    if atEnd { while let last = rest.last, isTaken(last) { rest.removeLast() } }
    return String(rest)
  }

  static func contains(_ text: String, _ part: String) -> Bool { position(of: part, in: text) != nil }

  /// The byte offset of the first place where `part` stands.
  static func position(of part: String, in text: String, from start: Int = 0) -> Int? {
    let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
    guard !wanted.isEmpty else { return start }
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return index }
      index += 1
    }
    return nil
  }

  /// `text.split(separator, limit)`; without a separator at runs of white space.
  static func split(_ text: String, at separator: String?, limit: Int = -1) -> [String] {
    guard let separator else {
      var words: [String] = []
      var rest = text.unicodeScalars[...].drop(while: isSpace)
      while !rest.isEmpty {
        if limit >= 0, words.count == limit {
          words.append(stripped(String(rest), atStart: false))
          break
        }
        let word = rest.prefix { !isSpace($0) }
        words.append(String(word))
        rest = rest[word.endIndex...].drop(while: isSpace)
      }
      return words
    }
    let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
    guard !wanted.isEmpty else { return [text] }
    var parts: [String] = []
    var (start, index) = (0, 0)
    while index + wanted.count <= bytes.count {
      if limit >= 0, parts.count == limit { break }
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += wanted.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// `text.rsplit(separator, limit)`.
  static func splitFromEnd(_ text: String, at separator: String, limit: Int) -> [String] {
    let parts = split(text, at: separator)
    guard limit >= 0, parts.count > limit + 1 else { return parts }
    let head = parts[..<(parts.count - limit)].joined(separator: separator)
    return [head] + parts.suffix(limit)
  }

  static func replacing(_ part: String, with replacement: String, in text: String) -> String {
    if part.isEmpty { return text }
    return split(text, at: part).joined(separator: replacement)
  }
}
