import ConfigFormats
package import Diagnostics
package import Host
package import Packaging

/// A lock that somebody wrote to a file: pylock.toml, or a requirements file in which every line is a pin.
package struct LockedFile: Sendable {
  /// As it was named or found.
  package let path: SourcePath
  /// In the order of the file.
  package let pins: [LockedPin]
  /// What the file as a whole asks of the Python; nil when it does not say.
  package let requiresPython: SpecifierSet?
  /// What was passed over.
  package let findings: [Finding]

  /// Reads `path`, which starts at `folder`; a name that ends with `.toml` is a lock of PEP 751.
  package init(_ path: SourcePath, in folder: SourcePath, host: Host) throws(Finding) {
    self.path = path
    if path.name.hasSuffix(".toml") {
      (pins, requiresPython, findings) = try Self.pylock(path, in: folder)
    } else {
      let tree = try RequirementsTree(path, in: folder, host: host)
      pins = try tree.requirements.map { line throws(Finding) in try Self.pin(line) }
      requiresPython = nil
      findings = tree.findings
    }
  }

  /// The lock of the project in `folder`: requirements.lock, pylock.toml, or a requirements.txt in which every line is a
  /// pin; nil without any.
  package static func found(in folder: SourcePath, host: Host) throws(Finding) -> LockedFile? {
    for name: SourcePath in ["requirements.lock", "pylock.toml"] where Files.exists(folder.appending(name)) {
      return try LockedFile(name, in: folder, host: host)
    }
    let name: SourcePath = "requirements.txt"
    guard Files.exists(folder.appending(name)), try RequirementsTree(name, in: folder, host: host).isPinned else {
      return nil
    }
    return try LockedFile(name, in: folder, host: host)
  }

  private static func pin(_ found: RequirementsTree.Line) throws(Finding) -> LockedPin {
    let line = found.line
    let text = "\(line.isEditable ? "-e " : "")\(line.text)"
    guard let name = line.requirement?.name else {
      throw Finding(
        .error, at: found.location, "\(text) has no name to compare by", remedy: "write NAME @ URL, or #egg=NAME")
    }
    let url: String? =
      switch line.source {
      case .index: nil
      case .url(let url): url.withoutCredentials
      case .path(let path): path
      }
    return LockedPin(
      name: name, version: line.requirement?.specifiers.pinnedVersion, text: text, url: url, marker: line.marker,
      hasHashes: !line.hashes.isEmpty, location: found.location)
  }

  private static func pylock(
    _ path: SourcePath, in folder: SourcePath
  ) throws(Finding) -> (pins: [LockedPin], requiresPython: SpecifierSet?, findings: [Finding]) {
    let bytes: [UInt8]
    do { bytes = try Files.read(folder.appending(path)) } catch {
      throw Finding(.error, "cannot read \(path): \(error.reason)", remedy: "name a lock that can be read")
    }
    do {
      let lock = try LockFile(bytes: bytes)
      let lines = try TOMLReader.read(bytes)["packages"]?.array?.map(\.place.line) ?? []
      let pins = zip(lock.packages, lines).map { pin($0, at: Location(path: path, line: $1)) }
      let warning = lock.versionWarning.map { Finding(.warning, at: Location(path: path), $0) }
      return (pins, lock.requiresPython, warning.map { [$0] } ?? [])
    } catch {
      throw Finding(
        .error, at: Location(path: path, line: error.line, column: error.column), error.message,
        remedy: "make the lock anew with the tool that wrote it")
    }
  }

  private static func pin(_ package: LockedPackage, at location: Location) -> LockedPin {
    let url = package.repository.map { "\($0.type)+\($0.url ?? $0.path ?? "")@\($0.commitID)" }
    let place = url ?? package.directory?.path ?? package.archive.map { $0.url ?? $0.path ?? "" }
    let shown = place.map { "\(package.name) @ \(CredentialText($0))" }
    return LockedPin(
      name: package.name, version: place == nil ? package.version : nil,
      text: shown ?? package.version.map { "\(package.name)==\($0)" } ?? package.name.normalized,
      url: place.map { CredentialText($0).withoutCredentials }, marker: package.marker,
      requiresPython: package.requiresPython, hasHashes: true, location: location)
  }
}
