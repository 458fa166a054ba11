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
    guard let (declared, _) = declaration(in: source) else { return nil }
    return iconvName(of: declared)
  }

  /// The name in `coding: name` or `coding=name` in a comment on one of the first two lines, the second only behind a line
  /// that holds no code.
  private static func declaration(in source: PaddedSource) -> (name: String, offset: Int)? {
    if source.startsWithByteOrderMark { return nil }
    var start = 0
    for _ in 0..<2 {
      var offset = start
      while source[offset] == blank || source[offset] == tab || source[offset] == formFeed { offset += 1 }
      let end = source.lineEnd(from: offset)
      if source[offset] == hash {
        if let name = codingName(in: offset..<end, of: source) { return (name, start) }
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

  // MARK: - Names

  /// What a file declares, and where the line starts that does.
  static func declaration(inFile file: [UInt8]) -> (name: String, offset: Int)? {
    let padded = Array(file.prefix(1024)) + [UInt8](repeating: 0, count: PaddedSource.padding)
    return padded.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return declaration(in: PaddedSource(base: base, count: bytes.count - PaddedSource.padding))
    }
  }

  static func isUTF8(_ declared: String) -> Bool { iconvName(of: declared) == nil && !isASCII(declared) }

  static func isASCII(_ declared: String) -> Bool {
    ["ascii", "us-ascii", "646"].contains(declared.lowercased().replacingUnderscores)
  }

  /// What Python calls encodings that no iconv knows by that name.
  private static let pythonNames = Set(
    """
    ansi-x3-4-1968 ansi-x3.4-1968 ansi-x3.4-1986 big5-tw chinese cp-is cp1006 cp1051 cp154 cp65001 cp720 cp858 \
    cp866u csbig5 csibm858 csibm861 csiso58gb231280 csptcp154 cyrillic-asian elot-928 euc-jis-2004 euc-jis2004 \
    eucgb2312-cn eucjis2004 eucjisx0213 gb18030-2000 gb2312-1980 gb2312-80 hkscs hz hz-gb hz-gb-2312 hzgb ibm1051 \
    ibm1125 idna iso-2022-jp-1 iso-2022-jp-2004 iso-2022-jp-ext iso-646.irv-1991 iso-ir-58 iso2022-jp iso2022-jp-1 \
    iso2022-jp-2 iso2022-jp-2004 iso2022-jp-3 iso2022-jp-ext iso2022-kr iso2022jp-1 iso2022jp-2 iso2022jp-2004 \
    iso2022jp-3 iso2022jp-ext iso8859 jisx0213 korean ks-c-5601 ks-c-5601-1987 ks-x-1001 ksc5601 ksx1001 kz-1048 \
    kz1048 l9 mac-arabic mac-centeuro mac-croatian mac-farsi mac-greek mac-iceland mac-latin2 mac-romanian \
    mac-turkish maccentraleurope macgreek maciceland maclatin2 macturkish ms-kanji ms1361 ms949 ms950 mskanji palmos \
    ptcp154 punycode raw-unicode-escape s-jis-2004 s-jisx0213 shift-jis-2004 shift-jisx0213 shiftjis2004 sjis-2004 \
    sjisx0213 thai tis-620-0 tis-620-2529-0 tis-620-2529-1 u-jis u7 unicode-1-1-utf-7 unicode-escape utf utf-7 utf7 \
    x-mac-japanese x-mac-korean x-mac-simp-chinese x-mac-trad-chinese
    """.split(separator: " ").map(String.init))

  /// Whether an encoding is one of Python's, as far as this system can tell.
  static func isKnown(_ declared: String) -> Bool {
    let name = declared.lowercased().replacingUnderscores
    return isUTF8(declared) || isASCII(declared) || isSupported(declared) || pythonNames.contains(name)
      || isSupported("cp\(name)")
      || ["latin-1-", "iso-8859-", "iso-latin-1-"].contains { name.hasPrefix($0) }
  }

  /// Whether this system decodes it.
  static func isSupported(_ declared: String) -> Bool {
    guard let name = iconvName(of: declared) else { return true }
    let letter = [UInt8(ascii: "a")] + [UInt8](repeating: 0, count: PaddedSource.padding)
    return letter.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return decode(PaddedSource(base: base, count: 1), from: name) != nil
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
