package import Packaging
package import Project
package import PythonEnvironment

/// What a project needs installed, derived from its sources.
package struct Manifest: Sendable {
  /// Sorted by name.
  package let requirements: [RequirementEntry]
  /// Modules that nothing proves to belong to a distribution, sorted by name.
  package let unresolved: [(module: String, evidence: EvidenceList)]
  /// The Python whose standard library was taken for granted; nil for that of every version.
  package let python: Version?

  /// Joins the evidence of `project` with what is installed, what its manifests and locks name, and the table of published
  /// modules.
  ///
  /// A distribution is taken because the environment or the table shows that it provides the module, never because its
  /// name equals the module's: that counts for what the project itself declares or locks alone. `python` is the project's, nil when it is not known.
  package init(
    of project: Project, installed: InstalledDistributions, declared: DeclaredNames = DeclaredNames(),
    python: Version? = nil
  ) {
    var builder = ManifestBuilder(project: project, installed: installed, declared: declared, python: python)
    builder.build()
    requirements = builder.requirements
    self.python = python
    unresolved = builder.unresolved
  }

  /// The requirements of these groups.
  package func requirements(in groups: Set<DependencyGroup>) -> [RequirementEntry] {
    requirements.filter { groups.contains($0.group) }
  }

  /// The unresolved modules that these groups need.
  package func unresolved(in groups: Set<DependencyGroup>) -> [(module: String, evidence: EvidenceList)] {
    unresolved.filter { $0.evidence.contains(anyOf: groups) }
  }
}
