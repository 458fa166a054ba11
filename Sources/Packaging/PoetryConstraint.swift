// Supported: caret, tilde, `.*` behind a version or an operator, `*`, `=`, bare versions (exact), the operators of PEP 440,
//   commas or blanks for "and", `||` or `|` for "or".
// Unsupported: `===`, ranges with a hyphen.
// Grammar:
//   constraint  = alternative ("|" "|"? alternative)*
//   alternative = "*" | part ([, ]+ part)* ","?
//   part        = ("^" | "~" | "~=" | "==" | "=" | "!=" | "<=" | ">=" | "<" | ">")? version ".*"?

/// A version constraint of Poetry, turned into those of PEP 440.
///
/// `^1.2.3` is `>=1.2.3,<2.0.0`, `^0.0.3` is `>=0.0.3,<0.0.4`, `~1.2` is `>=1.2,<1.3`, `1.2.*` is `==1.2.*`, and `1.2.3`
/// is `==1.2.3`. Source: https://python-poetry.org/docs/dependency-specification/#version-constraints
struct PoetryConstraint {
  /// One of them must hold; in each, all conditions must. An empty one always holds.
  let alternatives: [[Specifier]]

  init(parsing text: String) throws(RequirementError) {
    alternatives = try TextCursor.reading(text.utf8.span) { cursor throws(RequirementError) in
      try Self.alternatives(Parser(cursor: cursor))
    }
  }

  private static func alternatives(_ text: Parser) throws(RequirementError) -> [[Specifier]] {
    var parser = text
    var alternatives = [try parser.alternative()]
    while parser.cursor.take(UInt8(ascii: "|")) {
      _ = parser.cursor.take(UInt8(ascii: "|"))
      alternatives.append(try parser.alternative())
    }
    if !parser.cursor.isAtEnd { throw parser.expected("a comma, || or the end of the constraint") }
    return alternatives.contains(where: \.isEmpty) ? [[]] : alternatives
  }

  /// The conditions that all must hold, or nil when PEP 440 cannot say it: it has no "or".
  var specifiers: SpecifierSet? {
    if alternatives.count == 1 { return SpecifierSet(alternatives[0]) }
    // `>=1,<2 || >=2,<3` leaves no gap.
    var ranges = alternatives.compactMap(Self.range)
    guard ranges.count == alternatives.count else { return nil }
    ranges.sort { ($0.lower.flatMap(\.version) ?? Self.zero) < ($1.lower.flatMap(\.version) ?? Self.zero) }
    var upper = ranges[0].upper
    for next in ranges.dropFirst() {
      guard let end = upper?.version else { break }
      guard let start = next.lower?.version, start <= end else { return nil }
      if next.upper?.version.map({ $0 > end }) ?? true { upper = next.upper }
    }
    return SpecifierSet([ranges[0].lower, upper].compactMap(\.self))
  }

  private static let zero = Version(release: [0])

  /// An alternative that is one half-open range, `>=` and `<`, either of which may lack.
  private static func range(_ specifiers: [Specifier]) -> (lower: Specifier?, upper: Specifier?)? {
    guard specifiers.allSatisfy({ $0.comparison == .greaterOrEqual || $0.comparison == .less }) else { return nil }
    let lower = specifiers.filter { $0.comparison == .greaterOrEqual }
    let upper = specifiers.filter { $0.comparison == .less }
    return lower.count <= 1 && upper.count <= 1 ? (lower.first, upper.first) : nil
  }
}

extension PoetryConstraint {
  /// The condition on the running Python, or nil when every Python will do.
  var pythonMarker: String? {
    let parts = alternatives.map { $0.map(Self.pythonMarker).joined(separator: " and ") }
    return parts.contains("") ? nil : parts.joined(separator: " or ")
  }

  /// `python_version` has two numbers: what says more, or differs between 3.8 and 3.8.1, asks `python_full_version`.
  private static func pythonMarker(_ specifier: Specifier) -> String {
    guard let version = specifier.version else { return "" }
    let release = version.release
    let text = release.map(String.init).joined(separator: ".")
    let comparison = specifier.comparison.rawValue
    if specifier.isPrefix, release.count == 1 {
      let bounds = (">= \"\(text)\"", "< \"\(release[0] &+ 1)\"")
      return specifier.comparison == .equal
        ? "python_version \(bounds.0) and python_version \(bounds.1)"
        : "(python_version < \"\(text)\" or python_version >= \"\(release[0] &+ 1)\")"
    }
    if specifier.isPrefix {
      return release.count == 2
        ? "python_version \(comparison) \"\(text)\"" : "python_full_version \(comparison) \"\(text).*\""
    }
    let isShort: Bool
    switch specifier.comparison {
    case .greaterOrEqual, .less, .equal: isShort = true
    default: isShort = false
    }
    if release.count <= 2, isShort { return "python_version \(comparison) \"\(text)\"" }
    let padded = (release + [0, 0, 0]).prefix(max(3, release.count)).map(String.init).joined(separator: ".")
    return "python_full_version \(comparison) \"\(padded)\""
  }
}

