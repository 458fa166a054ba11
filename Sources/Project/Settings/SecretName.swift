import PythonSource

/// Which names are given to what must not be shown.
enum SecretName {
  private static let words: Set<String> = [
    "SECRET", "SECRETS", "PASSWORD", "PASSWD", "PASSPHRASE", "PWD", "TOKEN", "TOKENS", "CREDENTIAL", "CREDENTIALS",
    "APIKEY", "DSN", "SALT", "AUTHKEY", "PASS",
  ]
  /// What stands in every secret name: few others get as far as being taken apart.
  private static let roots: [StaticString] = ["SECRET", "PASS", "PWD", "TOKEN", "CREDENTIAL", "KEY", "DSN", "SALT"]
  /// Words before `KEY` that make it a name or a public one.
  private static let publicKeys: Set<String> = ["PUBLIC", "PARTITION", "PRIMARY", "FOREIGN", "SORT", "CACHE", "SITE"]
  /// Last words of what only tells about a secret.
  private static let about: Set<String> = [
    "AGE", "TIMEOUT", "EXPIRY", "EXPIRATION", "LIFETIME", "NAME", "HEADER", "LENGTH", "URL", "CLASS", "BACKEND",
    "VALIDATORS", "HASHERS", "DAYS", "HOURS", "MINUTES", "SECONDS", "FIELD", "ENABLED", "PREFIX", "PATH", "FILE",
  ]

  /// Whether a setting, key or environment variable of that name is secret: SECRET_KEY, AWS_SECRET_ACCESS_KEY,
  /// `password`; not AUTH_PASSWORD_VALIDATORS or CACHE_KEY_PREFIX.
  static func matches(_ name: String) -> Bool {
    guard name.utf8.count <= 100 else { return false }
    let capitals = name.utf8.map { byte in UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte & 0xDF : byte }
    guard roots.contains(where: { capitals.holds($0) }) else { return false }
    let words = capitals.split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
      .map { String(decoding: $0, as: UTF8.self) }
    guard let last = words.last, !about.contains(last) else { return false }
    if words.contains(where: Self.words.contains) { return true }
    guard last == "KEY" || last == "KEYS", words.count > 1 else { return false }
    return !publicKeys.contains(words[words.count - 2])
  }

  /// Whether the text is a URL with a password: `scheme://user:password@host`.
  static func hasCredentials(_ text: String) -> Bool {
    // Few texts are URLs.
    guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
    let bytes = Array(text.utf8.prefix(4096))
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: Array("://".utf8)) else {
      return false
    }
    let authority = bytes[(colon + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let password = authority[..<at].drop { $0 != UInt8(ascii: ":") }
    return password.count > 1
  }
}
