import Packaging
import Reporting
import Testing

@Suite struct UnresolvedReasonTests {
  static let cases: [(String, String?, UnresolvedReason)] = [
    ("urllib2", "3.12.1", .otherPython("3.12")), ("tomllib", "3.8", .otherPython("3.8")),
    ("urllib2", nil, .unknown), ("settings", nil, .projectName), ("tests", "3.12", .projectName),
    ("google", "3.12", .unknown), ("no_such_module", nil, .unknown),
  ]

  @Test(arguments: cases)
  func reasons(module: String, python: String?, expected: UnresolvedReason) {
    let reason = UnresolvedReason(of: module, python: python.flatMap { Version($0) })
    #expect(reason == expected)
    #expect(reason.message(module).contains("`\(module)`") && !reason.remedy.isEmpty)
  }
}
