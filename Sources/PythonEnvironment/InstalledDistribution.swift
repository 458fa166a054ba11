package import Diagnostics
import Host
package import Packaging

/// A distribution that is installed in an environment.
///
/// Name and version are known from the names of its files; everything else is read when it is asked for.
package struct InstalledDistribution: Sendable {
  package let name: PackageName
  /// In normal form; as its metadata writes it when that is no version.
  package let version: String
  /// Whether a requirement can name the version with `===` only, because it is none of PEP 440.
  package let hasArbitraryVersion: Bool
  let source: MetadataSource

  init(_ name: PackageName, _ version: String, hasArbitraryVersion: Bool = false, _ source: MetadataSource) {
    self.name = name
    self.version = version
    self.hasArbitraryVersion = hasArbitraryVersion
    self.source = source
  }

  /// The folder on sys.path that it was found in.
  package var location: SourcePath { source.location }

  /// Its `.dist-info` or `.egg-info` folder or file.
  package var metadataFolder: SourcePath { source.path }

  /// What it says about itself; the file is read once, up to the end of its headers.
  ///
  /// Throws a warning that names the file when it cannot be read.
  package func metadata() throws(Finding) -> CoreMetadata {
    do { return try source.metadata() } catch { throw Self.unreadable(source, error) }
  }

  /// Where it was installed from when that was no index; nil otherwise.
  package func directURL() -> DirectURL? { source.read("direct_url.json").flatMap { DirectURL(bytes: $0) } }

  static func unreadable(_ source: MetadataSource, _ error: FileError) -> Finding {
    Finding(
      .warning, at: Location(path: source.location.appending(source.file)),
      "an installed distribution has no readable metadata: \(error.reason)",
      remedy: "reinstall it, or remove \(source.path)")
  }
}
