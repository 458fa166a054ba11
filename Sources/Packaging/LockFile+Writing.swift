package import ConfigFormats

extension LockFile {
  /// The file, always the same for the same value: keys in the order of the specification, packages in their own order.
  ///
  /// Throws when the value breaks a rule of the specification, with the place in the text.
  package func text() throws(ConfigError) -> String {
    var lines = [Self.line("lock-version", lockVersion.description)]
    if let environments {
      lines.append(Self.list("environments", environments.map { TOMLText.string($0.description) }))
    }
    if let requiresPython { lines.append(Self.line("requires-python", requiresPython.description)) }
    if let extras { lines.append(Self.strings("extras", extras)) }
    if let dependencyGroups { lines.append(Self.strings("dependency-groups", dependencyGroups)) }
    if let defaultGroups { lines.append(Self.strings("default-groups", defaultGroups)) }
    lines.append(Self.line("created-by", createdBy))
    if packages.isEmpty { lines.append("packages = []") }
    var text = lines.joined(separator: "\n") + "\n"
    for package in packages { text += package.section }
    if let tool { text += TOMLText.section(tool, named: ["tool"]) }
    _ = try LockFile(bytes: Array(text.utf8))
    return text
  }

  static func line(_ key: String, _ text: String) -> String { "\(key) = \(TOMLText.string(text))" }

  static func strings(_ key: String, _ texts: [String]) -> String {
    "\(key) = [\(texts.map(TOMLText.string).joined(separator: ", "))]"
  }

  /// An array with a line for each element.
  static func list(_ key: String, _ elements: [String]) -> String {
    elements.isEmpty ? "\(key) = []" : "\(key) = [\n" + elements.map { "  \($0),\n" }.joined() + "]"
  }
}

extension LockedPackage {
  fileprivate var section: String {
    var lines = ["", "[[packages]]", LockFile.line("name", name.normalized)]
    if let version { lines.append(LockFile.line("version", version.description)) }
    if let marker { lines.append(LockFile.line("marker", marker.description)) }
    if let requiresPython { lines.append(LockFile.line("requires-python", requiresPython.description)) }
    if let dependencies { lines.append(LockFile.list("dependencies", dependencies.map(TOMLText.inline))) }
    if let repository { lines.append("vcs = \(repository.inline)") }
    if let directory { lines.append("directory = \(directory.inline)") }
    if let archive { lines.append("archive = \(archive.inline)") }
    if let index { lines.append(LockFile.line("index", index)) }
    if let sdist { lines.append("sdist = \(sdist.inline)") }
    if let wheels { lines.append(LockFile.list("wheels", wheels.map(\.inline))) }
    if let attestationIdentities {
      lines.append(LockFile.list("attestation-identities", attestationIdentities.map(TOMLText.inline)))
    }
    let text = lines.joined(separator: "\n") + "\n"
    return tool.map { text + TOMLText.section($0, named: ["packages", "tool"]) } ?? text
  }
}

extension LockedPackage.Repository {
  fileprivate var inline: String {
    InlineFields([
      ("type", .string(type)), ("url", url.map { .string($0) }), ("path", path.map { .string($0) }),
      ("requested-revision", requestedRevision.map { .string($0) }), ("commit-id", .string(commitID)),
      ("subdirectory", subdirectory.map { .string($0) }),
    ]).text
  }
}

extension LockedPackage.Directory {
  fileprivate var inline: String {
    InlineFields([
      ("path", .string(path)), ("editable", editable.map { .boolean($0) }),
      ("subdirectory", subdirectory.map { .string($0) }),
    ]).text
  }
}

extension LockedPackage.Archive {
  fileprivate var inline: String {
    InlineFields([
      ("url", url.map { .string($0) }), ("path", path.map { .string($0) }),
      ("size", size.map { .integer(String($0)) }), ("upload-time", uploadTime.map { .time(.offsetDateTime, $0) }),
      ("hashes", .table(InlineFields.hashes(hashes))), ("subdirectory", subdirectory.map { .string($0) }),
    ]).text
  }
}

extension LockedPackage.File {
  fileprivate var inline: String {
    InlineFields([
      ("name", name.map { .string($0) }), ("upload-time", uploadTime.map { .time(.offsetDateTime, $0) }),
      ("url", url.map { .string($0) }), ("path", path.map { .string($0) }),
      ("size", size.map { .integer(String($0)) }), ("hashes", .table(InlineFields.hashes(hashes))),
    ]).text
  }
}

/// The fields of an inline table, of which those without a value are not written.
private struct InlineFields {
  let text: String

  init(_ fields: [(key: String, value: ConfigNode.Value?)]) {
    text = TOMLText.inline(ConfigTable(fields.compactMap { field in field.value.map { (field.key, $0) } }))
  }

  static func hashes(_ hashes: [String: String]) -> ConfigTable {
    ConfigTable(hashes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }
}
