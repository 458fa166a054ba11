package import Packaging

/// Which installed distributions provide which top-level module.
package struct ModuleProviders: Sendable {
  private let byModule: [String: [PackageName]]

  package init(_ installed: InstalledDistributions) {
    var byModule: [String: [PackageName]] = [:]
    for distribution in installed.all {
      for module in distribution.topLevelModules() { byModule[module, default: []].append(distribution.name) }
    }
    self.byModule = byModule
  }

  /// The distributions that provide `module`, by name; empty when none does.
  package func distributions(providing module: String) -> [PackageName] { byModule[module] ?? [] }
}
