import Diagnostics
import Doctor
import Project
import PythonEnvironment

/// The project's environment can be used.
struct VenvBroken: Check {
  let documentation = CheckDocumentation(
    id: "venv-broken", area: .environment, reach: .static, severity: .error,
    title: "the environment is whole",
    what: """
      Looks at the environment that VIRTUAL_ENV names and at .venv, venv and env beside the project: whether its \
      interpreter is there, the Python that it was made with, and its scripts still name the folder that it lies in.
      """,
    why: """
      After an upgrade of the system or a moved folder the first command fails with "No such file or directory", of a file \
      that is there; scripts such as pip may quietly run another environment.
      """,
    example: ".venv/bin/python3 -> /usr/bin/python3.8, which is gone",
    remedy: "make the environment anew: python3 -m venv --clear .venv, and install into it")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    var results: [CheckResult] = []
    if let gone = goneVariable(in: context) { results.append(gone) }
    var seen: [SourcePath] = []
    let active = context.environment.flatMap { $0.origin == .searchPath ? nil : $0.prefix }
    for prefix in [active].compactMap(\.self) + context.foldersForEnvironments {
      if seen.contains(where: { context.isSameFolder($0, prefix) }) { continue }
      seen.append(prefix)
      if let damage = EnvironmentDamage(in: prefix) {
        results.append(result(damage, prefix, in: context))
      } else if context.exists(prefix.appending("pyvenv.cfg")), VirtualEnvironmentConfiguration(at: prefix) == nil {
        let file = prefix.appending("pyvenv.cfg")
        results.append(
          CheckResult(
            .unknown, context.display(prefix), "\(context.display(file)) cannot be read",
            at: Location(path: file.relative(to: context.project.root) ?? file)))
      }
    }
    return results
  }

  private func goneVariable(in context: CheckContext) -> CheckResult? {
    guard let folder = context.variable("VIRTUAL_ENV"), !context.folderExists(SourcePath(folder)),
      SourcePath(folder).isAbsolute
    else { return nil }
    return CheckResult(
      .error, "VIRTUAL_ENV", "VIRTUAL_ENV names \(Escaping.text(folder)), which is not there",
      remedy: "deactivate, or unset VIRTUAL_ENV", evidence: ["reason": "missing"])
  }

  private func result(_ damage: EnvironmentDamage, _ prefix: SourcePath, in context: CheckContext) -> CheckResult {
    let name = context.display(prefix)
    let (message, reason) =
      switch damage.kind {
      case .brokenLink(let target): ("\(display(damage, context)) leads to \(target), which is not there", "link")
      case .noInterpreter: ("\(name) has no interpreter", "interpreter")
      case .noConfiguration:
        ("\(name) has no pyvenv.cfg, so Python does not take it for an environment", "configuration")
      case .missingHome(let home): ("the Python that \(name) was made with, in \(home), is not there", "home")
      case .otherPython(let made, let now):
        (
          "\(name) was made with Python \(made), and its interpreter is Python \(now) now, which finds nothing of it",
          "version"
        )
      case .moved(let folder): ("it was made in \(folder): its scripts and activate use that folder", "moved")
      }
    let relative = damage.location.path.relative(to: context.project.root) ?? damage.location.path
    return CheckResult(
      .error, name, message, remedy: "make it anew: python3 -m venv --clear \(name), and install into it",
      at: Location(path: relative, line: damage.location.line, column: damage.location.column),
      evidence: ["reason": reason])
  }

  private func display(_ damage: EnvironmentDamage, _ context: CheckContext) -> String {
    context.display(damage.location.path)
  }
}
