// Supported: ~= == != <= >= < > ===, `.*` behind == and !=, a local label behind == and !=.
// Unsupported: letters beyond ASCII.
// Grammar: specifier = space* operator space* version space*

/// One condition on a version, such as `>=1.0` or `==2.*`.
///
/// Source: https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
package struct Specifier: Sendable, CustomStringConvertible {
  /// The comparison, by the text that writes it.
  package enum Operator: String, Sendable {
    case compatible = "~="
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    /// Compares text, not versions.
    case identical = "==="
  }

  package let comparison: Operator
  /// What stands behind the operator, as written.
  package let versionText: String
  /// The version behind the operator, without `.*`; nil behind `===` when the text is no version.
  package let version: Version?
  /// Whether `.*` follows: every version that begins like this one.
  package let isPrefix: Bool

  /// The condition that `text` writes, or nil when it writes none.
  package init?(_ text: String) {
    var cursor = TextCursor(ASCII.trimmed(Array(text.utf8)[...]))
    guard let comparison = Specifier.operator(&cursor) else { return nil }
    cursor.takeWhile(ASCII.isSpace)
    var bytes = cursor.takeWhile { _ in true }
    versionText = String(decoding: bytes, as: UTF8.self)
    self.comparison = comparison
    if comparison == .identical {
      guard bytes.allSatisfy({ !ASCII.isSpace($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ")") })
      else { return nil }
      version = Version(bytes: bytes)
      isPrefix = false
      return
    }
    let takesMore = comparison == .equal || comparison == .notEqual
    isPrefix = takesMore && bytes.suffix(2).elementsEqual(".*".utf8)
    if isPrefix { bytes.removeLast(2) }
    guard let version = Version(bytes: bytes), Specifier.accepts(version, comparison, isPrefix: isPrefix) else {
      return nil
    }
    self.version = version
  }

  /// A condition made by this program.
  package init(_ comparison: Operator, _ version: Version) {
    self.comparison = comparison
    self.version = version
    versionText = version.description
    isPrefix = false
  }

  static func `operator`(_ cursor: inout TextCursor) -> Operator? {
    if cursor.take("===") { return .identical }
    if cursor.take("==") { return .equal }
    if cursor.take("~=") { return .compatible }
    if cursor.take("!=") { return .notEqual }
    if cursor.take("<=") { return .lessOrEqual }
    if cursor.take(">=") { return .greaterOrEqual }
    if cursor.take("<") { return .less }
    return cursor.take(">") ? .greater : nil
  }

  private static func accepts(_ version: Version, _ comparison: Operator, isPrefix: Bool) -> Bool {
    if isPrefix {
      return version.pre == nil && version.post == nil && version.dev == nil && version.localSegments.isEmpty
    }
    switch comparison {
    case .equal, .notEqual, .identical: return true
    case .compatible: return version.localSegments.isEmpty && version.release.count > 1
    case .lessOrEqual, .greaterOrEqual, .less, .greater: return version.localSegments.isEmpty
    }
  }

  /// The operator and the version as written, without space between them.
  package var description: String { comparison.rawValue + versionText }
}
