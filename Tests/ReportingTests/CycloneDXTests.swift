import Diagnostics
import Foundation
import Packaging
import Reporting
import TestSupport
import Testing

@Suite struct CycloneDXTests {
  private static let digest = String(repeating: "ab", count: 32)

  private static func component(_ name: String, _ version: String, needs: [String] = []) throws -> CycloneDXComponent {
    var component = CycloneDXComponent(name: try #require(PackageName(name)), version: version)
    component.dependencies = try needs.map { try #require(PackageName($0)) }
    return component
  }

  /// Every feature once.
  private static func example() throws -> CycloneDX {
    var django = try component("Django", "5.2", needs: ["asgiref", "sqlparse", "missing", "django"])
    django.license = .expression("BSD-3-Clause")
    django.files = [
      .init(url: "https://user:pw@host.example/django-5.2-py3-none-any.whl#x", hashes: [.init("sha256", digest)]),
      .init(url: "https://host.example/django-5.2.tar.gz?signature=secret", hashes: [.init("sha224", "00")]),
    ]
    var asgiref = try component("asgiref", "3.8+local.1")
    asgiref.files = [
      .init(hashes: [.init("sha256", digest), .init("sha512", digest + digest), .init("md5", "no digest")])
    ]
    asgiref.license = .name("BSD \"new\"")
    asgiref.marker = "python_version < '3.13'"
    var sqlparse = try component("sqlparse", "1!0.5", needs: ["folder"])
    sqlparse.origin = .repository(
      system: "git", url: "https://${USER}:${TOKEN}@host.example/sql parse.git", commit: "abc", subdirectory: "ö x/lib")
    var archive = try component("archive", "1")
    archive.origin = .archive(url: "https://me:pw@host.example/a%20b-1.zip?token=1", hashes: [.init("sha256", digest)])
    var folder = try component("folder", "1.0")
    folder.origin = .local(path: SourcePath(bytes: Array("libs/fol:der ".utf8) + [0xFF]))
    var elsewhere = try component("elsewhere", "2")
    elsewhere.origin = .local(path: nil)
    let roots = try ["django", "archive"].map { try #require(PackageName($0)) }
    return CycloneDX(
      root: .init(name: "My \"site\"", version: "1.2", dependencies: roots),
      components: [django, asgiref, sqlparse, archive, folder, elsewhere, elsewhere], toolVersion: "0.1.0",
      timestamp: 1_700_000_000)
  }

  private static func document(_ bom: CycloneDX) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bom.text.utf8)) as? [String: Any])
  }

  @Test func references() throws {
    let document = try Self.document(try Self.example())
    let components = try #require(document["components"] as? [[String: Any]])
    let repository =
      "pkg:pypi/sqlparse@1%210.5?vcs_url=git%2Bhttps://host.example/sql%2520parse.git%40abc%23%25C3%25B6%2520x/lib"
    let archive = "pkg:pypi/archive@1?download_url=https://host.example/a%2520b-1.zip"
    #expect(
      components.compactMap { $0["bom-ref"] as? String } == [
        "elsewhere==2", "folder==1.0", archive, "pkg:pypi/asgiref@3.8%2Blocal.1", "pkg:pypi/django@5.2", repository,
      ])
    // Nothing that an index has is named by what is a folder here.
    #expect(components.compactMap { $0["purl"] as? String }.count == 4)
    let edges = try #require(document["dependencies"] as? [[String: Any]])
    #expect(
      edges.map { "\($0["ref"] ?? "") \(($0["dependsOn"] as? [String] ?? []).joined(separator: " "))" } == [
        "elsewhere==2 ", "folder==1.0 ", "\(archive) ", "pkg:pypi/asgiref@3.8%2Blocal.1 ",
        "pkg:pypi/django@5.2 pkg:pypi/asgiref@3.8%2Blocal.1 \(repository)", "\(repository) folder==1.0",
        "root-component \(archive) pkg:pypi/django@5.2",
      ])
  }

  @Test func noSecretsAndNoOrder() throws {
    let text = try Self.example().text
    for secret in ["pw", "TOKEN", "USER", "token", "signature", "secret"] { #expect(!text.contains(secret)) }
    #expect(text.contains(#""timestamp": "2023-11-14T22:13:20Z""#) && text.hasSuffix("}\n"))
    let (one, two) = (try Self.component("b", "1", needs: ["a"]), try Self.component("a", "1"))
    let root = CycloneDX.Root(name: "x", version: nil, dependencies: [two.name, one.name])
    let turned = CycloneDX.Root(name: "x", version: nil, dependencies: [one.name, two.name])
    #expect(
      CycloneDX(root: root, components: [one, two], toolVersion: "1").text
        == CycloneDX(root: turned, components: [two, one], toolVersion: "1").text)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_709_164_800, "2024-02-29T00:00:00Z"), (1_735_689_599, "2024-12-31T23:59:59Z"),
      (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"), (253_402_300_800, nil),
      (-1, nil),
      (.max, nil),
    ] as [(Int, String?)])
  func times(seconds: Int, time: String?) throws {
    let bom = CycloneDX(
      root: .init(name: "x", version: nil, dependencies: []), components: [], toolVersion: "1", timestamp: seconds)
    let metadata = try #require(try Self.document(bom)["metadata"] as? [String: Any])
    #expect(metadata["timestamp"] as? String == time)
  }

  @Test(arguments: [
    ("https://u:p@h.example:8443/a b/%7e%zz?q#f", "https://h.example:8443/a%20b/%7e%25zz"),
    ("ssh://git@h.example/a.git", "ssh://git@h.example/a.git"), ("ssh://git:pw@h.example/a", "ssh://h.example/a"),
    ("https://u:p@q@h.example", "https://h.example"), ("https://[::1]:80/x[1]", "https://[::1]:80/x%5B1%5D"),
    ("no url:é", "no%20url:%C3%A9"),
  ])
  func publicURLs(url: String, shown: String) throws {
    var component = try Self.component("a", "1")
    component.files = [.init(url: url, hashes: [])]
    let bom = CycloneDX(
      root: .init(name: "x", version: nil, dependencies: []), components: [component], toolVersion: "1")
    let parts = try #require(try Self.document(bom)["components"] as? [[String: Any]])
    let references = try #require(parts.first?["externalReferences"] as? [[String: Any]])
    #expect(references.first?["url"] as? String == shown)
  }

  @Test(
    arguments: [
      (#"{"url": "file:///home/me/site/libs/a%20b", "dir_info": {}}"#, .local(path: "libs/a b")),
      (#"{"url": "file:///home/me/other", "dir_info": {"editable": true}}"#, .local(path: nil)),
      (#"{"url": "file:///home/me/site/a-1.whl", "archive_info": {}}"#, .local(path: "a-1.whl")),
      (
        #"{"url": "https://h/a.zip", "archive_info": {"hashes": {"sha256": "00", "md5": "11"}}}"#,
        .archive(url: "https://h/a.zip", hashes: [.init("md5", "11"), .init("sha256", "00")])
      ),
      (
        #"{"url": "https://h/a", "vcs_info": {"vcs": "git", "commit_id": "c"}, "subdirectory": "s"}"#,
        .repository(system: "git", url: "https://h/a", commit: "c", subdirectory: "s")
      ),
    ] as [(String, CycloneDXOrigin)])
  func origins(file: String, origin: CycloneDXOrigin) throws {
    let direct = try #require(DirectURL(bytes: Array(file.utf8)))
    #expect(CycloneDXOrigin(direct, project: "/home/me/site") == origin)
  }

  private static let validates = TestEnvironment.holds("cyclonedx_python_lib-") && TestEnvironment.holds("jsonschema-")

  /// The schema that cyclonedx-python-lib holds, and the purls as packageurl-python reads them.
  @Test(.enabled(if: validates, "the test environment has no cyclonedx-python-lib[json-validation]"))
  func validByTheSchema() async throws {
    let folder = try TemporaryFolder()
    let empty = CycloneDX(root: .init(name: "x", version: nil, dependencies: []), components: [], toolVersion: "1")
    for bom in [try Self.example(), empty] {
      let file = try folder.write("bom.json", bom.text)
      #expect(try await TestEnvironment.output(of: Self.validator, [file]) == "")
    }
    let broken = try folder.write(
      "bom.json", empty.text.replacing("\"type\": \"application\"", with: "\"type\": \"app\""))
    #expect(try await TestEnvironment.output(of: Self.validator, [broken]) != "")
  }

  private static let validator = """
    import json, sys
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL
    text = open(sys.argv[1], encoding="utf-8").read()
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error:
        print(error)
    for component in json.loads(text)["components"]:
        purl = component.get("purl")
        if purl and PackageURL.from_string(purl).to_string() != purl:
            print(purl, PackageURL.from_string(purl).to_string())
    """
}
