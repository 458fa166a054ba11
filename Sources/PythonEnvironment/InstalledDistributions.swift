package import Diagnostics
import Host
package import Packaging

/// Everything that is installed in an environment, by name.
package struct InstalledDistributions: Sendable {
  /// Sorted by name.
  package let all: [InstalledDistribution]
  /// What could not be read, one finding each; the rest is there all the same.
  package let findings: [Finding]
  private let byName: [PackageName: InstalledDistribution]

  /// Nothing installed.
  package init() {
    all = []
    findings = []
    byName = [:]
  }

  /// Reads the metadata of every distribution below the environment's folders; where two folders hold the same name the
  /// first wins, as it does for Python.
  package init(of environment: PythonEnvironment) {
    var byName: [PackageName: InstalledDistribution] = [:]
    var findings: [Finding] = []
    for folder in environment.sitePackages {
      let entries: [(name: SourcePath, kind: FileKind)]
      do { entries = try Files.list(folder) } catch {
        findings.append(Finding(.warning, at: Location(path: folder), error.description))
        continue
      }
      for entry in entries where Self.isMetadata(entry.name) {
        do {
          let found = try Self.read(folder.appending(entry.name))
          if byName[found.name] == nil { byName[found.name] = found }
        } catch {
          findings.append(error)
        }
      }
    }
    self.byName = byName
    self.findings = findings
    all = byName.values.sorted { $0.name < $1.name }
  }

  package subscript(name: PackageName) -> InstalledDistribution? { byName[name] }

  private static func isMetadata(_ name: SourcePath) -> Bool {
    let text = name.name
    // pip renames what it is about to remove to `~ip...` (once `-ip...`): such a leftover is not installed.
    return !text.hasPrefix("~") && !text.hasPrefix("-") && (text.hasSuffix(".dist-info") || text.hasSuffix(".egg-info"))
  }

  private static func read(_ folder: SourcePath) throws(Finding) -> InstalledDistribution {
    let isFolder = Files.kind(of: folder) == .folder
    let file = isFolder ? folder.appending(folder.name.hasSuffix(".dist-info") ? "METADATA" : "PKG-INFO") : folder
    let bytes: [UInt8]
    do { bytes = try Files.read(file) } catch {
      throw Finding(
        .warning, at: Location(path: file), "an installed distribution has no readable metadata: \(error.reason)",
        remedy: "reinstall it, or remove the folder")
    }
    guard let metadata = CoreMetadata(bytes: bytes), let name = PackageName(metadata.name) else {
      throw Finding(.warning, at: Location(path: file), "metadata without a valid name and version")
    }
    guard Version(metadata.version) != nil else {
      throw Finding(
        .warning, at: Location(path: file), "\(Escaping.text(metadata.version)) is not a version (PEP 440)",
        remedy: "reinstall \(name)")
    }
    return InstalledDistribution(name: name, version: metadata.version, metadataFolder: folder, metadata: metadata)
  }
}
