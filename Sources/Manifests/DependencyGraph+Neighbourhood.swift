package import Packaging

extension DependencyGraph {
  /// "A needs B", with the extra of A that asks for it.
  package struct Arrow: Hashable, Sendable {
    package let from: PackageName
    package let to: PackageName
    package let forExtra: String?
  }

  /// Everything that leads to `name`, and everything that it leads to, as far as `limit` distributions; sorted. What an
  /// extra alone brings counts when it is among `extras` of `name`, or when what it brings is in an environment or lock.
  package func neighbourhood(of name: PackageName, extras: [String] = [], limit: Int = 2000) -> [Arrow] {
    var arrows: Set<Arrow> = []
    var seen: Set<PackageName> = [name]
    var pending = [name]
    while let next = pending.popLast(), seen.count < limit {
      for need in needs(of: next, extras: next == name ? extras : []) {
        arrows.insert(Arrow(from: next, to: need.name, forExtra: need.forExtra))
        if seen.insert(need.name).inserted { pending.append(need.name) }
      }
    }
    seen = [name]
    pending = [name]
    while let next = pending.popLast(), seen.count < limit {
      for (other, extra) in dependents(of: next) where extra == nil {
        arrows.insert(Arrow(from: other, to: next, forExtra: extra))
        if seen.insert(other).inserted { pending.append(other) }
      }
    }
    return arrows.sorted { ($0.from, $0.to, $0.forExtra ?? "") < ($1.from, $1.to, $1.forExtra ?? "") }
  }
}
