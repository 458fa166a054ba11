// Supported: `scheme://` behind a blank, a quote, `=`, `:`, `,` or a bracket, in any file of lines; lines that begin with `#` are
// comments.
// Unsupported: schemes that a variable gives.

/// Finds the URLs in a file that is no Python source, by their schemes alone: what follows may be a password.
package enum URLSchemes {
  package struct Place: Hashable, Sendable {
    /// In lower case.
    package let scheme: String
    /// Of the scheme, both from 1; columns in Unicode scalars.
    package let line: Int
    package let column: Int
  }

  package static func places(in bytes: [UInt8]) -> [Place] {
    var places: [Place] = []
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(UInt8(ascii: "/")), line.first(where: { $0 > 0x20 }) != UInt8(ascii: "#") else { continue }
      var rest = line
      while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
        rest = rest[(colon + 1)...]
        guard rest.starts(with: "//".utf8) else { continue }
        var start = colon
        while start > line.startIndex, isSchemeByte(line[start - 1]) { start -= 1 }
        let isBound = start == line.startIndex || " \t\"'=:,([{".utf8.contains(line[start - 1])
        guard start < colon, isBound else { continue }
        places.append(
          Place(
            scheme: String(decoding: line[start..<colon], as: UTF8.self).lowercased(), line: number,
            column: 1 + line[..<start].count { $0 & 0xC0 != 0x80 }))
      }
    }
    return places
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }
}
