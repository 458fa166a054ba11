import Diagnostics

/// Makes what a server said fit for a message: escaped, bounded, and without the secrets that were sent to it.
enum Excerpt {
  /// The first `limit` bytes of `bytes`, with every occurrence of a secret as `***`.
  static func text(_ bytes: some Collection<UInt8>, limit: Int = 200, hiding secrets: [Secret] = []) -> String {
    var rest = Array(bytes)
    // A line-based server may send back only one line of a secret that has several.
    let hidden = secrets.flatMap { $0.revealed.utf8.split { $0 == 10 || $0 == 13 }.map(Array.init) }
    for secret in hidden.sorted(by: { $0.count > $1.count }) { rest = replace(secret, in: rest) }
    let shown = Escaping.text(rest.prefix(limit))
    return rest.count > limit ? shown + "..." : shown
  }

  private static func replace(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if rest.starts(with: secret) {
        result += "***".utf8
        rest = rest.dropFirst(secret.count)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