private struct Parser {
  var cursor: TextCursor

  mutating func alternative() throws(RequirementError) -> [Specifier] {
    skipBlanks()
    var specifiers = try part()
    while true {
      cursor.takeWhile { ASCII.isBlank($0) || $0 == UInt8(ascii: ",") }
      if cursor.isAtEnd || cursor.current == UInt8(ascii: "|") { return specifiers }
      specifiers += try part()
    }
  }

  private mutating func part() throws(RequirementError) -> [Specifier] {
    let comparison = comparison()
    skipBlanks()
    let start = cursor.position
    var word = cursor.elements(
      cursor.takeWhile { !ASCII.isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "|") })
    if comparison == nil, Self.isAny(word) { return [] }
    let isPrefix = word.suffix(2).elementsEqual(".*".utf8)
    while word.suffix(2).elementsEqual(".*".utf8) { word.removeLast(2) }
    guard let version = Version(String(decoding: word, as: UTF8.self)) else {
      throw RequirementError(
        column: cursor.column(at: start), expected: "a version of PEP 440 (or ^1.2, ~1.2, 1.*, >=1.2,<2, *)")
    }
    guard let specifiers = Self.specifiers(comparison ?? "==", version, isPrefix: isPrefix) else {
      throw RequirementError(column: cursor.column(at: start), expected: "a version that fits the operator before it")
    }
    return specifiers
  }

  /// `*`, `x`, `*.*` and `X.x`
  private static func isAny(_ word: [UInt8]) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      part.count == 1 && part.allSatisfy { $0 == UInt8(ascii: "*") || $0 | 0x20 == UInt8(ascii: "x") }
    }
  }

  private mutating func comparison() -> String? {
    for text in ["^", "~=", "~", "==", "=", "!=", "<=", ">=", "<", ">"] as [StaticString] where cursor.take(text) {
      return text.utf8CodeUnitCount == 1 && "\(text)" == "=" ? "==" : "\(text)"
    }
    return nil
  }

  private static func specifiers(_ comparison: String, _ version: Version, isPrefix: Bool) -> [Specifier]? {
    let lower = Specifier(">=\(version)")
    let upper: Specifier?
    switch comparison {
    case "^" where !isPrefix: upper = bound(version, raising: breakingPart(version.release))
    case "~" where !isPrefix: upper = bound(version, raising: min(1, version.release.count - 1))
    case "~=" where !isPrefix: upper = bound(version, raising: max(0, version.release.count - 2))
    case "^", "~", "~=": return nil
    default:
      let takesPrefix = comparison == "==" || comparison == "!="
      return Specifier("\(comparison)\(version)\(isPrefix && takesPrefix ? ".*" : "")").map { [$0] }
    }
    guard let lower, let upper else { return nil }
    return [lower, upper]
  }

  /// The first part that is not zero among major, minor and patch; the last of them that is written when all are zero.
  private static func breakingPart(_ release: [Int]) -> Int {
    release.prefix(3).firstIndex { $0 > 0 } ?? min(2, release.count - 1)
  }

  /// `<` the version with one part raised and zeros behind it.
  private static func bound(_ version: Version, raising part: Int) -> Specifier? {
    var release = version.release
    let (raised, overflow) = release[part].addingReportingOverflow(1)
    if overflow { return nil }
    release[part] = raised
    for index in release.indices.dropFirst(part + 1) { release[index] = 0 }
    let epoch = version.epoch == 0 ? "" : "\(version.epoch)!"
    return Specifier("<\(epoch)\(release.map(String.init).joined(separator: "."))")
  }

  private mutating func skipBlanks() { cursor.takeWhile(ASCII.isBlank) }

  func expected(_ phrase: String) -> RequirementError {
    RequirementError(column: cursor.column(at: cursor.position), expected: phrase)
  }
}
