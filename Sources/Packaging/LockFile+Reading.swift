// Supported: every field of pylock.toml 1.0, checked as the specification asks; unknown fields are ignored.
// Unsupported: lock-version 2 and later.

package import ConfigFormats
internal import Diagnostics

extension LockFile {
  /// Reads the file; throws where it is not TOML or not a lock file, with the place.
  package init(bytes: [UInt8]) throws(ConfigError) {
    let node = try TOMLReader.read(bytes)
    lockVersion = try Self.lockVersion(node)
    environments = try Self.environments(node)
    requiresPython = try node.specifiers("requires-python")
    extras = try Self.extras(node)
    dependencyGroups = try node.stringNodes("dependency-groups")?.compactMap(\.string)
    defaultGroups = try node.stringNodes("default-groups")?.compactMap(\.string)
    createdBy = try node.required("created-by", node.string("created-by"))
    var packages: [LockedPackage] = []
    for package in try node.required("packages", node.tableNodes("packages")) {
      packages.append(try LockedPackage(package))
    }
    self.packages = packages
    tool = try node.tableNode("tool")?.table
  }

  private static func lockVersion(_ node: ConfigNode) throws(ConfigError) -> Version {
    let text = try node.required("lock-version", node.string("lock-version"))
    let place = node["lock-version"]?.place ?? node.place
    guard let version = Version(text) else {
      throw ConfigError(at: place, "`\(Escaping.text(text))` is no version")
    }
    // A pre-release of 2 is no 1.x either.
    guard version.epoch == 0, version.release[0] == 1, version >= Version(release: [1]) else {
      throw ConfigError(at: place, "lock files of version \(version) cannot be read, only those of 1.x")
    }
    return version
  }

  private static func environments(_ node: ConfigNode) throws(ConfigError) -> [Marker]? {
    guard let nodes = try node.stringNodes("environments") else { return nil }
    var markers: [Marker] = []
    for node in nodes { markers.append(try node.marker()) }
    return markers
  }

  private static func extras(_ node: ConfigNode) throws(ConfigError) -> [String]? {
    guard let nodes = try node.stringNodes("extras") else { return nil }
    for node in nodes {
      guard let text = node.string, PackageName(text)?.normalized == text else {
        throw ConfigError(at: node.place, "`\(Escaping.text(node.string ?? ""))` is no normalised name of an extra")
      }
    }
    return nodes.compactMap(\.string)
  }
}

extension ConfigNode {
  /// The value of a member that must be there.
  func required<Value>(_ key: String, _ value: Value?) throws(ConfigError) -> Value {
    guard let value else { throw ConfigError(at: place, "`\(key)` is missing") }
    return value
  }

  func specifiers(_ key: String) throws(ConfigError) -> SpecifierSet? {
    guard let text = try string(key), let node = self[key] else { return nil }
    guard let specifiers = SpecifierSet(text) else {
      throw ConfigError(at: node.place, "`\(Escaping.text(text))` is no list of versions such as `>=3.10,<4`")
    }
    return specifiers
  }

  /// The marker that this string writes.
  func marker() throws(ConfigError) -> Marker {
    let text = string ?? ""
    do {
      return try Marker(parsing: text)
    } catch {
      throw self.error(error, in: "`\(Escaping.text(text))` is no marker")
    }
  }
}
