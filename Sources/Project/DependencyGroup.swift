import Diagnostics

/// What a requirement is needed for, the most binding first.
package enum DependencyGroup: String, CaseIterable, Sendable, Comparable {
  case runtime
  /// Only under `try` / `except ImportError`.
  case optional
  /// Only under `if TYPE_CHECKING`.
  case typing
  /// Only in test files.
  case test
  /// Only in tooling: docs/, noxfile.py, conftest.py.
  case dev
  /// Only in setup.py.
  case build

  package static func < (left: DependencyGroup, right: DependencyGroup) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The group that a file belongs to by its place in the project.
  init(of path: SourcePath) {
    let parts = path.components
    let name = parts.last ?? ""
    self =
      if name == "setup.py" {
        .build
      } else if name == "conftest.py" || name == "noxfile.py"
        || parts.dropLast().contains(where: { $0 == "docs" || $0 == "doc" })
      {
        .dev
      } else if name == "tests.py" || name.hasPrefix("test_") || name.hasSuffix("_test.py")
        || parts.dropLast().contains(where: { $0 == "tests" || $0 == "test" || $0 == "testing" })
      {
        .test
      } else {
        .runtime
      }
  }
}
