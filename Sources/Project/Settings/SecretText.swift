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

  /// Whether a setting, key or environment variable of that name holds a secret.
  package static func isSecret(name: String) -> Bool { SecretName.matches(name) }

  /// Whether a URL with a user or password may stand in the text.
  package static func mayHoldCredentials(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "@")) && text.contains("://") || text.contains("?")
  }

  /// The text with `***` for what stands behind `password=` and the like.
  package static func withoutValues(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let word = bytes[index...].prefix { isNamePart($0) }
      if word.isEmpty {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += word
      index = word.endIndex
      guard index < bytes.count, bytes[index] == UInt8(ascii: "="),
        SecretName.matches(String(decoding: word, as: UTF8.self))
      else { continue }
      let value = bytes[(index + 1)...].prefix { !"&;, \t\n'\")".utf8.contains($0) }
      if value.isEmpty { continue }
      result += "=***".utf8
      index = value.endIndex
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The password of a URL, also with the user before it; empty where there is none.
  package static func passwords(inURL text: String) -> [String] {
    guard SecretName.hasCredentials(text), let scheme = text.firstRange(of: "://") else { return [] }
    let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@") else { return [] }
    let credentials = authority[..<at]
    let password = credentials.drop { $0 != ":" }.dropFirst()
    return [String(password), String(credentials)]
  }

  package static func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if isNamePart(byte) || "-.~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += byte < 16 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  package static func percentDecoded(_ text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
