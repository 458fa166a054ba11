// Supported: any text; what is no URL comes out as a relative reference.
// Unsupported: names of hosts are not looked into.

/// A URL that may be shown to everyone and satisfies RFC 3986: no credentials, no query, no fragment.
///
/// The user `git` of a repository stays: it is a part of the address. A query goes, as that of a signed address is a
/// secret.
struct PublicURL {
  let text: String

  /// `fragment` is written behind it: the commit of a repository.
  init(_ url: String, fragment: String? = nil) {
    var rest = Array(url.utf8)[...]
    rest = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let scheme = PublicURL.takeScheme(&rest)
    let authority = rest.prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
    }
    let path = rest[authority.endIndex...]
    var host = authority
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      host = authority[..<at].elementsEqual("git".utf8) ? authority : authority[(at + 1)...]
    }
    text =
      scheme + PublicURL.encoded(host, alsoKeeping: "[]@:")
      + PublicURL.encoded(path, alsoKeeping: "/@:")
      + PublicURL.fragment(fragment)
  }

  /// `#text`, or nothing.
  static func fragment(_ text: String?) -> String {
    text.map { "#" + encoded(Array($0.utf8)[...], alsoKeeping: "/@:") } ?? ""
  }

  /// A path below the folder that a reader starts from: `./lib%20x`.
  init(relative path: [UInt8]) {
    text = "./" + Percent.encoded(path) { Percent.isUnreserved($0) || $0 == UInt8(ascii: "/") }
  }

  /// Takes `https://` and gives it; nothing when none stands there.
  private static func takeScheme(_ rest: inout ArraySlice<UInt8>) -> String {
    let name = rest.prefix { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || "+-.".utf8.contains($0) }
    guard let first = name.first, (first | 0x20) &- 0x61 < 26, rest[name.endIndex...].starts(with: "://".utf8) else {
      return ""
    }
    rest = rest[(name.endIndex + 3)...]
    return String(decoding: name, as: UTF8.self) + "://"
  }

  /// What is encoded already stays as it is.
  private static func encoded(_ bytes: ArraySlice<UInt8>, alsoKeeping more: String) -> String {
    let kept = Array("!$&'()*+,;=\(more)".utf8)
    var result = ""
    var rest = bytes
    while !rest.isEmpty {
      let plain = rest.prefix { $0 != UInt8(ascii: "%") }
      result += Percent.encoded(plain) { Percent.isUnreserved($0) || kept.contains($0) }
      rest = rest[plain.endIndex...]
      guard let percent = rest.popFirst() else { break }
      let isEncoded = rest.count >= 2 && rest.prefix(2).allSatisfy(Percent.isHexadecimal)
      result += isEncoded ? "%" : Percent.encoded([percent]) { _ in false }
    }
    return result
  }
}
