internal import ConfigFormats
internal import Diagnostics

extension LockedPackage {
  init(_ node: ConfigNode) throws(ConfigError) {
    let text = try node.required("name", node.string("name"))
    guard let name = PackageName(text), name.normalized == text else {
      throw ConfigError(at: node["name"]?.place ?? node.place, "`\(Escaping.text(text))` is no normalised name")
    }
    self.init(name: name)
    if let text = try node.string("version") {
      guard let version = Version(text) else {
        throw ConfigError(
          at: node["version"]?.place ?? node.place, "`\(Escaping.text(text))` is no version of PEP 440")
      }
      self.version = version
    }
    if try node.string("marker") != nil { marker = try node["marker"]?.marker() }
    requiresPython = try node.specifiers("requires-python")
    dependencies = try node.tableNodes("dependencies")?.compactMap(\.table)
    repository = try Repository(node.tableNode("vcs"))
    directory = try Directory(node.tableNode("directory"))
    archive = try Archive(node.tableNode("archive"))
    index = try node.string("index")
    sdist = try File(node.tableNode("sdist"))
    if let nodes = try node.tableNodes("wheels") {
      var files: [File] = []
      for node in nodes { if let file = try File(node) { files.append(file) } }
      wheels = files
    }
    attestationIdentities = try Self.attestations(node)
    tool = try node.tableNode("tool")?.table
    try checkSources(node)
    try checkFileNames(node)
  }

  private static func attestations(_ node: ConfigNode) throws(ConfigError) -> [ConfigTable]? {
    let nodes = try node.tableNodes("attestation-identities")
    for node in nodes ?? [] { _ = try node.required("kind", node.string("kind")) }
    return nodes?.compactMap(\.table)
  }

  /// One way to get it, no two.
  private func checkSources(_ node: ConfigNode) throws(ConfigError) {
    let isFromIndex = sdist != nil || !(wheels ?? []).isEmpty
    let direct = [repository != nil, directory != nil, archive != nil].count { $0 }
    if isFromIndex, direct > 0 {
      throw ConfigError(at: node.place, "`\(name)` has sdist or wheels, so it can have no vcs, directory or archive")
    }
    if !isFromIndex, direct != 1 {
      throw ConfigError(
        at: node.place, "`\(name)` needs sdist or wheels, or exactly one of vcs, directory and archive")
    }
  }

  private func checkFileNames(_ node: ConfigNode) throws(ConfigError) {
    for (file, wheel) in zip(wheels ?? [], node["wheels"]?.array ?? []) {
      let parsed = WheelName(file.fileName)
      try check(parsed.map { ($0.name, $0.version) }, of: file, at: wheel.place, "a wheel")
    }
    if let sdist, let place = node["sdist"]?.place {
      let parsed = SdistName(sdist.fileName)
      try check(parsed.map { ($0.name, $0.version) }, of: sdist, at: place, "an sdist")
    }
  }

  private func check(
    _ parsed: (name: String, version: Version)?, of file: File, at place: ConfigPlace, _ kind: String
  ) throws(ConfigError) {
    let shown = Escaping.text(file.fileName)
    guard let parsed else { throw ConfigError(at: place, "`\(shown)` is no name of \(kind)") }
    if parsed.name != name.normalized { throw ConfigError(at: place, "`\(shown)` is no file of `\(name)`") }
    if let version, parsed.version != version {
      throw ConfigError(at: place, "`\(shown)` is not version \(version) of `\(name)`")
    }
  }
}

extension LockedPackage.Repository {
  fileprivate init?(_ node: ConfigNode?) throws(ConfigError) {
    guard let node else { return nil }
    self.init(
      type: try node.required("type", node.string("type")), url: try node.string("url"),
      commitID: try node.required("commit-id", node.string("commit-id")))
    path = try node.string("path")
    requestedRevision = try node.string("requested-revision")
    subdirectory = try node.string("subdirectory")
    try node.requireLocation()
  }
}

extension LockedPackage.Directory {
  fileprivate init?(_ node: ConfigNode?) throws(ConfigError) {
    guard let node else { return nil }
    self.init(path: try node.required("path", node.string("path")), editable: try node.boolean("editable"))
    subdirectory = try node.string("subdirectory")
  }
}

extension LockedPackage.Archive {
  fileprivate init?(_ node: ConfigNode?) throws(ConfigError) {
    guard let node else { return nil }
    self.init(url: try node.string("url"), hashes: try node.hashes())
    path = try node.string("path")
    size = try node.integer("size")
    uploadTime = try node.dateTime("upload-time")
    subdirectory = try node.string("subdirectory")
    try node.requireLocation()
  }
}

extension LockedPackage.File {
  fileprivate init?(_ node: ConfigNode?) throws(ConfigError) {
    guard let node else { return nil }
    self.init(name: try node.string("name"), url: try node.string("url"), hashes: try node.hashes())
    uploadTime = try node.dateTime("upload-time")
    path = try node.string("path")
    size = try node.integer("size")
    try node.requireLocation()
  }
}

extension ConfigNode {
  fileprivate func requireLocation() throws(ConfigError) {
    if (try string("url") ?? "").isEmpty, (try string("path") ?? "").isEmpty {
      throw ConfigError(at: place, "`url` or `path` is missing")
    }
  }

  fileprivate func hashes() throws(ConfigError) -> [String: String] {
    let node = try required("hashes", tableNode("hashes"))
    let entries = node.table?.entries ?? []
    if entries.isEmpty { throw ConfigError(at: node.place, "`hashes` is empty") }
    var hashes: [String: String] = [:]
    for entry in entries {
      guard let digest = entry.value.string else {
        throw ConfigError(at: entry.value.place, "a hash must be a string, not \(entry.value.kindName)")
      }
      hashes[entry.key] = digest
    }
    return hashes
  }

  fileprivate func dateTime(_ key: String) throws(ConfigError) -> String? {
    guard let node = self[key] else { return nil }
    guard case .time(let kind, let text) = node.value, kind == .offsetDateTime || kind == .localDateTime else {
      throw ConfigError(at: node.place, "`\(key)` must be a date-time, not \(node.kindName)")
    }
    return text
  }
}
