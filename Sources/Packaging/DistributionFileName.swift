// Grammar:
//   wheel = name "-" version ("-" build)? "-" interpreters "-" interfaces "-" platforms ".whl"
//   sdist = name "-" version (".tar.gz" | ".zip")

/// The name and version in the name of a file that an index offers.
///
/// Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention and
/// https://packaging.python.org/en/latest/specifications/source-distribution-format/#source-distribution-file-name
struct DistributionFileName {
  /// Normalised; the text need not be a valid name.
  let name: String
  let version: Version

  init?(wheel fileName: String) {
    guard fileName.hasSuffix(".whl") else { return nil }
    let parts = fileName.utf8.dropLast(4).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 5 || parts.count == 6, let version = Version(String(parts[1]) ?? "") else { return nil }
    let name = Array(parts[0])
    guard !name.isEmpty, name.allSatisfy({ ASCII.isWord($0) || $0 == UInt8(ascii: ".") }),
      !zip(name, name.dropFirst()).contains(where: { $0 == UInt8(ascii: "_") && $1 == UInt8(ascii: "_") }),
      parts.count == 5 || parts[2].first.map(ASCII.isDigit) ?? false,
      parts.suffix(3).allSatisfy({ !Self.tags($0).contains(where: \.isEmpty) }),
      Self.tags(parts[parts.count - 3]).allSatisfy({ tag in
        tag.allSatisfy(ASCII.isWord) && !(tag.first.map(ASCII.isDigit) ?? true)
      })
    else { return nil }
    self.name = PackageName.normalize(String(decoding: name, as: UTF8.self))
    self.version = version
  }

  /// The alternatives between dots in one part of a tag.
  private static func tags(_ part: Substring.UTF8View) -> [Substring.UTF8View] {
    part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  }

  init?(sdist fileName: String) {
    guard let suffix = [".tar.gz", ".zip"].first(where: fileName.hasSuffix) else { return nil }
    let stem = Array(fileName.utf8.dropLast(suffix.utf8.count))
    guard let dash = stem.lastIndex(of: UInt8(ascii: "-")), dash > 0,
      let version = Version(String(decoding: stem[(dash + 1)...], as: UTF8.self))
    else { return nil }
    name = PackageName.normalize(String(decoding: stem[..<dash], as: UTF8.self))
    self.version = version
  }

  /// The last part of a path, whose separators are those of either system.
  static func last(ofPath path: String) -> String {
    String(path.utf8.suffix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }) ?? ""
  }

  /// The last part of a URL's path, its percent signs decoded.
  static func last(ofURL url: String) -> String {
    var rest = Array(url.utf8)[...]
    rest = rest.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) {
      rest = rest[(colon + 3)...].drop { $0 != UInt8(ascii: "/") }
    }
    let name = rest.suffix { $0 != UInt8(ascii: "/") }.prefix { $0 != UInt8(ascii: ";") }
    return PercentEncoding.decoded(name)
  }
}

extension BidirectionalCollection {
  /// The longest end whose elements all satisfy the predicate.
  fileprivate func suffix(while predicate: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, predicate(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
