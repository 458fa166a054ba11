import Diagnostics
import Doctor
import Project
import PythonEnvironment

/// The interpreter that would run the project exists and starts.
struct InterpreterFound: Check {
  let documentation = CheckDocumentation(
    id: "interpreter-found", area: .environment, reach: .interpreter, severity: .error,
    title: "a Python interpreter for the project",
    what: """
      Looks for the interpreter as a person would choose it (--python, VIRTUAL_ENV, CONDA_PREFIX, .venv, venv or env \
      beside the project, python3 on PATH) and starts it once to ask its version.
      """,
    why: """
      Nothing else works without it, and a virtual environment that was moved or whose base Python was removed fails \
      with a message that names neither.
      """,
    example: "VIRTUAL_ENV=/srv/old/.venv with bin/python3 -> /usr/bin/python3.8, which is gone",
    remedy: "make the environment anew: python3 -m venv --clear .venv")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let interpreter = context.interpreter else {
      return [
        CheckResult(
          .error, "python3", "no virtual environment and no python3 on PATH",
          remedy: "install Python, then run `python3 -m venv .venv` in the project")
      ]
    }
    let place = context.environment?.displayName ?? "python3"
    do {
      let version = try await context.ask(interpreter, "import platform; print(platform.python_version())")
      let origin = origin(of: context, interpreter.path)
      return [
        CheckResult(
          .ok, place, "Python \(version) \(origin)",
          evidence: ["version": version, "path": interpreter.path.description])
      ]
    } catch let error as NoAnswer {
      return [CheckResult(.unknown, place, "\(error)", remedy: "give it more time: --timeout 30")]
    } catch {
      return [
        CheckResult(
          .error, place, "\(error)",
          remedy: "make the environment anew: python3 -m venv --clear \(context.environment?.displayName ?? ".venv")",
          at: Location(path: interpreter.path.relative(to: context.project.root) ?? interpreter.path))
      ]
    }
  }

  private func origin(of context: CheckContext, _ path: SourcePath) -> String {
    switch context.environment?.origin {
    case .option: "named by --python"
    case .variable(let name): "named by \(name)"
    case .besideProject: "beside the project"
    case .searchPath: "on PATH"
    case nil: "on PATH (\(path)); the project has no virtual environment"
    }
  }
}
