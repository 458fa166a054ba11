package import Project
package import PythonEnvironment

/// What a project needs installed, derived from its sources.
package struct Manifest: Sendable {
  /// Sorted by name.
  package let requirements: [RequirementEntry]
  /// Modules that nothing proves to belong to a distribution, sorted by name.
  package let unresolved: [(module: String, evidence: [Evidence])]

  /// Joins the evidence of `project` with what is installed and with the table of published modules.
  ///
  /// A distribution is taken because the environment or the table shows that it provides the module, never because its
  /// name equals the module's.
  package init(of project: Project, installed: InstalledDistributions) {
    var builder = ManifestBuilder(project: project, installed: installed)
    builder.build()
    requirements = builder.requirements
    unresolved = builder.unresolved.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The requirements of these groups.
  package func requirements(in groups: Set<DependencyGroup>) -> [RequirementEntry] {
    requirements.filter { groups.contains($0.group) }
  }
}
