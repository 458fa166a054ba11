/// The parts of a URL that tell what it installs.
package struct RequirementURL: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// In lower case; nil when the text begins with none.
  package var scheme: String? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let first = text.utf8.first, ASCII.isLetter(first)
    else { return nil }
    let name = text.utf8[..<colon]
    guard name.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }) else { return nil }
    return String(decoding: name.map(ASCII.lowercased), as: UTF8.self)
  }

  /// Whether pip takes the text for a URL.
  var isKnown: Bool { isRepository || ["http", "https", "file", "ftp"].contains(scheme) }

  /// Whether a version control system opens it: `git+https://...`.
  package var isRepository: Bool {
    guard let parts = scheme?.utf8.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false),
      parts.count == 2, let system = String(parts[0]), let transport = String(parts[1])
    else { return false }
    return Self.transports[system]?.contains(transport) == true
  }

  private static let transports = [
    "git": ["http", "https", "ssh", "git", "file"], "hg": ["file", "http", "https", "ssh", "static-http"],
    "bzr": ["http", "https", "ssh", "sftp", "ftp", "lp", "file"], "svn": ["ssh", "http", "https", "svn", "file"],
  ]

  /// `git://host/x` as `git+git://host/x`, and so for the other systems.
  var withRepositoryPrefix: RequirementURL {
    guard let scheme, Self.transports[scheme] != nil else { return self }
    return RequirementURL("\(scheme)+\(text)")
  }

  /// Whether it begins with a system's name and `+`.
  var beginsLikeRepository: Bool { Self.transports.keys.contains { text.lowercased().hasPrefix("\($0)+") } }

  /// The value of `name=` behind `#` or `&`; nil without any.
  func fragment(_ name: String) -> String? {
    let bytes = Array(text.utf8)
    let key = Array("\(name)=".utf8)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "#") || bytes[index] == UInt8(ascii: "&") {
      guard bytes[(index + 1)...].starts(with: key) else { continue }
      return String(decoding: bytes[(index + 1 + key.count)...].prefix { $0 != UInt8(ascii: "&") }, as: UTF8.self)
    }
    return nil
  }

  /// The path behind scheme and host, percent escapes decoded, without query and fragment.
  package var path: String {
    var rest = Array(text.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })[...]
    if let scheme { rest = rest.dropFirst(scheme.utf8.count + 1) }
    if rest.starts(with: "//".utf8) { rest = rest.dropFirst(2).drop { $0 != UInt8(ascii: "/") } }
    return PercentEncoding.decoded(rest)
  }

  /// The last component of the path.
  var fileName: String { lastComponent(ofPath: path) }

  func lastComponent(ofPath path: String) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
  }
}
