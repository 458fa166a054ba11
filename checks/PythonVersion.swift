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

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let required = context.requiredPythons
    var results: [CheckResult] = []
    for named in context.namedPythons { results += judge(named, required, in: context) }
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
    let found = judge(NamedPython(version: version, subject: name, location: nil), required, in: context)
    return results + (found.isEmpty ? [CheckResult(.ok, name, "Python \(version)")] : found)
  }

  private func judge(
    _ named: NamedPython, _ required: [(specifiers: SpecifierSet, location: Location)], in context: CheckContext
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

  private func judgeDjango(_ named: NamedPython, in context: CheckContext) -> CheckResult? {
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
}
