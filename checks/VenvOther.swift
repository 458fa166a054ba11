import Diagnostics
import Doctor
import Project
import PythonEnvironment

/// The environment that is active is the project's own.
struct VenvOther: Check {
  let documentation = CheckDocumentation(
    id: "venv-other", area: .environment, reach: .static, severity: .warning,
    title: "the project's own environment is used",
    what: """
      Compares the environment that would be used (VIRTUAL_ENV, CONDA_PREFIX, --python) with .venv, venv or env beside the \
      project.
      """,
    why: """
      A shell in which another project's environment is active installs into that one and runs this project with its \
      packages: what works there fails elsewhere.
      """,
    example: "VIRTUAL_ENV=/srv/other/.venv, while the project has a .venv",
    remedy: "deactivate, then . .venv/bin/activate")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let used = context.environment, used.origin != .besideProject else { return [] }
    guard let own = context.environmentBeside else { return [namedInFile(used, in: context)].compactMap(\.self) }
    if context.isSameFolder(used.prefix, own) { return [] }
    let name = context.display(own)
    let by =
      switch used.origin {
      case .variable(let variable): variable
      case .option: "--python"
      default: "PATH"
      }
    return [
      CheckResult(
        .warning, used.displayName,
        "\(by) names \(used.displayName), while the project has an environment of its own, \(name)",
        remedy: by == "--python" ? "leave --python out to use \(name)" : "deactivate, then . \(name)/bin/activate",
        at: Location(path: own.relative(to: context.project.root) ?? own), evidence: ["by": by])
    ]
  }

  /// A file called .venv names an environment that lies elsewhere, as virtualenvwrapper and Pipenv keep them.
  private func namedInFile(_ used: PythonEnvironment, in context: CheckContext) -> CheckResult? {
    guard let text = context.code.text(of: ".venv"),
      let name = text.split(whereSeparator: \.isNewline).first.map({ SourcePath(String($0)) }), !name.isEmpty,
      name.name != used.prefix.name
    else { return nil }
    return CheckResult(
      .unknown, used.displayName,
      "whether \(used.displayName) is the project's is not known: .venv names \(Escaping.text(name.name))",
      at: Location(path: ".venv", line: 1, column: 1))
  }
}
