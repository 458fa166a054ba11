// Supported: what releases of the past wrote into Requires-Dist and Requires-Python and PEP 440 and 508 do not allow; the
//   table below names each.
// Unsupported: whatever could mean two things.
// Grammar: that of PEP 508 after the fix-ups.

/// A requirement, or the version conditions of one, that is read strictly if it can be and else with the smallest change.
///
/// Each change has a name, so that a warning can say what was read as what.
package struct LenientRequirement: Sendable {
  package let requirement: Requirement
  /// What had to be done; empty when the text was right.
  package let fixes: [String]

  /// Throws what the strict reading says when no fix helps.
  package init(parsing text: String) throws(RequirementError) {
    let strict: RequirementError
    do {
      self.init(try Requirement(parsing: text), fixes: [])
      return
    } catch { strict = error }
    guard let parts = Parts(text) else { throw strict }
    let found = FixUp.first(for: parts.conditions) { conditions -> Requirement? in
      try? Requirement(parsing: "\(parts.head) \(conditions)\(parts.marker)")
    }
    if let found {
      self.init(found.value, fixes: found.fixes)
    } else if let found = FixUp.first(
      for: parts.conditions, after: ["making the marker's quotes match"],
      { try? Requirement(parsing: "\(parts.head) \($0)\(parts.markerWithEqualQuotes)") })
    {
      self.init(found.value, fixes: found.fixes)
    } else {
      throw strict
    }
  }

  private init(_ requirement: Requirement, fixes: [String]) {
    self.requirement = requirement
    self.fixes = fixes
  }

  /// Version conditions such as those of Requires-Python, with what had to be done; nil when no fix helps.
  package static func specifiers(_ text: String) -> (specifiers: SpecifierSet, fixes: [String])? {
    if let strict = SpecifierSet(text) { return (strict, []) }
    return FixUp.first(for: Array(text.utf8)) { SpecifierSet($0) }.map { ($0.value, $0.fixes) }
  }
}

/// A requirement cut into what the fix-ups may change and what they may not.
private struct Parts {
  /// Name and extras.
  let head: String
  /// The version conditions, without the brackets of old metadata.
  let conditions: [UInt8]
  /// With its semicolon; empty when there is none.
  let marker: String

  /// nil when there are no version conditions.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let semicolon = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
    var end = bytes[..<semicolon].prefix { ASCII.isWord($0) || ASCII.isSeparator($0) }.endIndex
    let afterBlanks = bytes[end..<semicolon].drop { ASCII.isBlank($0) }
    if afterBlanks.first == UInt8(ascii: "["), let close = afterBlanks.firstIndex(of: UInt8(ascii: "]")) {
      end = close + 1
    }
    var rest = ASCII.trimmed(bytes[end..<semicolon])
    guard end > 0, rest.first != UInt8(ascii: "@") else { return nil }
    if rest.first == UInt8(ascii: "(") {
      guard rest.last == UInt8(ascii: ")") else { return nil }
      rest = rest.dropFirst().dropLast()
    }
    head = String(decoding: bytes[..<end], as: UTF8.self)
    conditions = Array(rest)
    marker = String(decoding: bytes[semicolon...], as: UTF8.self)
  }

  var markerWithEqualQuotes: String { marker.replacing("\"", with: "'") }
}

/// A change that makes version conditions of one kind readable.
private struct FixUp {
  /// As the end of "read by".
  let name: String
  let apply: @Sendable ([UInt8]) -> [UInt8]

