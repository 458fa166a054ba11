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

    /// Without the detour over the text that `RawRepresentable` takes.
    @inline(__always)
    package static func == (left: Operator, right: Operator) -> Bool { left.ordinal == right.ordinal }

    package func hash(into hasher: inout Hasher) { hasher.combine(ordinal) }

    private var ordinal: UInt8 {
      switch self {
      case .compatible: 0
      case .equal: 1
      case .notEqual: 2
      case .lessOrEqual: 3
      case .greaterOrEqual: 4
      case .less: 5
      case .greater: 6
      case .identical: 7
      }
    }
  }

  package let comparison: Operator
  /// Whether `.*` follows: every version that begins like this one.
  package let isPrefix: Bool
  /// The version behind the operator, without `.*`; nil behind `===` when the text is no version.
  package let version: Version?
  /// What stands behind the operator, as written.
  package let versionText: String

  /// A condition made by this program.
  package init(_ comparison: Operator, _ version: Version) {
    self.init(comparison, version, isPrefix: false, text: version.description)
  }

  init(_ comparison: Operator, _ version: Version?, isPrefix: Bool, text: String) {
    self.comparison = comparison
    self.version = version
    self.isPrefix = isPrefix
    versionText = text
  }

  /// The operator and the version as written, without space between them.
  package var description: String { comparison.rawValue + versionText }

  func write(to text: inout [UInt8]) {
    text.append(contentsOf: comparison.rawValue.utf8)
    text.append(contentsOf: versionText.utf8)
  }
}

extension Specifier: Hashable {
  /// Equal when the same versions fulfil them by form: `>=1.0` and `>= 1.0.0`, but `~=1.0` is not `~=1.0.0`.
  package static func == (left: Specifier, right: Specifier) -> Bool {
    guard left.comparison == right.comparison, left.isPrefix == right.isPrefix else { return false }
    if left.comparesText { return left.versionText == right.versionText }
    return left.version == right.version
      && (left.comparison != .compatible || left.version?.releaseCount == right.version?.releaseCount)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(comparison)
    if comparesText { hasher.combine(versionText) } else { hasher.combine(version) }
  }

  private var comparesText: Bool { comparison == .identical || isPrefix || version == nil }
}
