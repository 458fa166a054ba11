/// Lines of sources as they may be shown.
package enum SecretText {
  /// The line without the passwords of its URLs, and without what stands behind a name that is that of a secret: `PASSWORD = ***`.
  package static func masked(_ line: String) -> String {
    let bytes = Array(line.utf8)
    var end = bytes.count
    var index = 0
    while index < bytes.count {
      let word = bytes[index...].prefix { isNamePart($0) }
      if word.isEmpty {
        index += 1
        continue
      }
      if SecretName.matches(String(decoding: word, as: UTF8.self)),
        let separator = bytes[word.endIndex...].firstIndex(where: { "=:,(".utf8.contains($0) })
      {
        end = separator + 1
        break
      }
      index = word.endIndex
    }
    let shown = withoutCredentials(bytes[..<end])
    return end < bytes.count ? "\(shown) ***" : shown
  }

  /// `scheme://***@host` for every URL with something before its host.
  private static func withoutCredentials(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      guard rest[colon...].starts(with: "://".utf8) else {
        result += rest[...colon]
        rest = rest[(colon + 1)...]
        continue
      }
      result += rest[..<(colon + 3)]
      rest = rest[(colon + 3)...]
      // An unescaped `/` may stand in a password: what comes before the last `@` of the word is hidden.
      let word = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
      if let at = word.lastIndex(of: UInt8(ascii: "@")) {
        result += "***".utf8
        rest = rest[at...]
      }
    }
    return String(decoding: result + rest, as: UTF8.self)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }
}
