package import Diagnostics

/// What a manifest declares a distribution for.
package struct DeclarationRole: Hashable, Sendable {
  /// The most binding first.
  package enum Kind: String, Sendable, CaseIterable, Comparable {
    case runtime
    /// An extra, or a group whose name tells nothing.
    case optional
    case typing
    case test
    case docs
    case dev
    case build
    /// It restricts versions and asks for nothing.
    case constraint

    package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  package let kind: Kind
  /// Of the extra, group or environment; nil for what needs no name.
  package let name: String?

  package static let runtime = DeclarationRole(.runtime)

  package init(_ kind: Kind, named name: String? = nil) {
    self.kind = kind
    self.name = name
  }

  /// The role of an extra or group by what its name says; `fallback` when it says nothing.
  package init(ofPart name: String, otherwise fallback: Kind = .optional) {
    let kind = Self.kind(ofWords: Self.words(name)) ?? fallback
    // What only some ask for is no part of every run, even when it is called so.
    self.init(kind == .runtime ? .optional : kind, named: name)
  }

  /// The role of a file by what its path says: `requirements/test.txt`, `docs/requirements.txt`; nil when it says nothing.
  package init?(of path: SourcePath) {
    // A file's own name is nearer than its folders': requirements/production.txt in tests/ is for tests all the same.
    let parts = path.components.map(Self.words)
    guard let kind = parts.reversed().lazy.compactMap({ Self.kind(ofWords: $0) }).first else { return nil }
    self.init(kind)
  }

  /// Whether the path says that its file runs only where the project is worked on: tests/, docs/, dev/, .github/.
  package static func isForDevelopers(_ path: SourcePath) -> Bool {
    let known: Set<String> = [
      "test", "tests", "testing", "pytest", "doc", "docs", "dev", "devel", "development", "ci", "circleci", "github",
      "devcontainer", "benchmark", "benchmarks",
    ]
    return path.components.contains { words($0).contains(where: known.contains) }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().utf8.split { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private static func kind(ofWords words: [String]) -> Kind? {
    for (kind, known) in kinds where words.contains(where: known.contains) { return kind }
    return nil
  }

  private static let kinds: [(Kind, Set<String>)] = [
    (.constraint, ["constraint", "constraints"]),
    (
      .test,
      [
        "test", "tests", "testing", "unittest", "unittests", "functest", "functests", "e2e", "pytest", "integration",
        "coverage", "selenium", "benchmark", "benchmarks",
      ]
    ),
    (.docs, ["doc", "docs", "documentation", "sphinx", "mkdocs", "rtd", "readthedocs"]),
    (.typing, ["typing", "types", "typecheck", "typechecking", "mypy", "pyright", "stubs"]),
    (
      .dev,
      [
        "dev", "devel", "develop", "development", "devtools", "local", "lint", "linting", "linter", "linters", "ci",
        "debug", "style", "format", "formatting", "quality", "precommit", "tox", "nox", "tools", "tooling", "release",
        "localdev", "contributing",
      ]
    ),
    (.build, ["build", "packaging"]),
    (.optional, ["extra", "extras", "optional", "contrib", "contribs", "plugins"]),
    (.runtime, ["main", "base", "prod", "production", "deploy", "deployment", "live", "server"]),
  ]
}
