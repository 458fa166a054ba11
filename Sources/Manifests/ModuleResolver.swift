import Knowledge
package import Packaging
package import PythonEnvironment

/// Which distributions provide a module, and how that is known.
package struct ModuleResolver: Sendable {
  private let providers: ModuleProviders

  package init(installed: InstalledDistributions) { providers = ModuleProviders(installed) }

  /// The distributions that provide the top-level `module`, the likeliest first; nil when nothing proves any.
  package func resolve(_ module: String) -> (candidates: [PackageName], proof: Proof)? {
    let installed = providers.distributions(providing: module)
    if !installed.isEmpty { return (installed, .environment) }
    let published = ModuleTable.distributions(providing: module)
    return published.isEmpty ? nil : (published, .table)
  }
}
