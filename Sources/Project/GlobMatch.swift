/// A match in progress of tokens with a text.
///
/// Only the last `*` of a name and the last `**` can be taken back: what an earlier one could still reach, the last one
/// reaches too. So there is no recursion. A name of n bytes costs at most n times the tokens; `**` begins anew at most
/// once for each folder of the path (a `**` before `\/`, which nobody writes, once for each byte).
struct GlobMatch {
  /// The token after a wildcard, and where the text goes on when the wildcard takes no more than it has.
  private struct Restart {
    var token: Int
    var position: Int
  }

  private var token = 0
  private var position = 0
  private var star: Restart?
  private var folders: Restart?

  static func matches(_ tokens: Span<GlobToken>, _ text: Span<UInt8>) -> Bool {
    var match = GlobMatch()
    while match.token < tokens.count || match.position < text.count {
      if !match.advance(tokens, text), !match.retry(tokens, text) { return false }
    }
    return true
  }

  /// Takes the next token, with as few bytes as it can have; false when the text goes on in another way.
  private mutating func advance(_ tokens: Span<GlobToken>, _ text: Span<UInt8>) -> Bool {
    guard token < tokens.count else { return false }
    switch tokens[token] {
    case .anyName:
      star = Restart(token: token + 1, position: position)
    case .anyFolders:
      folders = Restart(token: token + 1, position: position)
      star = nil
    case .anyPath where token + 1 == tokens.count:
      position = text.count
    case .anyPath:
      folders = Restart(token: token + 1, position: position)
      star = nil
    case let single:
      guard position < text.count, Self.matches(single, text[position]) else { return false }
      // The `*` before a `/` has its name's end behind it: no other length would lead anywhere else.
      if text[position] == UInt8(ascii: "/") { star = nil }
      position += 1
    }
    token += 1
    return true
  }

  private static func matches(_ token: GlobToken, _ byte: UInt8) -> Bool {
    switch token {
    case .byte(let wanted): byte == wanted
    case .oneOf(let set): set.contains(byte)
    case .anyByte: byte != UInt8(ascii: "/")
    case .anyName, .anyFolders, .anyPath: false
    }
  }

  /// Lets the last wildcard take more; false when it cannot.
  private mutating func retry(_ tokens: Span<GlobToken>, _ text: Span<UInt8>) -> Bool {
    if let last = star, last.position < text.count, text[last.position] != UInt8(ascii: "/") {
      star?.position += 1
      token = last.token
      position = last.position + 1
      return true
    }
    star = nil
    guard let last = folders, last.position < text.count else { return false }
    var next = last.position + 1
    if tokens[last.token - 1] == .anyFolders {
      while text[next - 1] != UInt8(ascii: "/") {
        guard next < text.count else { return false }
        next += 1
      }
    }
    folders?.position = next
    token = last.token
    position = next
    return true
  }
}
