import Diagnostics
import Manifests
import Testing
import TestSupport

/// Lines of a lock that will not install elsewhere.
@Suite struct LockPortabilityTests {
  @Test(
    arguments: [
      ("a 1", nil, nil),
      ("pkg_resources 0.0.0", nil, "pkg-resources==0.0.0 is on no index"),
      ("torch 2.4.0+cpu", nil, "torch==2.4.0+cpu: `+cpu` is a local version"),
      (
        "a 1", #"{"url": "file:///home/me/a", "dir_info": {}}"#, "a @ file:///home/me/a names a path of this machine"
      ),
      (
        "a 1", #"{"url": "file:///home/me/a-1-py3-none-any.whl", "archive_info": {}}"#,
        "a @ file:///home/me/a-1-py3-none-any.whl names a path of this machine"
      ),
      (
        "a 1", #"{"url": "file:///home/me/a", "dir_info": {"editable": true}}"#,
        "a is an editable install of /home/me/a, which no other machine can fetch"
      ),
      ("a 1", #"{"url": "https://example.org/a-1-py3-none-any.whl", "archive_info": {}}"#, nil),
      ("a 1", #"{"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}"#, nil),
      (
        "a 1", #"{"url": "https://u:s3cret@example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}"#,
        "a @ git+https://example.org/a.git@c0ffee was installed with credentials"
      ),
      ("a 1+local", #"{"url": "https://example.org/a-1.whl", "archive_info": {}}"#, nil),
    ] as [(String, String?, String?)])
  func warnings(distribution: String, directURL: String?, warning: String?) throws {
    let site = try LockTests.packages([distribution])
    let parts = distribution.split(separator: " ")
    if let directURL {
      try site.folder.write(
        "lib/python3.11/site-packages/\(parts[0])-\(parts[1]).dist-info/direct_url.json", directURL)
    }
    let found = Lock(allOf: try site.installed(), in: LockTests.markers).portability
    #expect(found.count == (warning == nil ? 0 : 1))
    if let warning, let finding = found.first {
      #expect(finding.message.hasPrefix(warning))
      #expect(finding.remedy != nil)
    }
  }
}
