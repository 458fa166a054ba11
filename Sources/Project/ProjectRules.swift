package import Diagnostics
package import Packaging

/// What a project's configuration says of its modules and files.
package struct ProjectRules: Sendable {
  /// Distributions and modules that are never required and never reported.
  package var ignored: [String] = []
  /// The distributions that provide a dotted module and all below it, the likeliest first.
  package var providers: [String: [PackageName]] = [:]
  /// Dotted modules that are the project's own, with all below them.
  package var local: [String] = []
  /// Files and folders that the walk leaves out; as for those of .gitignore, their modules still are the project's own.
  package var exclude = IgnoreRules([])
  /// The folder that the patterns of `exclude` start at, absolute; nil for the project's.
  package var excludeFolder: SourcePath?

  /// No rules.
  package init() {}

  /// Whether a distribution is never reported.
  package func ignores(_ distribution: PackageName) -> Bool {
    ignored.contains { PackageName.normalize($0) == distribution.normalized }
  }

  /// Whether a module is never reported: its name or that of a package around it is ignored.
  package func ignores(module: String) -> Bool { ignored.contains { Self.holds($0, module) } }

  /// Whether a module is the project's own by these rules.
  package func isLocal(_ module: String) -> Bool { local.contains { Self.holds($0, module) } }

  /// The distributions that provide a module by these rules; those of the longest name that fits.
  package func providers(of module: String) -> [PackageName]? {
    if providers.isEmpty { return nil }
    var name = module[...]
    while !name.isEmpty {
      if let found = providers[String(name)] { return found }
      guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
      name = name[..<dot]
    }
    return nil
  }

  /// Whether the rules say something of any module in particular.
  package var haveEntries: Bool { !providers.isEmpty || !ignored.isEmpty }

  /// Whether the rules say something of a module in particular.
  package func haveEntry(of module: String) -> Bool { providers[module] != nil || ignored.contains(module) }

  /// Whether they say something of modules in a package.
  package func haveEntries(below package: String) -> Bool {
    (Array(providers.keys) + ignored).contains { $0 != package && Self.holds(package, $0) }
  }

  /// Whether `module` is `package` or lies in it.
  private static func holds(_ package: String, _ module: String) -> Bool {
    guard module.utf8.starts(with: package.utf8) else { return false }
    return module.utf8.count == package.utf8.count
      || module.utf8.dropFirst(package.utf8.count).first == UInt8(ascii: ".")
  }

  /// The patterns of `exclude` for a walk of `root`, an absolute path.
  func excludeStack(for root: SourcePath) -> IgnoreStack {
    let folder = excludeFolder ?? root
    return IgnoreStack().adding(exclude, above: root.relative(to: folder) ?? "")
  }
}
