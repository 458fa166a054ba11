import Diagnostics
import TestSupport

extension IgnoreCase {
  private static let parts = [
    "a", "a", "a", "b", "b", "ab", "*", "*", "?", "/", "/", "/", "**", "**/", "/**", "/**/", "***", "[ab]", "[!a]",
    "[^b]",
    "[a-b]", "[", "]", "[]a]", "[!]a]", "[\\]a]", "[[:alpha:]]", "[[:x:]]", "[[:a]", "[a\\-b]", "[--a]", "[b-a]", "[/]",
    "!", "\\", "\\a", "\\*", "\\?", "\\/", "\\!", "\\#", "\\ ", "#", " ", "-", ".", "\r", "\t", "\u{e9}",
  ]
  private static let plainParts = ["a", "a", "b", "b", "*", "?", "/", "/", "**/", "/**", "/**/", "[ab]", "[!a]"]
  private static let letters: [[UInt8]] =
    ["a", "a", "a", "a", "b", "b", "b", "*", "#", "!", " ", "\\", "[", "-", "]", ".a", "\u{e9}"].map { Array($0.utf8) }
    + [[0xFF]]

  /// A few rules, and paths that a good part of them match.
  static func random(_ numbers: inout SeededNumbers) -> IgnoreCase {
    var result = IgnoreCase()
    result.rules[""] = randomRules(&numbers)
    for folder in ["a", "a/b", "b"] where Int.random(in: 0..<6, using: &numbers) == 0 {
      result.rules[SourcePath(folder)] = randomRules(&numbers)
      result.addFolder(SourcePath(folder))
    }
    for _ in 0..<20 {
      let names = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in randomName(&numbers) }
      let path = SourcePath(bytes: names.joined(separator: [UInt8(ascii: "/")]))
      result.paths.append(path)
      if Int.random(in: 0..<4, using: &numbers) == 0 { result.addFolder(path) }
    }
    return result
  }

  private static func randomRules(_ numbers: inout SeededNumbers) -> [UInt8] {
    var text = Int.random(in: 0..<20, using: &numbers) == 0 ? "\u{feff}" : ""
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let line = randomLine(&numbers)
      if isMisread(line) { continue }
      text += line + (Int.random(in: 0..<10, using: &numbers) == 0 ? "\r\n" : "\n")
    }
    if Int.random(in: 0..<10, using: &numbers) == 0, text.hasSuffix("\n") { text.removeLast() }
    return Array(text.utf8)
  }

  private static func randomLine(_ numbers: inout SeededNumbers) -> String {
    let parts = Bool.random(using: &numbers) ? parts : plainParts
    var line = Int.random(in: 0..<5, using: &numbers) == 0 ? "!" : ""
    for _ in 0..<Int.random(in: 1...6, using: &numbers) { line += parts.randomElement(using: &numbers) ?? "" }
    return Int.random(in: 0..<6, using: &numbers) == 0 ? line + "/" : line
  }

  private static func randomName(_ numbers: inout SeededNumbers) -> [UInt8] {
    let length = [1, 1, 1, 2, 2, 3].randomElement(using: &numbers) ?? 1
    let name = (0..<length).flatMap { _ in letters.randomElement(using: &numbers) ?? [] }
    return name
  }

  /// Whether git before 2.52 reads the line otherwise than documented: see `GlobCompiler`.
  private static func isMisread(_ line: String) -> Bool {
    var bytes = Array(line.utf8)[...]
    if bytes.first == UInt8(ascii: "!") { bytes.removeFirst() }
    if bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
    let literal = bytes.prefix { !"*?[\\".utf8.contains($0) }
    return !literal.isEmpty && literal.last != UInt8(ascii: "/")
      && bytes.dropFirst(literal.count).starts(with: "**".utf8)
  }
}
