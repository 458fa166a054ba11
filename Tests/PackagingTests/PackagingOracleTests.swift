import Packaging
import TestSupport
import Testing

/// Random versions, specifiers, requirements and markers against the library `packaging`: a python3 that has it, or else
/// the copy within its pip.
@Suite struct PackagingOracleTests {
  static let oracle = """
    import json, sys
    try:
        import packaging
    except ImportError:
        import pip._vendor.packaging as packaging
        sys.modules["packaging"] = packaging
    from importlib import import_module
    def part(name): return import_module(packaging.__name__ + "." + name)
    Version, SpecifierSet = part("version").Version, part("specifiers").SpecifierSet
    Requirement, Marker = part("requirements").Requirement, part("markers").Marker
    recent = tuple(map(int, packaging.__version__.split(".")[:2])) >= (26, 1)
    def answer(kind, first, second):
        if kind == "version": return str(Version(first))
        if kind == "compare":
            left, right = Version(first), Version(second)
            return str((left > right) - (left < right))
        if not recent: return "?"
        if kind == "contains": return str(int(SpecifierSet(first).contains(second, prereleases=True)))
        if kind == "specifier": return str(SpecifierSet(first))
        if kind == "requirement": return str(Requirement(first))
        if kind == "marker": return str(int(Marker(first).evaluate(json.loads(second))))
    print(packaging.__version__)
    for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
        kind, first, second = line.rstrip("\\n").split("\\t")
        try: print(answer(kind, first, second))
        except Exception: print("invalid")
    """

  private struct Question {
    let kind: String
    let first: String
    var second = ""

    /// What the module answers.
    var answer: String {
      switch kind {
      case "version": return Version(first)?.description ?? "invalid"
      case "compare":
        guard let left = Version(first), let right = Version(second) else { return "invalid" }
        return left == right ? "0" : left < right ? "-1" : "1"
      case "contains":
        return SpecifierSet(first).map { $0.contains(text: second, prereleases: true) ? "1" : "0" } ?? "invalid"
      case "specifier": return SpecifierSet(first)?.description ?? "invalid"
      case "requirement": return (try? Requirement(parsing: first))?.description ?? "invalid"
      default: return evaluation
      }
    }

    private var evaluation: String {
      guard let (environment, extra) = MarkerEnvironment.reading(json: Array(second.utf8)),
        let marker = try? Marker(parsing: first),
        let holds = try? marker.evaluateStrictly(in: environment, extra: extra)
      else { return "invalid" }
      return holds ? "1" : "0"
    }
  }

  private static func question(_ random: inout RandomSource) -> Question {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return Question(kind: "version", first: damaged(random.version(), &random))
    case 1: return Question(kind: "compare", first: random.version(), second: random.version())
    case 2:
      let specifier = random.specifier()
      let near = specifier.drop { !$0.isNumber }.replacing(".*", with: "") + random.one(of: ["", ".0", ".post1", "+a"])
      return Question(
        kind: "contains", first: specifier, second: random.chance(50) ? random.version() : String(near))
    case 3:
      let specifiers = (0..<3).map { _ in random.specifier() }.joined(separator: random.one(of: [",", " , "]))
      return Question(kind: "specifier", first: damaged(specifiers, &random))
    case 4: return Question(kind: "requirement", first: damaged(requirement(&random), &random))
    default: return Question(kind: "marker", first: MarkerRandomTests.marker(&random), second: environment(&random))
    }
  }

  private static func requirement(_ random: inout RandomSource) -> String {
    var text = random.one(of: ["a", "Foo.Bar", "x-y_z "]) + random.one(of: ["", "[a]", "[b, A]"])
    if random.chance(15) { return text + " @ https://h/p.zip ; os_name == 'a'" }
    let specifiers = random.specifier() + random.one(of: ["", "," + random.specifier()])
    text += random.chance(25) ? " (\(specifiers))" : specifiers
    return text
      + random.one(of: ["", "; python_version >= '3'", ";(os_name=='a'or(extra=='b-c')) and os.name != \"d'\""])
  }

  /// The text, sometimes with a character too many or too few.
  private static func damaged(_ text: String, _ random: inout RandomSource) -> String {
    if random.chance(70) { return text }
    var characters = Array(text)
    let place = Int.random(in: 0..<characters.count, using: &random)
    if random.chance(40) {
      characters.remove(at: place)
    } else {
      characters.insert(random.one(of: Array("1a.-_+!*, <>=~;()[]@'\"v")), at: place)
    }
    return String(characters)
  }

  private static func environment(_ random: inout RandomSource) -> String {
    let full = random.one(of: ["3.8.1", "3.9.0b2", "3.9.1", "3.12.4"])
    let series = full.split(separator: ".").prefix(2).joined(separator: ".")
    let pairs = [
      ("python_full_version", full), ("python_version", series), ("sys_platform", random.one(of: ["linux", "win32"])),
      ("os_name", "posix"), ("platform_release", random.one(of: ["5", "6.1-generic", ""])),
      ("implementation_version", "3.9"), ("extra", random.one(of: ["", "a", "B_c"])),
    ]
    return "{\(pairs.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", "))}"
  }

  static let isThere = """
    try: import packaging
    except ImportError: import pip._vendor.packaging
    print("yes")
    """

  @Test func likePackaging() async throws {
    guard (try? await Python.output(of: Self.isThere)) != nil else {
      try Test.cancel("no python3 has packaging or pip")
    }
    var random = RandomSource(seed: 440)
    let questions = (0..<6000).map { _ in Self.question(&random) }.filter {
      !$0.first.contains("===") || $0.kind == "marker"
    }
    let folder = try TemporaryFolder()
    let lines = questions.map { "\($0.kind)\t\($0.first)\t\($0.second)\n" }.joined()
    let file = try folder.write("questions", lines)
    let answers = try await Python.output(of: Self.oracle, [file]).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(answers.count == questions.count + 2)
    var compared = 0
    for (question, answer) in zip(questions, answers.dropFirst()) where answer != "?" {
      compared += 1
      #expect(question.answer == answer, "\(question) by packaging \(answers[0])")
    }
    #expect(compared > 1500)
  }
}
