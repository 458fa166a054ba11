package import Diagnostics
package import Packaging
import Project
package import PythonEnvironment

extension DeclarationComparison {
  /// Compares the manifest that the sources of the project in `root` give with what is declared.
  ///
  /// What `graph` knows decides between missing and transitive. A requirement is unused only when no import, no string, no
  /// process file and no other distribution that is used gives it a purpose. `markers` are those of the project's
  /// environment, nil when it is not known.
  package init(
    of manifest: Manifest, with declared: DeclaredDependencies, _ graph: DependencyGraph,
    installed: InstalledDistributions, markers: MarkerEnvironment?, below root: SourcePath
  ) {
    let judge = DeclarationJudge(manifest, declared, graph, installed, markers)
    var differences = judge.withoutInstalled(manifest.requirements.compactMap(judge.difference), below: root)
    differences += judge.unusedOnes(bringing: Set(differences.compactMap(\.chain.first)), below: root)
    differences += judge.forTestsAlone(below: root)
    self.differences = differences.sorted { left, right in
      if left.location != right.location { return left.location < right.location }
      return left.name < right.name
    }
    unresolved = manifest.unresolved.filter { !judge.isDeclared(module: $0.module) }.map {
      ($0.module, Array($0.evidence))
    }
    declaredCount = judge.declaredNames.count
    neededCount = manifest.requirements.count
  }
}
