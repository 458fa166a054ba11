import Diagnostics
import Host
@testable import Manifests
import Packaging
import PythonEnvironment
import Testing
import TestSupport

@Suite struct LockTests {
  static let markers = MarkerEnvironment.linux(python: Version(release: [3, 11, 7]), machine: "x86_64")

  /// `name version: requirement, requirement`.
  static func packages(_ lines: [String]) throws -> SitePackages {
    try SitePackages(
      lines.map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        let head = parts[0].split(separator: " ").map(String.init)
        let requires = parts.dropFirst().flatMap { $0.split(separator: ",") }.map { String($0.drop { $0 == " " }) }
        return (head[0], head[1], requires, [])
      })
  }

  static func roots(_ texts: [String]) throws -> [Root] {
    try texts.map { text in
      Root(
        requirement: try Requirement(parsing: text), origin: "-r in.txt",
        location: Location(path: "in.txt", line: (texts.firstIndex(of: text) ?? 0) + 1))
    }
  }

  static func lock(_ roots: [String], over installed: [String]) throws -> Lock {
    let site = try packages(installed)
    return try withExtendedLifetime(site) {
      try Lock(closureOf: Self.roots(roots), over: site.installed(), in: markers, named: ".venv")
    }
  }

  struct Closure: Sendable {
    let roots: [String]
    let installed: [String]
    let pins: [String]
  }

  @Test(arguments: [
    Closure(roots: [], installed: ["a 1"], pins: []),
    Closure(roots: ["a"], installed: ["a 1: b>=2", "b 2", "c 3"], pins: ["a==1 -r in.txt", "b==2 a"]),
    Closure(
      roots: ["A_x>=1", "c"], installed: ["a.X 1: c", "C 2"], pins: ["a-x==1 -r in.txt", "c==2 -r in.txt,a-x"]),
    Closure(
      roots: ["a"], installed: ["a 1: b; python_version < '3'", "b 2", "c 3"], pins: ["a==1 -r in.txt"]),
    Closure(roots: ["a; sys_platform == 'win32'"], installed: [], pins: []),
    Closure(
      roots: ["a[x]"], installed: ["a 1: b; extra == 'x', c; extra == 'y'", "b 1", "c 1"],
      pins: ["a==1 -r in.txt", "b==1 a"]),
    Closure(
      roots: ["a"], installed: ["a 1: b[x], b", "b 1: c; extra == 'x'", "c 1"],
      pins: ["a==1 -r in.txt", "b==1 a", "c==1 b"]),
    Closure(
      roots: ["a[x]"], installed: ["a 1: a[y]; extra == 'x', b; extra == 'y'", "b 1"],
      pins: ["a==1 -r in.txt,a", "b==1 a"]),
    Closure(roots: ["a"], installed: ["a 1: b", "b 1: c", "c 1: a"], pins: ["a==1 -r in.txt,c", "b==1 a", "c==1 b"]),
    Closure(roots: ["a"], installed: ["a 2.0rc1"], pins: ["a==2.0rc1 -r in.txt"]),
    Closure(roots: ["a==1.0"], installed: ["a 1"], pins: ["a==1 -r in.txt"]),
    Closure(roots: ["a[none]"], installed: ["a 1"], pins: ["a==1 -r in.txt"]),
  ])
  func closures(example: Closure) throws {
    let lock = try Self.lock(example.roots, over: example.installed)
    #expect(lock.pins.map { "\($0.name)==\($0.version) \($0.via.joined(separator: ","))" } == example.pins)
  }

  @Test(arguments: [
    (["a"], [], ["in.txt:1: a is not installed in .venv"]),
    (
      ["a[x]"], ["a 1: b, c; extra == 'x'"],
      ["b is not installed in .venv, needed by a", "c is not installed in .venv, needed by a"]
    ),
    (["a>=2"], ["a 1"], ["in.txt:1: a 1 is installed, -r in.txt asks for a>=2"]),
    (["a"], ["a 1: b<1", "b 1"], ["b 1 is installed, a asks for b<1"]),
    (["a"], ["a 1: b >broken"], ["a-1.dist-info: what a needs is not known"]),
    (["a", "z"], ["a 1: b"], ["in.txt:2: z is not installed in .venv", "b is not installed in .venv, needed by a"]),
  ])
  func neverAPartialLock(roots: [String], installed: [String], findings: [String]) throws {
    let error = #expect(throws: Lock.Incomplete.self) { try Self.lock(roots, over: installed) }
    let told = (error?.findings ?? []).map(\.description)
    #expect(told.count == findings.count)
    for finding in findings { #expect(told.contains { $0.contains(finding) }, "\(finding) in \(told)") }
    #expect(error?.findings.allSatisfy { $0.severity == .error && $0.remedy != nil } == true)
  }

  @Test func allOfWhatIsInstalled() throws {
    let site = try Self.packages(["b 1: missing", "A_c 2: b"])
    let lock = Lock(allOf: try site.installed(), in: Self.markers)
    #expect(lock.pins.map { "\($0.name)==\($0.version) \($0.via)" } == ["a-c==2 []", "b==1 [\"a-c\"]"])
  }

  static var testEnvironment: String? { Host.live().variable("ENVTOOL_TEST_ENVIRONMENT") }

  /// `make test` names one; without it there is nothing to compare with.
  @Test(.enabled(if: testEnvironment != nil)) func likePipFreeze() async throws {
    let host = Host.live()
    let prefix = host.absolute(SourcePath(try #require(Self.testEnvironment)))
    let environment = try #require(
      try EnvironmentFinder(host: host, project: prefix.parent).find(option: prefix.description))
    let outcome = try await runChild(
      environment.interpreter.path, ["-m", "pip", "--disable-pip-version-check", "freeze", "--all"],
      environment: host.environment, by: .after(.seconds(60)))
    let expected = outcome.output.split(separator: "\n").map { line in
      let parts = line.split(separator: "=").map(String.init)
      return "\(PackageName(parts.first ?? "")?.normalized ?? "?")==\(parts.last ?? "?")"
    }
    let installed = InstalledDistributions(of: environment)
    let lock = Lock(allOf: installed, in: environment.markerEnvironment(machine: "x86_64"))
    #expect(lock.pins.map { "\($0.name)==\($0.version)" }.sorted() == expected.sorted())
    #expect(installed.findings.isEmpty && expected.contains { $0.hasPrefix("django==") })
  }
}
