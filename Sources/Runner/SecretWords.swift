/// Finds what must not be shown in the command line of a process that we did not start.
enum SecretWords {
  /// The words with `***` for the value of an option or assignment that is named for a secret, and for the password in
  /// a URL.
  static func masked(_ words: [String]) -> [String] {
    var result: [String] = []
    var hidesNext = false
    for word in words {
      if hidesNext, !word.hasPrefix("-") {
        result.append("***")
        hidesNext = false
        continue
      }
      let name = word.prefix { $0 != "=" }
      hidesNext = word.hasPrefix("-") && name.endIndex == word.endIndex && isSecretName(name)
      if name.endIndex != word.endIndex, isSecretName(name) {
        result.append("\(name)=***")
      } else {
        result.append(withoutPassword(word))
      }
    }
    return result
  }

  private static func isSecretName(_ name: Substring) -> Bool {
    let lower = name.lowercased()
    return ["password", "passwd", "secret", "token", "api-key", "api_key", "apikey", "credential"].contains {
      lower.contains($0)
    }
  }

  /// `scheme://user:password@host` with `***` for the password.
  private static func withoutPassword(_ word: String) -> String {
    let bytes = Array(word.utf8)
    guard let scheme = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else { return word }
    let authority = bytes[(scheme + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
      let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return word }
    return String(decoding: bytes[...colon] + "***".utf8 + bytes[at...], as: UTF8.self)
  }
}
