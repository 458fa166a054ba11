/// A reply of a Redis server.
///
/// Supported: simple strings, errors, integers and bulk strings of RESP2. Unsupported: arrays and the types of RESP3,
/// which no command sent here is answered with.
///
///     reply = ("+" | "-" | ":") line CRLF | "$" length CRLF bytes CRLF | "$-1" CRLF
///
/// Source: https://redis.io/docs/latest/develop/reference/protocol-spec/
enum RESPReply: Hashable {
  case simple([UInt8])
  /// An error's line without the `-`.
  case error([UInt8])
  /// A bulk string; nil is the null string.
  case bulk([UInt8]?)

  /// A bulk string of more bytes is not read: INFO's section has about 700.
  static let bulkLimit = 65536

  /// How a command with its arguments is sent: an array of bulk strings.
  static func command(_ words: [String]) -> [UInt8] {
    var bytes = Array("*\(words.count)\r\n".utf8)
    for word in words { bytes += Array("$\(word.utf8.count)\r\n\(word)\r\n".utf8) }
    return bytes
  }
}

extension ServerConnection {
  /// The next reply; the first line as it came when it is not one.
  func receiveReply() throws(ProbeFailure) -> (reply: RESPReply?, line: [UInt8]) {
    let line = try receiveLine()
    let rest = Array(line.dropFirst())
    switch line.first {
    case UInt8(ascii: "+"), UInt8(ascii: ":"): return (.simple(rest), line)
    case UInt8(ascii: "-"): return (.error(rest), line)
    case UInt8(ascii: "$"):
      guard let length = Int(String(decoding: rest, as: UTF8.self)), length <= RESPReply.bulkLimit else {
        return (nil, line)
      }
      if length < 0 { return (.bulk(nil), line) }
      return (.bulk(try receive(exactly: length + 2).dropLast(2)), line)
    default: return (nil, line)
    }
  }
}
