import Packaging
import Testing

@Suite struct MarkerRandomTests {
  static let pythons = [
    "2.7.18", "3.7.0", "3.8.1", "3.8.0a1", "3.9.0b2", "3.9.0", "3.9.1rc1", "3.9.1", "3.10.0", "3.11.4+", "4.0.0",
  ]

  static func environment(_ random: inout RandomSource) -> MarkerEnvironment {
    let full = random.one(of: pythons)
    var environment = MarkerEnvironment.linux(python: Version(release: [3, 9]), machine: "x86_64")
    environment.pythonFullVersion = full
    environment.pythonVersion = full.split(separator: ".").prefix(2).joined(separator: ".")
    environment.sysPlatform = random.one(of: ["linux", "win32", "darwin", "lin", ""])
    environment.osName = random.one(of: ["posix", "nt", "a"])
    environment.platformRelease = random.one(of: ["5", "6.1", "6.1.0", "6.1-generic", "", "5.dev1"])
    environment.implementationVersion = random.one(of: ["3.9", "7.3.13", "3.9.0b2", "x"])
    return environment
  }

  static func comparison(_ random: inout RandomSource) -> String {
    let versions = [
      "3.8", "3.9", "3.10", "3.9.1", "3.9.0", "3", "4", "3.9.0b2", "3.8.*", "3.9.dev0", "3.9.0.post1", "x",
    ]
    let (variable, literals): (String, [String]) = random.one(of: [
      ("python_version", versions), ("python_full_version", versions + ["3.11.4+local"]),
      ("sys_platform", ["linux", "win32", "lin", "n", ""]), ("os_name", ["posix", "nt", "sys_platform"]),
      ("platform_release", ["5", "6.1", "6.1-generic", "5.*", "5.dev1"]), ("implementation_version", ["3.9", "x"]),
      ("extra", ["a", "b"]),
    ])
    let operators = ["==", "!=", "<", "<=", ">", ">=", "==", "<", ">=", "~=", "===", "in", "not in"]
    let operation = random.one(of: operators)
    if random.chance(4) { return "'a' \(random.one(of: ["in", "not in"])) extras" }
    if random.chance(2) { return "os_name \(operation) sys_platform" }
    var literal = random.one(of: literals)
    if operation.hasSuffix("in"), random.chance(60) { literal += " " + random.one(of: literals) }
    return random.chance(25) ? "'\(literal)' \(operation) \(variable)" : "\(variable) \(operation) '\(literal)'"
  }

  static func marker(_ random: inout RandomSource, depth: Int = 0) -> String {
    if depth == 3 || random.chance(depth == 0 ? 10 : 45) { return comparison(&random) }
    let word = random.one(of: [" and ", " or "])
    let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in marker(&random, depth: depth + 1) }
    return "(\(parts.joined(separator: word)))"
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func meansTheSame(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<30 {
      let markers = try [Self.marker(&random), Self.marker(&random)].map { try Marker(parsing: $0) }
      let (left, right) = (markers[0], markers[1])
      let (short, negated) = (left.simplified(), left.negated)
      #expect(short.comparisons.count <= left.comparisons.count)
      #expect(try Marker(parsing: short.description).isEquivalent(to: left) && short.isEquivalent(to: left))
      let pythons = try #require(SpecifierSet(random.one(of: [">=3.8", ">=3.8,<3.10", ">3.9.0", "~=3.8", "!=3.9.*"])))
      let (isAlways, isNever) = (left.isAlwaysTrue, left.isNeverTrue)
      let (isDisjoint, implies) = (left.isDisjoint(with: right), left.implies(right))
      let assumed = left.simplified(assuming: pythons)
      for _ in 0..<25 {
        let environment = Self.environment(&random)
        let extras: Set<String> = random.one(of: [[], ["a"], ["b"], ["a", "b"], ["c"]])
        let (mine, theirs) = (
          left.evaluate(in: environment, extras: extras), right.evaluate(in: environment, extras: extras)
        )
        let context = "\(left) with \(environment) \(extras)"
        #expect(short.evaluate(in: environment, extras: extras) == mine, "\(short) for \(context)")
        if isAlways { #expect(mine, "\(context)") }
        if isNever { #expect(!mine, "\(context)") }
        if mine && theirs { #expect(!isDisjoint, "\(right) and \(context)") }
        if mine && implies { #expect(theirs, "\(right) and \(context)") }
        if extras.count < 2 {
          if let negated {
            #expect(negated.evaluate(in: environment, extras: extras) == !mine, "\(negated) for \(context)")
          }
          #expect(left.and(right).evaluate(in: environment, extras: extras) == (mine && theirs))
          #expect(left.or(right).evaluate(in: environment, extras: extras) == (mine || theirs))
        }
        let full =
          environment.pythonFullVersion.hasSuffix("+")
          ? environment.pythonFullVersion + "l" : environment.pythonFullVersion
        if pythons.contains(text: full, prereleases: true) {
          #expect(assumed.evaluate(in: environment, extras: extras) == mine, "\(assumed) for \(pythons) and \(context)")
        }
      }
    }
  }
}
