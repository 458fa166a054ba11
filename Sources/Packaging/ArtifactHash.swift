/// What a file of a distribution must hash to: `sha256:2f6f4c...`.
///
/// Source: https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode
package struct ArtifactHash: Hashable, Sendable, CustomStringConvertible {
  /// Those that pip takes.
  package enum Algorithm: String, CaseIterable, Sendable {
    case sha256
    case sha384
    case sha512

    /// In hexadecimal digits.
    package var digestLength: Int {
      switch self {
      case .sha256: 64
      case .sha384: 96
      case .sha512: 128
      }
    }
  }

  package let algorithm: Algorithm
  /// As written.
  package let digest: String

  /// Reads `ALGORITHM:DIGEST`; nil when there is no colon or the algorithm is none of pip's.
  package init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let algorithm = Algorithm(rawValue: String(text[..<colon]))
    else { return nil }
    self.algorithm = algorithm
    digest = String(text[text.utf8.index(after: colon)...])
  }

  /// Whether the digest has the length and the digits of its algorithm.
  package var isPossible: Bool {
    digest.utf8.count == algorithm.digestLength
      && digest.utf8.allSatisfy { ASCII.isDigit($0) || ($0 | 0x20) &- 0x61 < 6 }
  }

  package var description: String { "\(algorithm.rawValue):\(digest)" }
}
