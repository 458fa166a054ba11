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
    guard let used = context.environment, used.origin != .besideProject, let own = context.environmentBeside,
      !context.isSameFolder(used.prefix, own)
    else { return [] }
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
}
