import Diagnostics
import Manifests
import Packaging
import Testing
import TestSupport

@Suite struct DependencyGraphTests {
  private static func name(_ text: String) throws -> PackageName { try #require(PackageName(text)) }

  private static func graph() throws -> DependencyGraph {
    let distributions = try [
      ("a", ["b", "c for x"]), ("b", ["d"]), ("c", []), ("d", ["b"]), ("e", ["a"]),
    ].map { written, needs in
      LockedDistribution(
        name: try name(written), version: "1", line: 1,
        needs: try needs.map { need in
          let parts = need.split(separator: " ")
          return .init(try name(String(parts[0])), forExtra: parts.count == 3 ? String(parts[2]) : nil)
        })
    }
    return DependencyGraph(locks: [.init(path: "x.lock", distributions: distributions)])
  }

  @Test func closures() throws {
    let graph = try Self.graph()
    func reach(_ text: String, _ extras: [String]) throws -> [String] {
      graph.closure(of: [(try Self.name(text), extras)]).map { name, via in "\(via.map { "\($0)>" } ?? "")\(name)" }
        .sorted()
    }
    #expect(try reach("a", []) == ["a", "a>b", "b>d"])
    #expect(try reach("a", ["x"]) == ["a", "a>b", "a>c", "b>d"])
    #expect(try reach("e", []) == ["a>b", "b>d", "e", "e>a"])
  }

  @Test func tableWhereNothingElseTells() throws {
    let graph = try Self.graph()
    #expect(graph[try Self.name("django")]?.source == .table)
    #expect(graph.needs(of: try Self.name("django")).map(\.name.normalized) == ["asgiref", "sqlparse"])
    #expect(
      graph.needs(of: try Self.name("nobody"), extras: ["redis"]).map(\.name.normalized) == ["redis", "nobody-redis"])
    #expect(graph.needs(of: try Self.name("django"), extras: ["argon2"]).map(\.name.normalized).contains("argon2-cffi"))
    #expect(graph[try Self.name("nobody")] == nil)
  }

  @Test func neighbourhoodEndsInCircles() throws {
    let arrows = try Self.graph().neighbourhood(of: try Self.name("b"))
    #expect(arrows.map { "\($0.from)>\($0.to)" } == ["a>b", "b>d", "d>b", "e>a"])
  }
}
