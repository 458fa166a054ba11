/// Base64 with the alphabet for URLs and without padding. https://www.rfc-editor.org/rfc/rfc4648#section-5
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func urlSafe(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count * 4 + 2) / 3)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var group = part.reduce(0) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(part.count)))
      for _ in 0...part.count {
        result.append(alphabet[Int(group >> 18 & 63)])
        group <<= 6
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
