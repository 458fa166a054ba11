/// Names with `*` for any text, as in `--only 'cache-*'`.
enum Glob {
  static func matches(_ text: String, _ pattern: String) -> Bool {
    guard pattern.contains("*") else { return text == pattern }
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    var rest = text[...]
    guard let first = parts.first, rest.hasPrefix(first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      while !rest.hasPrefix(part) {
        if rest.isEmpty { return false }
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst(part.count)
    }
    return parts.last.map { rest.hasSuffix($0) } ?? true
  }
}
