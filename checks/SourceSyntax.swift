import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project
import PythonEnvironment

/// Every source can be read by the Python that would run it.
struct SourceSyntax: Check {
  let documentation = CheckDocumentation(
    id: "source-syntax", area: .source, reach: .static, severity: .error,
    title: "the sources parse",
    what: """
      Reads every Python file whole, as the project's Python would, and names the first place that it would refuse, in \
      CPython's words. That Python is the environment's, else the oldest that the manifests admit, else the one that \
      .python-version, runtime.txt, Pipfile or a Dockerfile names, else the newest that the project's Django supports. \
      Test data and templates are left out.
      """,
    why: """
      A file that does not parse fails only when it is imported: a router or a management command may lie broken until it \
      is needed, and `manage.py check` stops at the first one.
      """,
    example: "def db_for_read(self, model, **hints)    # no colon",
    remedy: "correct the statement; python -m py_compile FILE shows it too")

  /// What is judged by when no environment says more.
  private static let newest = (major: 3, minor: 15)

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let known = context.python
    let version =
      known ?? context.likelyDjango.map { ($0.newestPython.major, $0.newestPython.minor) } ?? Self.newest
    let python = "Python \(version.major).\(version.minor)"
    let (errors, untold, count) = context.project.syntaxErrors(inPython: version, isGuess: known == nil)
    if errors.isEmpty && untold.isEmpty {
      return count > 0 ? [CheckResult(.ok, "sources", "\(count) read, as \(python) reads them")] : []
    }
    let interpreter = context.environment.map { context.display($0.interpreter.path) } ?? "python3"
    return errors.map { error in
      let path = error.location?.path.description ?? ""
      return CheckResult(
        .error, path, "\(error.message) (\(python))", remedy: "\(interpreter) -m py_compile \(path)",
        at: error.location)
    }
      + untold.map { finding in
        CheckResult(
          .unknown, finding.location?.path.description ?? "",
          "whether \(python) reads it is not known: \(finding.message)",
          at: finding.location)
      }
  }
}
