import ConfigFormats
import Foundation
import Packaging
import TestSupport
import Testing

/// What is added to a manifest is there, and nothing else has changed.
@Suite struct ManifestEditingTests {
  static let added = [("celery", nil), ("gunicorn", "22.0"), ("zope.event", nil)].compactMap { name, version in
    PackageName(name).map { AddedRequirement(name: $0, version: version) }
  }

  private func check(_ text: GrowingText, _ before: String, _ after: String) throws {
    #expect(String(decoding: text.bytes, as: UTF8.self) == after)
    #expect(text.edits.allSatisfy { $0.range.isEmpty })
    #expect(try TextEdit.apply(text.edits, to: Array(before.utf8)) == text.bytes)
  }

  @Test(arguments: ManifestShapes.requirements)
  func requirementsFiles(_ name: String, _ before: String, _ after: String) throws {
    var editor = try RequirementsFileEditor(Array(before.utf8))
    _ = try editor.add(Self.added, style: nil, fallback: .exact)
    try check(editor.text, before, after)
  }

  @Test(arguments: ManifestShapes.projects)
  func projects(_ name: String, _ before: String, _ after: String) throws {
    var editor = try PyProjectEditor(Array(before.utf8))
    _ = try editor.add(Self.added, to: .project, style: nil)
    try check(editor.text, before, after)
  }

  /// CPython's reader of TOML and pip's of requirements files find what was there before, and what was added.
  @Test func theyAreReadByOthers() async throws {
    let folder = try TemporaryFolder()
    var count = 0
    for shape in ManifestShapes.projects {
      try folder.write("\(count).old.toml", shape.before)
      try folder.write("\(count).new.toml", shape.after)
      count += 1
    }
    let projects = try await Python.output(
      of: """
        import re, sys, tomllib
        def lists(path):
            data = tomllib.load(open(path, "rb"))
            project = data.get("project", {}).pop("dependencies", [])
            poetry = data.get("tool", {}).get("poetry", {}).pop("dependencies", {})
            return data, set(project) | {(k, str(v)) for k, v in poetry.items()}
        for number in range(int(sys.argv[2])):
            (old, before), (new, after) = (lists(f"{sys.argv[1]}/{number}.{kind}.toml") for kind in ("old", "new"))
            names = sorted(re.split("[=~>]", x if isinstance(x, str) else x[0])[0] for x in after - before)
            print(number, old == new, before <= after, names)
        """, [folder.path, "\(count)"])
    for (number, line) in projects.split(separator: "\n").enumerated() {
      #expect(line == "\(number) True True ['celery', 'gunicorn', 'zope-event']")
    }
    let files = ManifestShapes.requirements
    guard let old = try await RequirementsFileOracle.answer(for: files.map { Array($0.before.utf8) }),
      let new = try await RequirementsFileOracle.answer(for: files.map { Array($0.after.utf8) })
    else { return }
    for (file, (before, after)) in zip(files, zip(old.files, new.files)) {
      // Without the number of the line.
      let before = before.map { $0.drop { $0 != " " } }
      var rest = after.map { $0.drop { $0 != " " } }
      for line in before { if let index = rest.firstIndex(of: line) { rest.remove(at: index) } }
      #expect(after.count == before.count + 3, "\(file.name)")
      #expect(rest.count == 3, "\(file.name): \(rest)")
    }
  }

  // MARK: - Further lists

  private static let project = "[project]\nname = \"x\"\nversion = \"1\"\n"

