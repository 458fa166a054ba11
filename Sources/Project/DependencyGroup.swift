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
  /// Only in tooling: docs/, ci/, dev/, hidden folders, noxfile.py, conftest.py.
  case dev
  /// Only in setup.py.
  case build

  package static func < (left: DependencyGroup, right: DependencyGroup) -> Bool { left.code < right.code }

  /// The place among the groups.
  var code: UInt8 {
    switch self {
    case .runtime: 0
    case .optional: 1
    case .typing: 2
    case .test: 3
    case .dev: 4
    case .build: 5
    }
  }

  /// The group that a file belongs to by its place in the project.
  init(of path: SourcePath) { self = path.bytes.withUnsafeBufferPointer(Self.group) }

  private static func group(of path: UnsafeBufferPointer<UInt8>) -> DependencyGroup {
    var start = 0
    var isTest = false
    var isTooling = false
    for index in path.indices where path[index] == UInt8(ascii: "/") {
      let folder = UnsafeBufferPointer(rebasing: path[start..<index])
      start = index + 1
      if folder.first == UInt8(ascii: "."), folder.count > 1 { isTooling = true }
      switch folder.count {
      case 2: isTooling = isTooling || folder.equals("ci")
      case 3: isTooling = isTooling || folder.equals("doc") || folder.equals("dev")
      case 4:
        isTooling = isTooling || folder.equals("docs")
        isTest = isTest || folder.equals("test")
      case 5: isTest = isTest || folder.equals("tests")
      case 7: isTest = isTest || folder.equals("testing")
      case 10: isTooling = isTooling || folder.equals("benchmarks")
      default: break
      }
      if folder.hasPrefix("test_") || folder.hasSuffix("_tests") { isTest = true }
    }
    let name = UnsafeBufferPointer(rebasing: path[start...])
    if name.equals("setup.py") { return .build }
    if isTooling || name.equals("conftest.py") || name.equals("noxfile.py") || name.equals("fabfile.py") { return .dev }
    return isTest || name.equals("tests.py") || name.hasPrefix("test_") || name.hasSuffix("_test.py")
      ? .test : .runtime
  }
}
