package import Diagnostics
import Host
package import Packaging

/// A distribution that is installed in an environment.
package struct InstalledDistribution: Sendable {
  package let name: PackageName
  /// As its metadata writes it.
  package let version: String
  /// Its `.dist-info` or `.egg-info` folder.
  package let metadataFolder: SourcePath
  package let metadata: CoreMetadata

  /// Where it was installed from when that was no index; nil otherwise.
  package func directURL() -> DirectURL? {
    guard let bytes = try? Files.read(metadataFolder.appending("direct_url.json")) else { return nil }
    return DirectURL(bytes: bytes)
  }

  /// The top-level modules that it provides: of top_level.txt, else of RECORD; sorted.
  package func topLevelModules() -> [String] {
    if let text = try? Files.text(metadataFolder.appending("top_level.txt")) {
      let names = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty && !$0.contains("/") }
      if !names.isEmpty { return Set(names).sorted() }
    }
    guard let record = try? Files.text(metadataFolder.appending("RECORD")) else { return [] }
    var names: Set<String> = []
    for line in record.split(whereSeparator: \.isNewline) {
      if let name = moduleName(ofRecord: line) { names.insert(name) }
    }
    return names.sorted()
  }

  /// The top-level module that a line of RECORD belongs to; nil for scripts, metadata and data.
  /// https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
  private func moduleName(ofRecord line: Substring) -> String? {
    let path = line.prefix { $0 != "," }
    guard [".py", ".so", ".pyd"].contains(where: path.hasSuffix) else { return nil }
    let folder = path.prefix { $0 != "/" }
    let name = folder.count < path.count ? folder : path.prefix { $0 != "." }
    return name.isEmpty || name.contains { $0 == "." || $0 == "-" } ? nil : String(name)
  }
}
