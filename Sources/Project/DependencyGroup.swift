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
      // Most folders are told by their first letter.
      switch folder.first {
      case UInt8(ascii: "."): isTooling = isTooling || folder.count > 1
      case UInt8(ascii: "b"): isTooling = isTooling || folder.equals("benchmarks")
      case UInt8(ascii: "c"): isTooling = isTooling || folder.equals("ci")
      case UInt8(ascii: "d"):
        isTooling = isTooling || folder.equals("doc") || folder.equals("dev") || folder.equals("docs")
      case UInt8(ascii: "t"):
        isTest =
          isTest || folder.equals("test") || folder.equals("tests") || folder.equals("testing")
          || folder.hasPrefix("test_")
      default: break
      }
      if folder.last == UInt8(ascii: "s"), folder.hasSuffix("_tests") { isTest = true }
    }
    let name = UnsafeBufferPointer(rebasing: path[start...])
    if name.equals("setup.py") { return .build }
    if isTooling || name.equals("conftest.py") || name.equals("noxfile.py") || name.equals("fabfile.py") { return .dev }
    return isTest || name.equals("tests.py") || name.hasPrefix("test_") || name.hasSuffix("_test.py")
      ? .test : .runtime
  }
}
