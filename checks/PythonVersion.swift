import ConfigFormats
import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment

/// The Python that runs the project is one that it and its Django are made for.
struct PythonVersion: Check {
  let documentation = CheckDocumentation(
    id: "python-version", area: .environment, reach: .interpreter, severity: .error,
    title: "a Python that fits the project and Django",
    what: """
      Compares the interpreter that would be used, and the Pythons that .python-version, runtime.txt, Pipfile and \
      Dockerfiles name, with requires-python and with what the installed, pinned or declared Django supports. A newer \
      Python than Django supports is a warning where nothing is known to fail.
      """,
    why: """
      pip refuses a Django for which Python is too old, or takes an older Django; on a Python that is too new Django fails \
      at import where a module has left the standard library: cgi with 3.13, distutils with 3.12.
      """,
    example: "Python 3.13 with Django 4.0, which imports cgi",
    remedy: "make the environment with a Python that fits: uv venv --python 3.12, or pyenv install 3.12")

  private struct Named {
    let version: Version
    let subject: String
    let location: Location?
  }

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let required = requirements(in: context)
    var results: [CheckResult] = []
    for named in declared(in: context) { results += judge(named, required, in: context) }
    guard let interpreter = context.interpreter else {
      return results + [CheckResult(.unknown, "python3", "no interpreter to ask", remedy: "see interpreter-found")]
    }
    let text: String
    if let version = interpreter.version, context.environment != nil {
      text = version.description
    } else {
      text = try await context.ask(interpreter, "import platform; print(platform.python_version())")
    }
    guard let version = Version(String(text.prefix { $0.isNumber || $0 == "." })) else {
      return results + [CheckResult(.unknown, "python3", "the interpreter answered \(Escaping.text(text))")]
    }
    let name = context.environment?.displayName ?? interpreter.path.description
    let found = judge(Named(version: version, subject: name, location: nil), required, in: context)
    return results + (found.isEmpty ? [CheckResult(.ok, name, "Python \(version)")] : found)
  }

  private func judge(
    _ named: Named, _ required: [(specifiers: SpecifierSet, location: Location)], in context: CheckContext
  ) -> [CheckResult] {
    var results: [CheckResult] = []
    // A version of two numbers stands for the newest of its series.
    let isSeries = named.version.release.count < 3
    let probe = isSeries ? Version(release: named.version.release + [99]) : named.version
    if let broken = required.first(where: { !$0.specifiers.contains(probe, prereleases: true) }),
      !isSeries || !broken.specifiers.contains(Version(release: named.version.release + [0]), prereleases: true)
    {
      results.append(
        CheckResult(
          context.status(self), named.subject, "Python \(named.version), but the project asks for \(broken.specifiers)",
          remedy: "use a Python of \(broken.specifiers), or correct \(broken.location)",
          at: named.location ?? broken.location))
    }
    if let result = judgeDjango(named, in: context) { results.append(result) }
    return results
  }

  private func judgeDjango(_ named: Named, in context: CheckContext) -> CheckResult? {
    let releases = context.djangoReleases
    guard !releases.isEmpty, !releases.contains(where: { $0.supports(python: named.version) }),
      let oldest = releases.first, let newest = releases.last
    else { return nil }
    let python = Version(release: [named.version.major, named.version.minor])
    let isTooOld = python < oldest.oldestPython
    // Between the ranges of two series there is nothing that is known.
    guard isTooOld || python > newest.newestPython else { return nil }
    let release = isTooOld ? oldest : newest
    let django = context.django.map { "Django \($0)" } ?? "Django \(release.series)"
    let fails = isTooOld || Self.fails(newest, on: python)
    let remedy =
      isTooOld
      ? "use Python \(release.oldestPython) or later"
      : "use Python \(release.newestPython), or a Django that supports \(python): "
        + (SupportMatrix.releases.first { $0.supports(python: python) }?.series.description ?? "the newest")
        + " or later"
    return CheckResult(
      fails ? context.status(self) : .warning, named.subject,
      "Python \(named.version), but \(django) is made for \(release.pythons)", remedy: remedy,
      at: named.location ?? context.declaredDjango.first?.location)
  }

  /// Whether the series imports what that Python no longer has.
  private static func fails(_ release: DjangoRelease, on python: Version) -> Bool {
    let isWithoutCGI = python >= Version(release: [3, 13]) && release.series <= Version(release: [4, 0])
    let isWithoutDistutils = python >= Version(release: [3, 12]) && release.series <= Version(release: [3, 1])
    return isWithoutCGI || isWithoutDistutils
  }

  // MARK: - What the project says

  /// The folders whose manifests speak for the project itself.
  private func folders(of context: CheckContext) -> [SourcePath] {
    Array(Set(["", context.project.managePath?.parent ?? ""])).sorted()
  }

  private func requirements(in context: CheckContext) -> [(specifiers: SpecifierSet, location: Location)] {
    folders(of: context).flatMap { folder in
      inProject(folder.appending("pyproject.toml"), context) + inSetup(folder.appending("setup.cfg"), context)
    }
  }

  private func inProject(_ path: SourcePath, _ context: CheckContext) -> [(
    specifiers: SpecifierSet, location: Location
  )] {
    guard let bytes = context.code.bytes(of: path), let document = try? TOMLReader.read(bytes) else { return [] }
    let standard = document["project"]?["requires-python"]
    let poetry = document["tool"]?["poetry"]?["dependencies"]?["python"]
    return [
      standard.flatMap { node in node.string.flatMap { SpecifierSet($0) }.map { ($0, node) } },
      poetry.flatMap { node in node.string.flatMap { SpecifierSet(poetry: $0) }.map { ($0, node) } },
    ].compactMap(\.self).map { specifiers, node in
      (specifiers, Location(path: path, line: node.place.line, column: node.place.column))
    }
  }

  private func inSetup(_ path: SourcePath, _ context: CheckContext) -> [(specifiers: SpecifierSet, location: Location)]
  {
    guard let text = context.code.text(of: path),
      let entry = ConfigParserFile(text).entry("options", "python_requires"), let line = entry.lines.first,
      let specifiers = SpecifierSet(entry.value)
    else { return [] }
    return [(specifiers, Location(path: path, line: line.line, column: line.column))]
  }

  private func declared(in context: CheckContext) -> [Named] {
    var found: [Named] = []
    for folder in folders(of: context) {
      for name in [".python-version", "runtime.txt"] {
        let path = folder.appending(name)
        guard let text = context.code.text(of: path) else { continue }
        for (number, line) in zip(1..., text.split(separator: "\n")) {
          let word = line.prefix { !$0.isWhitespace && $0 != "#" }
          if let version = Self.version(word) {
            found.append(
              Named(version: version, subject: name, location: Location(path: path, line: number, column: 1)))
            break
          }
        }
      }
      let pipfile = folder.appending("Pipfile")
      if let bytes = context.code.bytes(of: pipfile), let document = try? TOMLReader.read(bytes),
        let node = document["requires"]?["python_full_version"] ?? document["requires"]?["python_version"],
        let version = node.string.flatMap({ Self.version($0[...]) })
      {
        let place = Location(path: pipfile, line: node.place.line, column: node.place.column)
        found.append(Named(version: version, subject: "Pipfile", location: place))
      }
    }
    return found + images(in: context)
  }

  /// `3.12`, `3.12.1`, `python-3.12.1`, `cpython-3.12`; nil for a name of anything else.
  private static func version(_ text: Substring) -> Version? {
    let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    let prefix = text.prefix { !$0.isNumber }
    guard ["", "python-", "cpython-", "cpython@"].contains(prefix), let version = Version(String(digits)),
      version.release.count > 1
    else { return nil }
    return version
  }

  /// What shows that an image is for the project.
  private static let installs = [
    "manage.py", "requirements", "gunicorn", "uwsgi", "poetry", "uv sync", "uv pip", "pipenv", "pip install .",
    "pyproject",
  ]

  /// Whether a Dockerfile lies where a project has its own, and not in a service with manifests of its own.
  private func isOwn(_ path: SourcePath, in context: CheckContext) -> Bool {
    let isService =
      context.project.tree.projectFolders.contains(path.parent) && !folders(of: context).contains(path.parent)
    return path.components.count < 4 && !path.isInHiddenFolder && !path.isMaterial && !isService
  }

  /// `FROM python:3.8-slim`
  private func images(in context: CheckContext) -> [Named] {
    context.project.tree.processFiles.filter { $0.kind == .dockerfile && isOwn($0.path, in: context) }.flatMap { file in
      guard let text = context.code.text(of: file.path), Self.installs.contains(where: { text.contains($0) }) else {
        return [] as [Named]
      }
      return zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false)).compactMap { number, line in
        let words = line.split { $0.isWhitespace }
        guard words.first?.uppercased() == "FROM",
          let image = words.dropFirst().first(where: { !$0.hasPrefix("--") })?.split(separator: "/").last,
          image.hasPrefix("python:"), let version = Self.version(image.dropFirst(7).prefix { $0 != "-" })
        else { return nil }
        return Named(
          version: version, subject: Escaping.text(String(image)),
          location: Location(path: file.path, line: number, column: 1))
      }
    }
  }
}
