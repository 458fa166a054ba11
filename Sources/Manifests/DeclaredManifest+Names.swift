import Packaging

extension DeclaredManifest {
  /// Whatever it names, for whatever group.
  var names: Set<PackageName> {
    Set((roots + extras.flatMap(\.roots) + groups.flatMap(\.roots)).map(\.requirement.name))
  }
}
