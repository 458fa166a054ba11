package import Diagnostics
import Knowledge
package import Packaging
package import PythonEnvironment

/// Which distribution needs which, as an environment, else the locks, else the table of well-known distributions tell.
package struct DependencyGraph: Sendable {
  package typealias Need = LockedDistribution.Need

  /// Where it is known from, the strongest first.
  package enum Source: Hashable, Sendable {
    case environment
    case lock(SourcePath)
    case table
  }

  package struct Node: Sendable {
    package let version: String?
    /// Sorted by name; what any of its extras brings is among them.
    package let needs: [Need]
    package let source: Source
  }

  private var nodes: [PackageName: Node] = [:]

  /// `markers` are those of the environment: what is not needed there is left out.
  package init(
    locks: [DeclaredDependencies.Lock] = [], installed: InstalledDistributions = InstalledDistributions(),
    markers: MarkerEnvironment? = nil
  ) {
    for distribution in installed.all {
      guard let metadata = try? distribution.metadata() else { continue }
      add(distribution.name, distribution.version, Self.needs(metadata, markers), .environment)
    }
    for lock in locks {
      for distribution in lock.distributions where nodes[distribution.name] == nil {
        add(distribution.name, distribution.version, distribution.needs, .lock(lock.path))
      }
    }
  }

  private mutating func add(_ name: PackageName, _ version: String?, _ needs: [Need], _ source: Source) {
    let sorted = Set(needs).sorted { ($0.name, $0.forExtra ?? "") < ($1.name, $1.forExtra ?? "") }
    nodes[name] = Node(version: version, needs: sorted, source: source)
  }

  private static func needs(_ metadata: CoreMetadata, _ markers: MarkerEnvironment?) -> [Need] {
    metadata.requiresDist.flatMap { requirement -> [Need] in
      func need(_ extra: String?) -> Need { Need(requirement.name, extras: requirement.extras, forExtra: extra) }
      guard let marker = requirement.marker, let markers else { return [need(nil)] }
      if marker.evaluate(in: markers, extras: []) { return [need(nil)] }
      return extras(of: marker).filter { marker.evaluate(in: markers, extras: [$0]) }.map(need)
    }
  }

  /// The extras that a marker speaks of, normalised, sorted.
  private static func extras(of marker: Marker) -> [String] {
    let names = marker.comparisons.compactMap { comparison -> String? in
      switch (comparison.left, comparison.right) {
      case (.variable(.extra), .literal(let name)), (.literal(let name), .variable(.extra)): PackageName.normalize(name)
      default: nil
      }
    }
    return Set(names).sorted()
  }

  /// What is known of a distribution; nil when nothing is.
  package subscript(name: PackageName) -> Node? {
    if let node = nodes[name] { return node }
    let known = DistributionTable.needs(of: name)
    return known.isEmpty ? nil : Node(version: nil, needs: known.map { Need($0) }, source: .table)
  }

  /// The names that an environment or a lock holds, sorted.
  package var names: [PackageName] { nodes.keys.sorted() }

  /// What `name` with these extras needs, sorted by name; what an extra brings by the table is among it.
  package func needs(of name: PackageName, extras: [String] = []) -> [Need] {
    let node = self[name]
    var found = (node?.needs ?? []).filter { $0.forExtra.map(extras.contains) ?? true }
    for extra in extras where !(node?.needs ?? []).contains(where: { $0.forExtra == extra }) {
      found += DistributionTable.brought(by: extra, of: name).map { Need($0, forExtra: extra) }
    }
    return found
  }

  /// The distributions that need `name`, sorted; with one of their extras only when that is told.
  package func dependents(of name: PackageName) -> [(name: PackageName, forExtra: String?)] {
    nodes.keys.sorted().flatMap { other in
      (nodes[other]?.needs ?? []).filter { $0.name == name }.map { (other, $0.forExtra) }
    }
  }

  /// Everything that `roots` lead to, each with the distribution by which it is reached first; the roots have none.
  package func closure(of roots: [(name: PackageName, extras: [String])]) -> [PackageName: PackageName?] {
    struct Visit: Hashable {
      let name: PackageName
      let extra: String?
    }
    var via: [PackageName: PackageName?] = [:]
    var visited: Set<Visit> = []
    var pending: [(name: PackageName, extras: [String])] = []
    for root in roots {
      via[root.name] = .some(nil)
      pending.append(root)
    }
    var next = 0
    while next < pending.count {
      let (name, extras) = pending[next]
      next += 1
      let fresh = extras.filter { visited.insert(Visit(name: name, extra: $0)).inserted }
      let isFirst = visited.insert(Visit(name: name, extra: nil)).inserted
      for need in needs(of: name, extras: fresh) where isFirst || need.forExtra != nil {
        if via[need.name] == nil { via[need.name] = .some(name) }
        pending.append((need.name, need.extras))
      }
    }
    return via
  }
}
