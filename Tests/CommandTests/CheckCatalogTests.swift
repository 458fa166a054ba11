import Foundation
import TestSupport
import Testing

@Suite struct CheckCatalogTests {
  /// checks/README.md ends with the catalogue; ENVTOOL_RECORD=1 writes it anew.
  @Test func theReadmeHoldsTheCatalogue() async throws {
    let file = EnvtoolRun.repository.appending(path: "checks/README.md")
    let catalogue = try await EnvtoolRun(["dev", "checks"]).output
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "## Environment\n"))
    let written = text[..<start.lowerBound] + catalogue.dropLast()
    if ProcessInfo.processInfo.environment["ENVTOOL_RECORD"] == "1" { return try Data(written.utf8).write(to: file) }
    #expect(text == written, "checks/README.md is not what `envtool dev checks` prints")
  }

  /// Every check says what it is about, and has an id that no other has.
  @Test func everyCheckIsDocumented() async throws {
    let list = try await EnvtoolRun(["doctor", "--list"])
    let ids = list.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(ids == Array(Set(ids)).sorted())
    for id in ids {
      let run = try await EnvtoolRun(["explain", id])
      #expect(run.status == 0 && run.output.contains("remedy"), "\(id)")
    }
  }
}
