import Packaging

/// A way to an index on which nobody proves who answers: plain HTTP, or a host whose certificate is not looked at.
package struct InsecureIndex: Sendable, Equatable {
  package enum Way: Sendable {
    case plainHTTP
    case unverified
  }

  package let way: Way
  /// Without credentials, as it may be shown.
  package let shown: String
  package let host: String

  /// The index behind an address; nil for one that is asked by TLS or on this machine, and for what is none.
  package init?(url text: String) {
    guard text.lowercased().hasPrefix("http://") else { return nil }
    let authority = text.dropFirst(7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let place = authority.split(separator: "@").last ?? ""
    guard let host = Self.host(place), !Self.isLocal(host) else { return nil }
    way = .plainHTTP
    self.host = host
    shown = CredentialText(text).description
  }

  /// A host that is taken without its certificate; nil for this machine.
  package init?(trusted text: String) {
    guard let host = Self.host(text[...]), !Self.isLocal(host) else { return nil }
    way = .unverified
    self.host = host
    shown = host
  }

  private static func host(_ text: Substring) -> String? {
    let host = text.first == "[" ? text.prefix { $0 != "]" } + "]" : text.prefix { $0 != ":" }
    // What a variable holds is not known.
    let isName = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"${}<>%\"'`,;".utf8.contains($0) }
    return host.isEmpty || !isName ? nil : String(host)
  }

  private static func isLocal(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "[::1]" || host.hasSuffix(".localhost")
      || host == "host.docker.internal"
  }

  /// What is wrong, for a message.
  package var description: String {
    switch way {
    case .plainHTTP: "\(shown) is asked without TLS"
    case .unverified: "the certificate of \(shown) is not looked at"
    }
  }
}
