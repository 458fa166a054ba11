package import Host
package import Packaging
package import Project

/// The names in a project's manifests and locks, as proof of what provides a module.
///
/// That a distribution is called like a module proves nothing, unless the project itself installs it.
package struct DeclaredNames: Sendable {
  /// What the manifests declare.
  package private(set) var names: Set<PackageName> = []
  /// What the locks hold.
  package private(set) var locked: Set<PackageName> = []
  /// The extras that the manifests ask for.
  package private(set) var extras: [PackageName: Set<String>] = [:]
  /// The version that the locks agree on.
  package private(set) var versions: [PackageName: String] = [:]
  /// What the projects say of the Python that they run on.
  private var pythons: [SpecifierSet] = []
  private var providers: [String: (name: PackageName, proof: Proof)] = [:]

  /// No manifest at all.
  package init() {}

  package init(of tree: ProjectTree, host: Host) {
    self.init(DeclaredDependencies(of: tree.root, folders: tree.projectFolders, host: host))
  }

  package init(_ declared: DeclaredDependencies) {
    for entry in declared.entries where !entry.isConda {
      names.insert(entry.name)
      if !entry.requirement.extras.isEmpty { extras[entry.name, default: []].formUnion(entry.requirement.extras) }
    }
    pythons = declared.pythons
    if declared.locks.isEmpty && names.isEmpty { return }
    locked = Set(declared.locks.flatMap(\.distributions).map(\.name)).subtracting(declared.projects)
    let versions = Dictionary(grouping: declared.locks.flatMap(\.distributions), by: \.name)
    for (name, found) in versions {
      let known = Set(found.compactMap(\.version))
      if known.count == 1 { self.versions[name] = known.first }
    }
    for (found, proof) in [(names, Proof.declared), (locked.subtracting(names), .lock)] {
      for name in found.sorted() {
        for module in Self.modules(of: name) where providers[module] == nil { providers[module] = (name, proof) }
      }
    }
  }

  /// Whether the project runs on a Python 3 older than that minor version; nil when it does not say.
  func runsOnPython(below minor: Int) -> Bool? {
    if pythons.isEmpty { return nil }
    return (0..<minor).contains { older in
      pythons.contains { $0.contains(text: "3.\(older).99", prereleases: false) }
    }
  }

  /// How the project itself names a distribution; nil when it does not.
  func proof(of name: PackageName) -> Proof? {
    names.contains(name) ? .declared : locked.contains(name) ? .lock : nil
  }

  /// The distribution that the project names and whose name tells that it provides the top-level module.
  func provider(of module: String) -> (name: PackageName, proof: Proof)? { providers[module.lowercased()] }

  /// The modules that a distribution of that name has by habit: `foo_bar`, `django_foo` and `foo` for `django-foo`.
  private static func modules(of name: PackageName) -> [String] {
    func module(_ name: some StringProtocol) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }
    let text = name.normalized
    var modules = [module(text)]
    for prefix in ["django-", "flask-", "fastapi-", "python-", "py-", "py"] where text.hasPrefix(prefix) {
      modules.append(module(text.dropFirst(prefix.count)))
    }
    for suffix in ["-python", "-py", "-client"] where text.hasSuffix(suffix) {
      modules.append(module(text.dropLast(suffix.count)))
    }
    return modules.filter { !$0.isEmpty }
  }
}
