/// How a version that is known is written behind a name.
package enum VersionStyle: String, CaseIterable, Sendable {
  case exact
  case compatible
  case minimum
  case none

  /// `==1.2`, `~=1.2`, `>=1.2` or nothing.
  package func specifier(_ version: String?) -> String {
    guard let version else { return "" }
    switch self {
    case .exact: return "==\(version)"
    // `~=` takes no version of one number.
    case .compatible: return version.contains(".") ? "~=\(version)" : ">=\(version)"
    case .minimum: return ">=\(version)"
    case .none: return ""
    }
  }

  /// The style of most of these; the one with more rigour of equals, nil when none has a version.
  static func usual(of requirements: [Requirement]) -> VersionStyle? {
    var counts: [VersionStyle: Int] = [:]
    for requirement in requirements where requirement.url == nil {
      counts[VersionStyle(requirement), default: 0] += 1
    }
    return allCases.max { counts[$0, default: 0] < counts[$1, default: 0] }.flatMap { counts[$0] == nil ? nil : $0 }
  }

  private init(_ requirement: Requirement) {
    let text = requirement.specifiers.description
    self =
      if text.isEmpty {
        .none
      } else if text.hasPrefix("==") {
        .exact
      } else if text.contains("~=") {
        .compatible
      } else {
        .minimum
      }
  }
}
