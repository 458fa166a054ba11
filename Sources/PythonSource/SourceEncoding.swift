import CPosix

/// Which encoding a source is in.
///
/// UTF-8 and ASCII, with or without a declaration, are read as they are; so is a source whose declaration is not known here:
/// it is read byte by byte, which finds what is ASCII. Everything else is decoded first, since an ASCII byte may be part of
/// another character there (GBK, Big5, Shift JIS) and columns count characters. Supported: what iconv(3) of this system
/// knows, UTF-16 and UTF-32 with a byte order mark.
/// Source: https://peps.python.org/pep-0263/
package enum SourceEncoding {
  /// The source as UTF-8 with the padding of `bytes`; nil when it can be read as it is. `bytes` are padded.
  package static func decoded(padded bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let base = bytes.baseAddress, bytes.count > PaddedSource.padding else { return nil }
    let source = PaddedSource(base: base, count: bytes.count - PaddedSource.padding)
    guard let name = name(of: source) else { return nil }
    return decode(source, from: name)
  }

  /// The bytes of a file as UTF-8, or as they are.
  package static func decoded(_ file: [UInt8]) -> [UInt8] {
    // What tells of an encoding stands in the first two lines, or in the first four bytes.
    var padded = Array(file.prefix(1024)) + [UInt8](repeating: 0, count: PaddedSource.padding)
    let isOther = padded.withUnsafeBufferPointer { decoded(padded: $0) != nil }
    guard isOther else { return file }
    padded = file + [UInt8](repeating: 0, count: PaddedSource.padding)
    return padded.withUnsafeBufferPointer { decoded(padded: $0) }?.dropLast(PaddedSource.padding) ?? file
  }

  /// The encoding that must be decoded; nil for UTF-8.
  private static func name(of source: PaddedSource) -> String? {
    let first = source[0]
    if first == 0xFF || first == 0xFE || first == 0 {
      if source.matches("\u{0}\u{0}", at: 0), source[2] == 0xFE, source[3] == 0xFF { return "UTF-32" }
      if first == 0xFF, source[1] == 0xFE { return source[2] == 0 && source[3] == 0 ? "UTF-32" : "UTF-16" }
      return first == 0xFE && source[1] == 0xFF ? "UTF-16" : nil
    }
    guard let declared = declaration(in: source) else { return nil }
    return iconvName(of: declared)
  }

  /// The name in `coding: name` or `coding=name` in a comment on one of the first two lines, the second only behind a line
  /// that holds no code.
  private static func declaration(in source: PaddedSource) -> String? {
    if source.startsWithByteOrderMark { return nil }
    var start = 0
    for _ in 0..<2 {
      var offset = start
      while source[offset] == blank || source[offset] == tab || source[offset] == formFeed { offset += 1 }
      let end = source.lineEnd(from: offset)
      if source[offset] == hash {
        if let name = codingName(in: offset..<end, of: source) { return name }
      } else if offset < end {
        return nil
      }
      start = end + (source[end] == carriageReturn && source[end + 1] == lineFeed ? 2 : 1)
      if start >= source.count { return nil }
    }
    return nil
  }

  private static func codingName(in comment: Range<Int>, of source: PaddedSource) -> String? {
    var offset = comment.lowerBound
    while offset + 7 < comment.upperBound {
      let mark = source[offset + 6]
      if mark == UInt8(ascii: ":") || mark == UInt8(ascii: "="), source.matches("coding", at: offset) {
        var start = offset + 7
        while source[start] == blank || source[start] == tab { start += 1 }
        let name = source.bytes(start..<comment.upperBound).prefix {
          $0 < 0x80 && isNameByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
      }
      offset += 1
    }
    return nil
  }

  /// What iconv calls an encoding of Python; nil for UTF-8 and ASCII.
  private static func iconvName(of declared: String) -> String? {
    // As nearly all declare.
    if declared == "utf-8" || declared == "utf8" { return nil }
    let name = declared.lowercased().replacingUnderscores
    switch name {
    case "utf-8", "utf8", "u8", "utf-8-sig", "utf8-sig", "ascii", "us-ascii", "646": return nil
    case _ where name.hasPrefix("utf-8-") || name.hasPrefix("utf8-"): return nil
    case "latin", "latin-1", "latin1", "l1", "iso-latin-1", "iso8859-1", "iso-8859-1", "8859": return "ISO-8859-1"
    case "shift-jis", "shiftjis", "sjis", "s-jis": return "SHIFT-JIS"
    case "gb2312", "gbk", "cp936", "936", "euc-cn": return "GB18030"
    case "big5-hkscs", "big5hkscs": return "BIG5-HKSCS"
    case "mac-roman", "macroman": return "MACINTOSH"
    case _ where name.hasPrefix("windows-"): return "CP" + name.dropFirst(8)
    case _ where name.hasPrefix("iso8859-"): return "ISO-" + name.dropFirst(3)
    case _ where name.hasPrefix("latin-"): return "LATIN" + name.dropFirst(6)
    default: return name.uppercased()
    }
  }

  private static func decode(_ source: PaddedSource, from name: String) -> [UInt8]? {
    let capacity = 3 * source.count
    var size = -1
    var result = [UInt8](unsafeUninitializedCapacity: capacity + PaddedSource.padding) { buffer, count in
      // SAFETY: both buffers are as large as said; the padding behind what was written is set here.
      guard let base = buffer.baseAddress else { return }
      size = cposix_decode(name, source.base, source.count, base, capacity)
      count = max(0, size)
    }
    guard size >= 0 else { return nil }
    result += [UInt8](repeating: 0, count: PaddedSource.padding)
    return result
  }
}

extension String {
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
