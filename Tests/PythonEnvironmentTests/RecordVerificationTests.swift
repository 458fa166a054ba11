import Diagnostics
import Glibc
import Host
import Packaging
@testable import PythonEnvironment
import Testing
import TestSupport

@Suite struct RecordVerificationTests {
  let environment: EnvironmentFolder

  init() throws { environment = try EnvironmentFolder(in: TemporaryFolder()) }

  // Hashes of "text\n", as sha256sum, sha384sum and sha512sum give them.
  static let sha256 = "sha256=ueaOG-o-WxnKay-YtzpUtz2q-qJQSEkC4JmC4HoS5zM"
  static let sha384 = "sha384=1XVtJfMI4LAl-fp_Iil7bZhRhyfiQ3gCrIBGOCGO7Y2G3aPjjPEUbk75QQyZ4pOx"
  static let sha512 =
    "sha512=BSzypaYIzpBtCNDVnYXTO00yTPDxSCKu9yfnAO3Z3M_m6zYT4OMvBH5fNs_QpnY0MlJT1sYm620_P3Syj-OQPQ"

  func verification(_ record: String, jobs: Int = 2) throws -> RecordVerification {
    try environment.install("a", "1", files: ["RECORD": record])
    let found = try #require(try environment.find())
    return try RecordVerification(of: InstalledDistributions(of: found), in: found, jobs: jobs)
  }

  func problems(_ record: String) throws -> [String] {
    try verification(record).problems.map { "\($0.path.name) \($0.kind)" }
  }

  @Test(
    arguments: [
      ("same.py,\(sha256),5", nil), ("same.py,\(sha256)=,5", nil), ("\"a, \"\"b\"\".py\",\(sha256),5\r", nil),
      ("../../../bin/tool,\(sha256),5", nil), ("same.py,,", nil), ("same.py", nil), ("a-1.dist-info/RECORD,,", nil),
      ("__pycache__/gone.cpython-311.pyc,,", nil),
      ("same.py,sha256=AAAA,5", "same.py changed(expected: \"sha256=AAAA\", found: \"\(sha256)\")"),
      ("folder/,\(sha256),5", "folder unreadable(reason: \"Invalid argument\")"),
      ("gone.py,\(sha256),5", "gone.py missing"),
      ("gone.txt,,", "gone.txt missing"), ("same.py/x,\(sha256),5", "x missing"),
      ("same.py,md5=abc,5", "same.py unverifiable(hash: \"md5=abc\")"),
      ("../../../../outside.py,\(sha256),5", "outside.py outside"), ("/etc/passwd,\(sha256),5", "passwd outside"),
      ("", nil), (",,\n,\n\n", nil), ("\"same.py", nil),
    ] as [(String, String?)])
  func lines(record: String, expected: String?) throws {
    for name in ["same.py", "a, \"b\".py", "folder/x", "../../../bin/tool", "../../../../outside.py"] {
      try environment.write(name, "text\n")
    }
    #expect(try problems(record) == (expected.map { [$0] } ?? []))
  }

  @Test(arguments: [sha256, sha384, sha512]) func hashes(hash: String) throws {
    try environment.write("same.py", "text\n")
    let path = environment.folder.file(".venv/lib/python3.11/site-packages/same.py")
    #expect(try problems("\(path),\(hash),5\nsame.py,\(hash)x,5\n").count == 1)
  }

  @Test func theSameAtAnyWidth() throws {
    let names = (0..<500).map { "file\($0).py" }
    for name in names { try environment.write(name, "text\n") }
    let record = names.map { "\($0),\($0.hasSuffix("7.py") ? "sha256=x" : Self.sha256),5\n" }.joined()
    let found = try [1, 2, 7].map { try verification(record, jobs: $0) }
    #expect(found.allSatisfy { $0.problems == found[0].problems && $0.fileCount == 500 })
    #expect(found[0].problems.map(\.path) == found[0].problems.map(\.path).sorted())
    #expect(found[0].problems.count == 50)
  }

  @Test func whatHasNoRecord() throws {
    try environment.write("old.egg-info/PKG-INFO", "Name: old\nVersion: 1\n")
    #expect(try verification("").unrecorded.map(\.normalized) == ["old"])
  }

  @Test func aProblemInWords() throws {
    let problem = try #require(try verification("gone.py,,\n").problems.first)
    #expect(problem.message == "missing: a was installed with it")
  }

  @Test func survivesEveryTruncation() {
    let record = Array("\"a\"\"b\",sha256=x,1\r\n,,\nc,d=,99999999999999999999\n".utf8)
    for end in record.indices { #expect(RecordFile(bytes: Array(record[..<end])).entries.count <= 2) }
    let entries = RecordFile(bytes: record).entries
    #expect(entries.map(\.path.name) == ["a\"b", "c"])
    #expect(entries.map(\.algorithm) == ["sha256", "d"])
  }
}
