package import Diagnostics
import Host
package import Packaging

/// Everything that is installed in an environment, by name.
package struct InstalledDistributions: Sendable {
  /// Sorted by name.
  package let all: [InstalledDistribution]
  /// What could not be read, one finding each; the rest is there all the same.
  package let findings: [Finding]
  private let places: [PackageName: Int]
  /// The folders of sys.path, in its order.
  package let searchPath: [SourcePath]
  /// The file system that paths in the environment's files are meant in.
  let root: FileRoot
  /// Names of `.egg-link` files, without their ending.
  let eggLinks: Set<String>

  /// Nothing installed.
  package init() { self.init(InstalledListing(root: .machine)) }

  /// Lists the environment's folders and those that their `.pth` and `.egg-link` files add; where two hold the same name
  /// the first wins, as it does for Python. Metadata is read only where a file's name does not tell name and version.
  package init(of environment: PythonEnvironment) {
    var listing = InstalledListing(root: environment.root)
    for folder in environment.searchPath { listing.add(folder) }
    for folder in environment.sitePackages { listing.addSite(folder) }
    self.init(listing)
  }

  private init(_ listing: InstalledListing) {
    let all = listing.found.sorted { $0.name < $1.name }
    self.all = all
    findings = listing.findings.sorted { left, right in
      switch (left.location, right.location) {
      case (let first?, let second?) where first != second: first < second
      default: left.message < right.message
      }
    }
    searchPath = listing.searchPath
    root = listing.root
    eggLinks = listing.eggLinks
    places = Dictionary(all.indices.map { (all[$0].name, $0) }) { first, _ in first }
  }

  package subscript(name: PackageName) -> InstalledDistribution? { places[name].map { all[$0] } }

  /// Reads the metadata of everything on `jobs` threads, so that asking for it then costs nothing.
  package func readMetadata(jobs: Int) {
    Concurrently.run(all.count, jobs: jobs, state: {}) { [all] _, index in
      _ = try? all[index].source.metadata()
    } deliver: { _ in
    }
  }
}
