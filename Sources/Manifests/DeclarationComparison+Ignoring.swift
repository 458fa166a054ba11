package import Diagnostics
package import Project

extension DeclarationComparison {
  /// Without what the configuration ignores, and without what comments `# envtool: ignore` do: on the line of a
  /// declaration, and on every line that needs the distribution. In brackets such a comment names the distribution or
  /// the kind of difference.
  package func leavingOutIgnored(by rules: ProjectRules, in root: SourcePath) -> DeclarationComparison {
    var comments = FileComments(root: root)
    return DeclarationComparison(
      differences: differences.filter { difference in
        if rules.ignores(difference.name) { return false }
        let places = difference.declarations.map(\.location)
        if places.contains(where: { comments.ignore(difference.name, difference.kind, at: $0) }) { return false }
        let evidence = difference.evidence.map(\.location)
        return evidence.isEmpty || !evidence.allSatisfy { comments.ignore(difference.name, difference.kind, at: $0) }
      }, unresolved: unresolved, declaredCount: declaredCount, neededCount: neededCount)
  }
}
