import Diagnostics

/// Text of a project's file that may hold credentials in its URLs; printing it shows `***` in their place.
///
/// Hidden are user and password before `@` (the user `git` and references such as `${TOKEN}` stay) and the query, where
/// signed URLs keep their key. Only `revealed` gives everything, for what has to open the URL.
package struct CredentialText: Hashable, Sendable {
  package let revealed: String

  package init(_ text: String) { revealed = text }

  /// The text with user, password and their `@` left out; the query stays.
  package var withoutCredentials: String { Self.rewritten(revealed, mark: "", hidesQueries: false) }

  private static func rewritten(_ text: String, mark: String, hidesQueries: Bool) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: ":"), bytes[position...].starts(with: "://".utf8) else {
        result.append(bytes[position])
        position += 1
        continue
      }
      result += "://".utf8
      position += 3
      let url = bytes[position...].prefix { !endsURL($0) }
      if let at = credentialsEnd(url) {
        result += mark.utf8
        position = mark.isEmpty ? at + 1 : at
      }
      guard hidesQueries, let query = url[position...].firstIndex(where: { $0 == 0x3F || $0 == 0x23 }),
        url[query] == UInt8(ascii: "?")
      else { continue }
      result += bytes[position...query]
      result += "***".utf8
      position = url[query...].firstIndex(of: UInt8(ascii: "#")) ?? url.endIndex
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func endsURL(_ byte: UInt8) -> Bool {
    ASCII.isSpace(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Where the `@` behind the credentials stands; nil without any that are secret.
  private static func credentialsEnd(_ url: ArraySlice<UInt8>) -> Int? {
    let authority = url.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      let credentials = authority[..<at]
      return credentials.elementsEqual("git".utf8) || isReference(credentials) ? nil : at
    }
    // A password with a bare `/`, `?` or `#` in it: what looks like a port is none.
    guard authority.last != UInt8(ascii: "]"), let colon = authority.lastIndex(of: UInt8(ascii: ":")),
      !authority[colon...].dropFirst().allSatisfy(ASCII.isDigit)
    else { return nil }
    return url.lastIndex(of: UInt8(ascii: "@"))
  }

  /// Whether the credentials are `${USER}`, `${USER}:${PASSWORD}` or `name:${PASSWORD}`.
  private static func isReference(_ credentials: ArraySlice<UInt8>) -> Bool {
    let parts = credentials.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let last = parts.last else { return false }
    return last.count > 3 && last.starts(with: "${".utf8) && last.last == UInt8(ascii: "}")
      && last.dropFirst(2).dropLast().allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
  }
}

extension CredentialText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// On one line, control characters as `\xNN`.
  package var description: String { Escaping.text(Self.rewritten(revealed, mark: "***", hidesQueries: true)) }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
