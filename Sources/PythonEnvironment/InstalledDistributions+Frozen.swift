package import Diagnostics
import Host
import Packaging

extension InstalledDistributions {
  /// Everything as `pip freeze --all` lists it: in the order of the names as the metadata writes them, without what pip
  /// takes for parts of Python itself; with what the metadata and the records of single distributions do wrong.
  package func frozen() -> (distributions: [FrozenDistribution], findings: [Finding]) {
    var frozen: [(key: String, distribution: FrozenDistribution)] = []
    var findings: [Finding] = []
    frozen.reserveCapacity(all.count)
    var names: Set<PackageName> = []
    for distribution in all where !Self.partsOfPython.contains(distribution.name.normalized) {
      let entry = self.frozen(distribution, &findings)
      // Two folders may hold the metadata of one name; that they disagree has been told.
      guard names.insert(entry.name).inserted else { continue }
      frozen.append((entry.writtenName.lowercased(), entry))
    }
    frozen.sort { ($0.key, $0.distribution.name) < ($1.key, $1.distribution.name) }
    return (frozen.map(\.distribution), findings)
  }

  /// https://pip.pypa.io/en/stable/cli/pip_freeze/ never lists these, whoever installed them.
  private static let partsOfPython: Set = ["python", "wsgiref", "argparse"]

  /// One distribution as `pip freeze` lists it; appends what its files do wrong to `findings`.
  package func frozen(_ distribution: InstalledDistribution, _ findings: inout [Finding]) -> FrozenDistribution {
    var identity = CoreMetadata.Identity(name: nil, version: nil)
    do {
      identity = try distribution.source.identity()
      findings += disagreement(of: distribution, with: identity)
    } catch {
      // What cannot be opened has been told of when the folder was listed.
      findings +=
        error.isTooLarge
        ? [InstalledDistribution.unreadable(distribution.source, error)]
        : disagreement(of: distribution, with: identity)
    }
    let name = identity.name.flatMap { PackageName($0) }
    let written = name == nil ? distribution.name.normalized : identity.name ?? distribution.name.normalized
    var version = distribution.version
    // pip takes the version of a dist-info from its folder's name, that of an egg-info from the file.
    if distribution.source.form != .distInfo, let told = identity.version.flatMap({ Version($0) }) {
      version = told.description
    }
    return FrozenDistribution(
      name: name ?? distribution.name, writtenName: written, version: version,
      hasArbitraryVersion: distribution.hasArbitraryVersion,
      origin: origin(of: distribution, named: written, &findings))
  }

  private func disagreement(of distribution: InstalledDistribution, with identity: CoreMetadata.Identity) -> [Finding] {
    let isSame =
      identity.version == distribution.version || distribution.hasArbitraryVersion
      || identity.version.flatMap { Version($0) } == Version(distribution.version)
    if isSame, identity.name.map(PackageName.normalize) == distribution.name.normalized { return [] }
    guard distribution.source.hasMetadata else { return [] }
    let said = Escaping.text("\(identity.name ?? "no name") \(identity.version ?? "without a version")")
    return [
      Finding(
        .warning, at: Location(path: distribution.location.appending(distribution.source.file)),
        "it says \(said), its folder is called \(distribution.source.entry)", remedy: "reinstall \(distribution.name)")
    ]
  }

  private func origin(
    of distribution: InstalledDistribution, named written: String, _ findings: inout [Finding]
  ) -> InstallationOrigin {
    if let bytes = distribution.source.read("direct_url.json") {
      if let url = DirectURL(bytes: bytes) {
        guard url.isEditable, let path = url.path else { return .url(url) }
        return .editable(EditableInstall(of: SourcePath(path).normalized, in: root))
      }
      findings.append(
        Finding(
          .warning, at: Location(path: distribution.metadataFolder.appending("direct_url.json")),
          "no direct_url.json as it is specified, so \(distribution.name) counts as coming from an index",
          remedy: "reinstall \(distribution.name) from where it came"))
    }
    if !eggLinks.isEmpty, !eggLinks.isDisjoint(with: Self.eggLinkNames(of: written)) {
      return .editable(EditableInstall(of: root.written(distribution.location), in: root))
    }
    return .index
  }

  /// What the `.egg-link` of a development install may be called.
  private static func eggLinkNames(of written: String) -> [String] {
    var safe: [UInt8] = []
    for byte in written.utf8 {
      if byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: ".") {
        safe.append(byte)
      } else if safe.last != UInt8(ascii: "-") || byte == UInt8(ascii: "-") && safe.isEmpty {
        safe.append(UInt8(ascii: "-"))
      }
    }
    return [written, String(decoding: safe, as: UTF8.self)]
  }
}
