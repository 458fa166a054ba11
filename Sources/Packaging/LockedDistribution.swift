/// One distribution of a lock that a tool generated, with what it needs as far as the lock tells.
package struct LockedDistribution: Hashable, Sendable {
  /// "a needs b".
  package struct Need: Hashable, Sendable {
    package let name: PackageName
    /// The extras that are asked of it, normalised.
    package let extras: [String]
    /// The extra that must be asked of the distribution itself for this to count; nil when it always does.
    package let forExtra: String?

    package init(_ name: PackageName, extras: [String] = [], forExtra: String? = nil) {
      self.name = name
      self.extras = extras
      self.forExtra = forExtra
    }
  }

  package let name: PackageName
  /// As the lock writes it.
  package let version: String?
  /// Where it stands in the lock, from 1.
  package let line: Int
  package internal(set) var needs: [Need]

  package init(name: PackageName, version: String?, line: Int, needs: [Need] = []) {
    self.name = name
    self.version = version
    self.line = line
    self.needs = needs
  }
}
