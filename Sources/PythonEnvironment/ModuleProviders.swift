import Host
package import Packaging

/// Which installed distributions provide which top-level module.
package struct ModuleProviders: Sendable {
  private let byModule: [String: [PackageName]]

  package init(_ installed: InstalledDistributions) {
    var byModule: [String: [PackageName]] = [:]
    let all = installed.all
    let modules = Concurrently.map(all.count, jobs: all.count < 16 ? 1 : Concurrently.cores, state: {}) { _, index in
      all[index].topLevelModules()
    }
    for (distribution, modules) in zip(all, modules) {
      for module in modules { byModule[module, default: []].append(distribution.name) }
    }
    self.byModule = byModule
  }

  /// The distributions that provide `module`, by name; empty when none does.
  package func distributions(providing module: String) -> [PackageName] { byModule[module] ?? [] }
}
