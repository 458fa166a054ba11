internal import Diagnostics

/// An option that may stand in a requirements file, by its long name.
///
/// Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options
package enum RequirementsOption: String, CaseIterable, Sendable {
  case requirement = "--requirement"
  case constraint = "--constraint"
  case editable = "--editable"
  case indexURL = "--index-url"
  case extraIndexURL = "--extra-index-url"
  case noIndex = "--no-index"
  case findLinks = "--find-links"
  case noBinary = "--no-binary"
  case onlyBinary = "--only-binary"
  case preferBinary = "--prefer-binary"
  case requireHashes = "--require-hashes"
  case noRequireHashes = "--no-require-hashes"
  case pre = "--pre"
  case allReleases = "--all-releases"
  case onlyFinal = "--only-final"
  case trustedHost = "--trusted-host"
  case useFeature = "--use-feature"
  case hash = "--hash"
  case configSettings = "--config-settings"
  case globalOption = "--global-option"

  /// What its value is called; nil when it takes none.
  package var valueName: String? {
    switch self {
    case .requirement, .constraint: "FILE"
    case .editable: "PATH-OR-URL"
    case .indexURL, .extraIndexURL, .findLinks: "URL"
    case .noBinary, .onlyBinary, .allReleases, .onlyFinal: "NAMES"
    case .trustedHost: "HOST"
    case .useFeature: "FEATURE"
    case .hash: "ALGORITHM:DIGEST"
    case .configSettings: "KEY=VALUE"
    case .globalOption: "OPTION"
    case .noIndex, .preferBinary, .requireHashes, .noRequireHashes, .pre: nil
    }
  }

  /// Whether it stands behind a requirement and is about that alone.
  package var belongsToRequirement: Bool { self == .hash || self == .configSettings || self == .globalOption }

  /// Whether it is about the whole run: where to look for distributions, and which to take.
  var belongsToFile: Bool {
    !belongsToRequirement && self != .requirement && self != .constraint && self != .editable
  }

  init?(short letter: Unicode.Scalar) {
    switch letter {
    case "r": self = .requirement
    case "c": self = .constraint
    case "e": self = .editable
    case "i": self = .indexURL
    case "f": self = .findLinks
    case "C": self = .configSettings
    default: return nil
    }
  }

  /// The options whose long name, or other name, begins with `text`; one alone when `text` is its whole name.
  static func matching(_ text: String) -> [RequirementsOption] {
    if let exact = RequirementsOption(rawValue: text) { return [exact] }
    let names = allCases.map { ($0.rawValue, $0) } + [("--pypi-url", RequirementsOption.indexURL)]
    return names.filter { $0.0.utf8.starts(with: text.utf8) }.map(\.1)
  }

  /// The long name that is written almost as `text`; nil when none is.
  static func closest(to text: String) -> String? {
    Suggestion.closest(to: text, among: allCases.map(\.rawValue))
  }
}