  static let all: [FixUp] = [
    FixUp(name: "putting a comma between conditions", apply: withCommas),
    FixUp(name: "taking !=~ for != and .*", apply: withoutTilde),
    FixUp(name: "leaving out .* behind an order", apply: withoutStar),
    FixUp(name: "putting a dot before *", apply: withDotBeforeStar),
    FixUp(name: "leaving out commas too many", apply: withoutEmptyConditions),
    FixUp(name: "taking dev for 0.dev0", apply: withNumberedDev),
    FixUp(name: "leaving out .0 behind a pre-release", apply: withoutZeroBehindLetters),
    FixUp(name: "leaving out quotes", apply: { $0.filter { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") } }),
    FixUp(name: "turning round =< and =>", apply: withOrdersTurned),
    FixUp(name: "taking ~= with one number for ==.*", apply: withoutCompatibleMajor),
    FixUp(name: "taking a bare version for == and .*", apply: withOperator),
  ]

  /// The value that `parse` gives after as few fix-ups as needed, in the order of the table.
  static func first<Value>(
    for conditions: [UInt8], after made: [String] = [], _ parse: (String) -> Value?
  ) -> (value: Value, fixes: [String])? {
    var text = conditions
    var fixes = made
    if !made.isEmpty, let value = parse(String(decoding: text, as: UTF8.self)) { return (value, fixes) }
    for fixUp in all {
      let changed = fixUp.apply(text)
      if changed == text { continue }
      text = changed
      fixes.append(fixUp.name)
      if let value = parse(String(decoding: text, as: UTF8.self)) { return (value, fixes) }
    }
    return nil
  }

  private static func isOperator(_ byte: UInt8) -> Bool { "<>=!~".utf8.contains(byte) }

  /// `>=1.0<2` is `>=1.0,<2`.
  @Sendable private static func withCommas(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      let last = result.last { !ASCII.isBlank($0) }
      if isOperator(byte), let last, ASCII.isAlphanumeric(last) || last == UInt8(ascii: "*") {
        result.append(UInt8(ascii: ","))
      }
      result.append(byte)
    }
    return result
  }

  /// Each condition between commas, changed; nil leaves one out.
  private static func eachCondition(
    _ text: [UInt8], _ change: (_ comparison: String, _ version: String) -> String?
  ) -> [UInt8] {
    let conditions = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
      let part = ASCII.trimmed(part)
      let comparison = part.prefix(while: isOperator)
      let version = ASCII.trimmed(part[comparison.endIndex...])
      return change(String(decoding: comparison, as: UTF8.self), String(decoding: version, as: UTF8.self))
        ?? String(decoding: part, as: UTF8.self)
    }
    return Array(conditions.joined(separator: ",").utf8)
  }

  @Sendable private static func withoutTilde(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in comparison == "!=~" ? "!=\(version).*" : nil }
  }

  /// `>=3.6.*` is `>=3.6`.
  @Sendable private static func withoutStar(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      guard [">=", "<=", ">", "<", "~="].contains(comparison), version.hasSuffix(".*") else { return nil }
      return comparison + version.dropLast(2)
    }
  }

  /// `!=3.0*` is `!=3.0.*`.
  @Sendable private static func withDotBeforeStar(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      guard version.hasSuffix("*"), version.utf8.dropLast().last.map(ASCII.isDigit) == true else { return nil }
      return comparison + version.dropLast() + ".*"
    }
  }

  @Sendable private static func withoutEmptyConditions(_ text: [UInt8]) -> [UInt8] {
    let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let kept = parts.filter { !ASCII.trimmed($0).isEmpty }
    return kept.count == parts.count ? text : Array(kept.joined(separator: [UInt8(ascii: ",")]))
  }

  @Sendable private static func withNumberedDev(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in version == "dev" ? "\(comparison)0.dev0" : nil }
  }

  /// `>=9.0.0a1.0` is `>=9.0.0a1`.
  @Sendable private static func withoutZeroBehindLetters(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      let shorter = String(version.dropLast(2))
      guard version.hasSuffix(".0"), shorter.utf8.contains(where: ASCII.isLetter), Version(shorter) != nil else {
        return nil
      }
      return comparison + shorter
    }
  }

  @Sendable private static func withOrdersTurned(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      switch comparison {
      case "=>": ">=\(version)"
      case "=<": "<=\(version)"
      default: nil
      }
    }
  }

  @Sendable private static func withoutCompatibleMajor(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      comparison == "~=" && !version.isEmpty && version.utf8.allSatisfy(ASCII.isDigit) ? "==\(version).*" : nil
    }
  }

  /// `foo (3.1)` meant every 3.1: https://peps.python.org/pep-0345/#requires-dist-multiple-use
  @Sendable private static func withOperator(_ text: [UInt8]) -> [UInt8] {
    eachCondition(text) { comparison, version in
      guard comparison.isEmpty || comparison == "=", let found = Version(version) else { return nil }
      return found.isPrerelease || found.local != nil ? "==\(version)" : "==\(version).*"
    }
  }
}
