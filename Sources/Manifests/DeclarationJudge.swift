import Diagnostics
import Knowledge
import Packaging
import Project
import PythonEnvironment

/// Decides about each requirement and each declaration.
struct DeclarationJudge {
  typealias Entry = DeclaredDependencies.Entry
  typealias Kind = DeclarationRole.Kind

  let manifest: Manifest
  let declared: DeclaredDependencies
  let graph: DependencyGraph
  let installed: InstalledDistributions
  let markers: MarkerEnvironment?
  let entries: [PackageName: [Entry]]
  let roles: Set<Kind>
  /// What the declared ones bring, and what brings it.
  let closure: [PackageName: PackageName?]
  /// What declared ones need, each with those that do: as they are asked for, or with an extra that nobody asks for.
  let needers: [PackageName: [(name: PackageName, isAsked: Bool)]]
  /// The modules of declared distributions by the table.
  let tableModules: [PackageName: [String]]
  /// The file that a requirement is best added to.
  let home: SourcePath

  init(
    _ manifest: Manifest, _ declared: DeclaredDependencies, _ graph: DependencyGraph,
    _ installed: InstalledDistributions, _ markers: MarkerEnvironment?
  ) {
    self.manifest = manifest
    self.declared = declared
    self.graph = graph
    self.installed = installed
    self.markers = markers
    let asking = declared.entries.filter { $0.role.kind != .constraint }
    entries = Dictionary(grouping: asking, by: \.name)
    roles = Set(asking.map(\.role.kind))
    closure = graph.closure(of: asking.map { ($0.name, $0.requirement.extras) })
    needers = Self.needers(of: entries, graph)
    tableModules = ModuleTable.modules(of: Set(asking.map(\.name)))
    home = asking.first { $0.role.kind == .runtime }?.location.path ?? declared.files.first ?? "requirements.txt"
  }

  private static func needers(
    of entries: [PackageName: [Entry]], _ graph: DependencyGraph
  ) -> [PackageName: [(name: PackageName, isAsked: Bool)]] {
    var needers: [PackageName: [(name: PackageName, isAsked: Bool)]] = [:]
    for (name, found) in entries {
      let asked = graph.needs(of: name, extras: found.flatMap(\.requirement.extras))
      for need in asked where need.name != name { needers[need.name, default: []].append((name, true)) }
      for need in graph[name]?.needs ?? [] where need.name != name {
        needers[need.name, default: []].append((name, false))
      }
    }
    return needers
  }

  var declaredNames: Set<PackageName> { Set(entries.keys) }

  func modules(of name: PackageName) -> [String] {
    (installed[name]?.topLevelModules() ?? []) + (tableModules[name] ?? [])
  }

  /// The distributions that the table has for its modules: another one may be declared.
  func providers(of requirement: RequirementEntry) -> [PackageName] {
    requirement.modules.flatMap { ModuleTable.distributions(providing: $0) }
  }

  /// Whether the marker may hold for the project; what cannot be told does not.
  func holds(_ marker: Marker?) -> Bool {
    guard let marker else { return true }
    return markers.map { marker.evaluate(in: $0) } ?? false
  }

  static func places(_ evidence: some Collection<Evidence>) -> String {
    guard let first = evidence.first else { return "" }
    let more = Set(evidence.map(\.location)).count - 1
    let further = more > 0 ? " and in \(more) more \(more == 1 ? "place" : "places")" : ""
    return "`\(Escaping.text(first.text))` here\(further)"
  }

  static func place(_ location: Location) -> String {
    Location(path: location.path, line: location.line).description
  }
}
