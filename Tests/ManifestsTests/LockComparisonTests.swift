import Diagnostics
@testable import Manifests
import Packaging
import Testing

@Suite struct LockComparisonTests {
  struct Example: Sendable {
    var roots = ["a"]
    var installed = ["a 1: b", "b 2"]
    let locked: [String]
    let differences: [String]
  }

  /// A pin of a requirements file; the line is its place.
  static func pins(_ lines: [String]) throws -> [LockedPin] {
    try zip(1..., lines).map { number, line in
      let parts = line.split(separator: " --hash", maxSplits: 1)
      let requirement = try Requirement(parsing: String(parts[0]))
      return LockedPin(
        name: requirement.name, version: requirement.specifiers.pinnedVersion, text: String(parts[0]),
        url: requirement.url, marker: requirement.marker, hasHashes: parts.count > 1,
        location: Location(path: "requirements.lock", line: number))
    }
  }

  static func shown(_ difference: LockComparison.Difference) -> String {
    switch difference {
    case .missing(let pin): "+\(pin.name)==\(pin.version) \(pin.via)"
    case .superfluous(let pin): "-\(pin.text)"
    case .differs(let pin, let installed, let unfit):
      "-\(pin.text) +\(installed.version)" + (unfit.map { " (\($0.origin): \($0.wanted))" } ?? "")
    case .invalid(let pin, let reason): "!\(pin.text): \(reason)"
    case .unknown(let finding): "?\(finding.message)"
    }
  }

  @Test(arguments: [
    Example(locked: ["a==1", "b==2"], differences: []),
    Example(locked: ["A==1.0", "B==2.0.0"], differences: []),
    Example(locked: ["b==2", "a==1"], differences: []),
    Example(locked: ["a==1"], differences: ["+b==2 [\"a\"]"]),
    Example(locked: ["a==1", "b==2", "c==3"], differences: ["-c==3"]),
    Example(locked: ["a==1", "b==2.1"], differences: ["-b==2.1 +2"]),
    Example(
      roots: ["a", "b>=2"], locked: ["a==1", "b==1"], differences: ["-b==1 +2 (-r in.txt: b>=2)"]),
    Example(locked: ["a==1", "b>=2"], differences: ["!b>=2: not pinned to one version"]),
    Example(locked: ["a==1", "b==2.*"], differences: ["!b==2.*: not pinned to one version"]),
    Example(locked: ["a==1", "b==2", "a==1"], differences: ["!a==1: locked already at line 1"]),
    Example(locked: ["a==1", "b==2", "c==3; sys_platform == 'win32'"], differences: []),
    Example(
      locked: ["a==1; sys_platform == 'win32'", "a==1; sys_platform == 'linux'", "b==2"], differences: []),
    Example(
      locked: ["a==1 --hash=sha256:00", "b==2"],
      differences: ["!b==2: has no hash where others have: pip refuses such a file"]),
    Example(locked: ["a==1 --hash=sha256:00", "b==2 --hash=sha256:00"], differences: []),
    Example(locked: ["a @ https://example.org/a.whl", "b==2"], differences: ["-a @ https://example.org/a.whl +1"]),
    // What the environment lacks is told, and what may be superfluous is not.
    Example(
      installed: ["a 1: b"], locked: ["a==1", "b==2", "c==3"],
      differences: ["?b is not installed in .venv, needed by a"]),
  ])
  func comparisons(example: Example) throws {
    var (current, findings): (Lock, [Finding])
    do { (current, findings) = (try LockTests.lock(example.roots, over: example.installed), []) } catch let incomplete
      as Lock.Incomplete
    {
      (current, findings) = (incomplete.partial, incomplete.findings)
    }
    let comparison = LockComparison(
      of: try Self.pins(example.locked), with: current, missing: findings, in: LockTests.markers,
      python: Version(release: [3, 11, 7]))
    #expect(comparison.differences.map(Self.shown) == example.differences)
  }

  @Test func aPinThatExcludesThisPython() throws {
    let current = try LockTests.lock(["a"], over: ["a 1"])
    let pin = LockedPin(
      name: try #require(PackageName("a")), version: Version("1"), text: "a==1", requiresPython: SpecifierSet(">=3.12"),
      location: Location(path: "pylock.toml"))
    let comparison = LockComparison(
      of: [pin], with: current, in: LockTests.markers, python: Version(release: [3, 11, 7]))
    #expect(comparison.differences.map(Self.shown) == ["!a==1: excludes Python 3.11.7: it asks for >=3.12"])
  }
}
