import ConfigFormats
import Diagnostics
import Host
import Project
import PythonEnvironment

/// The project as its own interpreter imports it, once for all checks that ask: in a process of its own, with a deadline and a
/// bound on its memory. What it prints reaches nobody.
package actor LiveProject {
  private let interpreter: Interpreter?
  private let project: Project
  private let host: Host
  private let isProduction: Bool
  private var task: Task<LiveReport, any Error>?

  /// How long importing may take, and how much memory its data.
  private static let timeLimit = Duration.seconds(25)
  private static let memoryLimit = 2 << 30

  init(_ project: Project, _ interpreter: Interpreter?, _ host: Host, isProduction: Bool) {
    self.project = project
    self.interpreter = interpreter
    self.host = host
    self.isProduction = isProduction
  }

  /// What importing told; throws a finding when it did not come to an end.
  package func report() async throws -> LiveReport {
    let task = task ?? Task { try await run() }
    self.task = task
    return try await task.value
  }

  private func run() async throws -> LiveReport {
    guard let settings = project.settings else { throw Finding(.error, "no Django settings found") }
    guard let interpreter else { throw Finding(.error, "there is no interpreter", remedy: "see interpreter-found") }
    let folder = project.root.appending(project.managePath?.parent ?? "")
    var environment = host.environment
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["PYTHONIOENCODING"] = "utf-8"
    let arguments = [
      "-c", LiveScript.text, project.root.description, settings.module, isProduction ? "1" : "0",
      String(Self.memoryLimit),
    ]
    let outcome = try await runChild(
      interpreter.path, arguments, environment: environment, folder: folder, by: .after(Self.timeLimit))
    do throws(ConfigError) { return try LiveReport(Array(outcome.output.utf8)) } catch {
      // Killed for its memory, or the project itself ended the process.
      let end = outcome.status.map { "with status \($0)" } ?? "by a signal"
      throw Finding(.error, "\(interpreter.path) ended \(end) while it imported the project")
    }
  }
}