  static let lists: [(group: DeclaredDependency.Group, before: String, after: String)] = [
    (.group("test"), project, project + "\n[dependency-groups]\ntest = [\n    \"pytest>=8\",\n]\n"),
    (.extra("optional"), project, project + "\n[project.optional-dependencies]\noptional = [\n    \"pytest>=8\",\n]\n"),
    (
      .group("test"), project + "[dependency-groups]\nTest = [{include-group = \"a\"}]\na = []\n",
      project + "[dependency-groups]\nTest = [{include-group = \"a\"}, \"pytest>=8\"]\na = []\n"
    ),
    (
      .group("dev"), project + "[tool.uv]\ndev-dependencies = [\"ruff>=1\"]\n",
      project + "[tool.uv]\ndev-dependencies = [\"pytest>=8\", \"ruff>=1\"]\n"
    ),
    (
      .build, "[build-system]\nrequires = [\"hatchling\"]\n", "[build-system]\nrequires = [\"hatchling\", \"pytest\"]\n"
    ),
    (
      .extra("web"), project + "optional-dependencies.web = [\"a\"]\n",
      project + "optional-dependencies.web = [\"a\", \"pytest\"]\n"
    ),
    (
      .extra("web"), project + "optional-dependencies = {ci = [\"a\"]}\n",
      project + "optional-dependencies = {ci = [\"a\"], web = [\n    \"pytest>=8\",\n]}\n"
    ),
    (
      .group("test"), "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = \"*\"\n",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = \"*\"\n\n[tool.poetry.group.test.dependencies]\npytest = \"^8\"\n"
    ),
    (
      .group("dev"), "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dev-dependencies]\nruff = \"*\"\n",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dev-dependencies]\npytest = \"*\"\nruff = \"*\"\n"
    ),
  ]

  @Test(arguments: lists)
  func groups(_ group: DeclaredDependency.Group, _ before: String, _ after: String) throws {
    let pytest = AddedRequirement(name: try #require(PackageName("pytest")), version: "8")
    var editor = try PyProjectEditor(Array(before.utf8))
    _ = try editor.add([pytest], to: group, style: nil)
    try check(editor.text, before, after)
  }

  @Test(arguments: [
    (
      "[packages]\ndjango = \"*\"\n",
      "[packages]\ncelery = \"*\"\ndjango = \"*\"\ngunicorn = \"*\"\nzope-event = \"*\"\n"
    ),
    (
      "[packages]\nredis = \"==5\"\n",
      "[packages]\ncelery = \"*\"\ngunicorn = \"==22.0\"\nredis = \"==5\"\nzope-event = \"*\"\n"
    ),
    (
      "[[source]]\nname = \"pypi\"\n\n[requires]\npython_version = \"3.12\"\n",
      "[[source]]\nname = \"pypi\"\n\n[requires]\npython_version = \"3.12\"\n\n[packages]\ncelery = \"*\"\ngunicorn = \"*\"\nzope-event = \"*\"\n"
    ),
  ])
  func pipfiles(_ before: String, _ after: String) throws {
    var editor = try PipfileEditor(Array(before.utf8))
    _ = try editor.add(Self.added, to: .project, style: nil)
    try check(editor.text, before, after)
  }

  @Test(arguments: [
    (
      "[options]\ninstall_requires =\n    django>=5\n    redis>=5\npackages = find:\n",
      "[options]\ninstall_requires =\n    celery\n    django>=5\n    gunicorn>=22.0\n    redis>=5\n    zope-event\npackages = find:\n"
    ),
    (
      "[options]\r\ninstall_requires = redis\r\n",
      "[options]\r\ninstall_requires = redis\r\n    celery\r\n    gunicorn\r\n    zope-event\r\n"
    ),
    (
      "[options]\npackages = find:\n\n[tool:pytest]\n",
      "[options]\npackages = find:\ninstall_requires =\n    celery\n    gunicorn>=22.0\n    zope-event\n\n[tool:pytest]\n"
    ),
  ])
  func setupConfigurations(_ before: String, _ after: String) throws {
    var editor = try SetupConfigurationEditor(Array(before.utf8))
    _ = try editor.add(Self.added, style: nil)
    try check(editor.text, before, after)
  }

  // MARK: - Refusals

  @Test(arguments: [
    "[project]\nname = \"x\"\ndynamic = [\"version\", \"dependencies\"]\n", "[tool.ruff]\n", "[project]\nname = ",
    "project = {name = \"x\", dependencies = 1}\n",
  ])
  func aProjectThatCannotTakeThemIsLeftAlone(_ text: String) {
    #expect(throws: EditRefusal.self) {
      var editor = try PyProjectEditor(Array(text.utf8))
      _ = try editor.add(Self.added, to: .project, style: nil)
    }
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0], Array("dj ango\n".utf8), [0x61, 0xFF]] as [[UInt8]])
  func aRequirementsFileThatCannotBeReadIsLeftAlone(_ bytes: [UInt8]) {
    #expect(throws: EditRefusal.self) { _ = try RequirementsFileEditor(bytes) }
  }

  @Test(arguments: [
    "[options]\ninstall_requires = file: a.txt\n", "[metadata]\nname = x\n", "[options]\ninstall_requires = a; b\n",
  ])
  func aSetupConfigurationThatCannotTakeThemIsLeftAlone(_ text: String) {
    #expect(throws: EditRefusal.self) {
      var editor = try SetupConfigurationEditor(Array(text.utf8))
      _ = try editor.add(Self.added, style: nil)
    }
  }

  // MARK: - At random

  /// Requirements files put together by chance: what was there stays, what was added is there, a second time too.
  @Test func randomRequirementsFilesGrow() throws {
    var source = RandomSource(seed: 7)
    let pieces = [
      "django==5.2", "Redis>=5", "a[b]~=1.0 ; python_version>'3'", "# comment", "    # via x", "", "-r base.txt",
      "--pre", "x @ https://example.invalid/x.zip", "boto3 \\\n  >=1 # s3", "-e ./lib", "\t", "z==1 \\", "pytest # why",
    ]
    for _ in 0..<2000 {
      let end = source.one(of: ["\n", "\r\n", "\n", "\u{0B}"])
      let lines = (0..<Int.random(in: 0..<8, using: &source)).map { _ in source.one(of: pieces) }
      let text = lines.joined(separator: end) + source.one(of: ["", end])
      guard var editor = try? RequirementsFileEditor(Array(text.utf8)) else { continue }
      let old = RequirementsFile(Array(text.utf8)).entries.map(\.text.revealed)
      do { _ = try editor.add(Self.added, style: nil, fallback: .exact) } catch {
        // A line that a backslash joins with what comes next can be at fault.
        #expect(text.contains("\\"), "\(text)")
        continue
      }
      let new = RequirementsFile(editor.text.bytes).entries.map(\.text.revealed)
      #expect(new.count == old.count + 3, "\(text)")
      #expect(new.filter(old.contains) == old, "\(text)")
      #expect(try TextEdit.apply(editor.text.edits, to: Array(text.utf8)) == editor.text.bytes)
    }
  }

  /// Projects put together by chance: whatever can be read is edited without loss, or refused and left as it was.
  @Test func randomProjectsGrow() throws {
    var source = RandomSource(seed: 9)
    let pieces = [
      "[project]", "name = \"x\"", "version = '1'", "dependencies = []", "dependencies = [ 'django==5', ]",
      "dependencies = [\n  \"redis\" # a\n  , \"boto3>=1\"\n]", "dynamic = [\"version\"]", "# comment", "",
      "[project.optional-dependencies]", "test = ['pytest']", "[dependency-groups]",
      "dev = [{include-group = \"test\"}]",
      "[tool.poetry]", "[tool.poetry.dependencies]", "python = \"^3.12\"",
      "flask = {version = \"*\", extras = ['async']}",
      "[tool.poetry.group.dev.dependencies]", "ruff = '*'", "[tool.uv]", "dev-dependencies = [\"mypy\"]", "[[x]]",
      "optional-dependencies.ci = [\"tox\"]", "[build-system]", "requires = [\"hatchling\"]", "project = {name = 'x'}",
    ]
    let groups: [DeclaredDependency.Group] = [.project, .extra("optional"), .group("test"), .group("dev"), .build]
    var count = 0
    for _ in 0..<6000 {
      let end = source.one(of: ["\n", "\r\n"])
      let lines = (0..<Int.random(in: 0..<9, using: &source)).map { _ in source.one(of: pieces) }
      let text = (source.chance(5) ? "\u{FEFF}" : "") + lines.joined(separator: end) + source.one(of: ["", end])
      guard var editor = try? PyProjectEditor(Array(text.utf8)) else { continue }
      let old = try PyProject(bytes: Array(text.utf8)).dependencies.map(\.requirement)
      let group = source.one(of: groups)
      do { _ = try editor.add(Self.added, to: group, style: source.one(of: [nil, .exact, .minimum])) } catch {
        #expect(editor.text.bytes == Array(text.utf8))
        continue
      }
      count += 1
      let new = try PyProject(bytes: editor.text.bytes).dependencies
      #expect(new.count == old.count + 3, "\(text)")
      #expect(new.count { $0.group == group && Self.added.map(\.name).contains($0.requirement.name) } == 3, "\(text)")
      #expect(try TextEdit.apply(editor.text.edits, to: Array(text.utf8)) == editor.text.bytes)
    }
    #expect(count > 100)
  }

  @Test func manyRequirementsAreEditedInTime() throws {
    let lines = (0..<20_000).map { "\"package-\($0 + 100_000)==1\",\n" }.joined()
    var project = try PyProjectEditor(
      Array("[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n\(lines)]\n".utf8))
    #expect(try project.add(Self.added, to: .project, style: nil) == ["celery", "gunicorn==22.0", "zope-event"])
    var file = try RequirementsFileEditor(Array((0..<20_000).map { "package-\($0 + 100_000)==1\n" }.joined().utf8))
    #expect(try file.add(Self.added, style: nil, fallback: .none) == ["celery", "gunicorn==22.0", "zope-event"])
  }
}
