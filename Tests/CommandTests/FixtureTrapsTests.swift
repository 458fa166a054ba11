import Foundation
import TestSupport
import Testing

/// doctor on fixtures/broken names each trap that TRAPS.md lists, at its place, and is silent on its healthy twin.
@Suite struct FixtureTrapsTests {
  private struct Entry: Decodable {
    struct Place: Decodable {
      let path: String
      let line: Int?
    }

    let id: String
    let status: String
    let location: Place?
  }

  private struct Report: Decodable { let checks: [Entry] }

  private func findings(on project: String) async throws -> [(status: String, place: String)] {
    let run = try await EnvtoolRun(["doctor", "--static", "--format", "json", "../\(project)"])
    return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).checks.compactMap { entry in
      if entry.status == "ok" || entry.status == "skipped" { return nil }
      let place = entry.location.map { "\($0.path):\($0.line ?? 0)" } ?? ""
      return (entry.status, "\(entry.id) \(place)")
    }
  }

  /// `| Trap | Check | Place | What is wrong |`
  private func traps() throws -> Set<String> {
    let file = EnvtoolRun.repository.appending(path: "fixtures/broken/TRAPS.md")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Set(rows.filter { $0.count == 4 && Int($0[0]) != nil }.map { "\($0[1]) \($0[2])" })
  }

  @Test func eachTrapIsNamedAtItsPlace() async throws {
    let found = try await findings(on: "broken")
    let expected = try traps()
    #expect(expected.count > 40)
    let told = Set(found.filter { $0.status != "unknown" }.map(\.place))
    #expect(expected.subtracting(told) == [], "not found")
    #expect(told.subtracting(expected) == [], "found, and not in TRAPS.md")
  }

  @Test func theHealthyTwinIsFine() async throws {
    #expect(try await findings(on: "mysite").filter { $0.status != "unknown" }.map(\.place) == [])
  }
}
