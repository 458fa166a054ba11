import Knowledge
package import Packaging
package import PythonEnvironment

/// Which distributions provide a module, and how that is known.
package struct ModuleResolver: Sendable {
  private let providers: ModuleProviders

  package init(installed: InstalledDistributions) { providers = ModuleProviders(installed) }

  /// The distributions that provide `module`, a dotted name, the likeliest first; nil when nothing proves any.
  package func resolve(_ module: String) -> (candidates: [PackageName], proof: Proof)? {
    let top = String(module.prefix { $0 != "." })
    let installed = providers.distributions(providing: top)
    let published = ModuleTable.distributions(providing: module)
    // That google-auth is installed proves nothing about google.cloud.storage: they share the namespace.
    if !installed.isEmpty, !ModuleTable.isAmbiguous(top) { return (installed, .environment) }
    if published.isEmpty { return nil }
    let both = published.filter(installed.contains)
    return both.isEmpty ? (published, .table) : (both, .environment)
  }
}
