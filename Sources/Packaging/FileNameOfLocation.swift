/// What a file is called, told from where it lies.
enum FileNameOfLocation {
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
