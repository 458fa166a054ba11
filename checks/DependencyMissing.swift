import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment

/// Everything that the project imports, names in settings or starts is installed.
struct DependencyMissing: Check {
  let documentation = CheckDocumentation(
    id: "dependency-missing", area: .environment, reach: .static, severity: .error,
    title: "what the project needs is installed",
    what: """
      Compares the requirements that scan derives (imports, strings of settings, process files) with what the project's \
      environment holds.
      """,
    why: """
      A package named only by a string (a cache backend, an app, the server in an ini) is missed by import scanners and \
      fails at the first request or at deployment.
      """,
    example: "django_uwsgi.ini has [uwsgi], and uwsgi is not installed",
    remedy: "python -m pip install NAME in the project's environment")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let requirements = context.manifest.requirements(in: [.runtime])
    guard let environment = context.environment else {
      return [
        CheckResult(
          .skipped, "environment", "no virtual environment to compare with",
          remedy:
            "python3 -m venv .venv && .venv/bin/python -m pip install \(arguments(for: requirements, in: context))")
      ]
    }
    let missing = requirements.filter { $0.installedVersion == nil || lacksExtra($0, in: context) }
    let untold = unproven(in: environment, context)
    if missing.isEmpty && untold.isEmpty {
      return [CheckResult(.ok, environment.displayName, "all \(requirements.count) runtime requirements are installed")]
    }
    return missing.map { requirement in
      CheckResult(
        .error, requirement.name.normalized,
        "\(need(of: requirement.evidence[0].kind)), not installed in \(environment.displayName)"
          + (requirement.installedVersion == nil ? "" : " with all of its extras"),
        remedy: "\(context.display(environment.interpreter.path)) -m pip install \(shellWord(requirement))",
        at: requirement.evidence[0].location,
        evidence: ["kind": requirement.evidence[0].kind.rawValue, "proof": requirement.proof.rawValue])
    } + untold
  }

  /// Imports of modules that are not installed, of which nothing tells what would bring them.
  private func unproven(in environment: PythonEnvironment, _ context: CheckContext) -> [CheckResult] {
    context.manifest.unresolved(in: [.runtime]).map { module, evidence in
      CheckResult(
        .unknown, Escaping.text(module),
        "imported, not found in \(environment.displayName), and nothing proves what provides it",
        remedy: "envtool explain \(Escaping.text(module))", at: evidence.first?.location)
    }
  }

  /// Whether nothing of what an extra brings is there.
  private func lacksExtra(_ requirement: RequirementEntry, in context: CheckContext) -> Bool {
    requirement.extras.contains { extra in
      let brought = DistributionTable.brought(by: extra, of: requirement.name)
      return !brought.isEmpty && !brought.contains { context.installed[$0] != nil }
    }
  }

  /// Shells read brackets.
  private func shellWord(_ requirement: RequirementEntry) -> String {
    requirement.extras.isEmpty ? requirement.nameWithExtras : "'\(requirement.nameWithExtras)'"
  }

  private func need(of kind: EvidenceKind) -> String {
    switch kind {
    case .import, .dynamicImport: "imported"
    case .process: "started by a process file"
    case .scriptMetadata: "declared by a script"
    case .notebook: "installed by a notebook"
    case .modelField: "needed by a field of a model"
    case .urlScheme: "named by a URL"
    default: "named in the settings"
    }
  }

  /// What pip is to install: the requirements file of the project, else the names, when they are few.
  private func arguments(for requirements: [RequirementEntry], in context: CheckContext) -> String {
    let files = ["requirements.lock", "requirements.txt"].filter { context.exists(SourcePath($0)) }
    if let file = files.first { return "-r \(file)" }
    if requirements.count > 8 { return "-r requirements.txt, after `envtool scan -o requirements.txt`" }
    return requirements.isEmpty ? "django" : requirements.map(\.name.normalized).joined(separator: " ")
  }
}
