internal import ConfigFormats
internal import Diagnostics

/// One constraint of a dependency in `[tool.poetry]`.
///
/// Source: https://python-poetry.org/docs/dependency-specification/
struct PoetryDependency {
  let requirement: Requirement
  let localPath: String?
  let isOptional: Bool
  /// Why the requirement asks for less than the constraint: one with gaps becomes any version.
  let problem: ConfigError?

  init(_ name: String, _ node: ConfigNode, keyPlace: ConfigPlace) throws(ConfigError) {
    var parts = RequirementParts(name: name)
    let version = node.string == nil ? node["version"] : node
    problem = try Self.gap(version)
    if node.string != nil {
      parts.specifiers = try Self.specifiers(node)
      localPath = nil
      isOptional = false
    } else {
      guard node.table != nil else {
        throw ConfigError(at: node.place, "a dependency must be a string or a table, not \(node.kindName)")
      }
      parts.extras = try node.stringNodes("extras")?.compactMap(\.string) ?? []
      localPath = try Self.readSource(node, &parts)
      parts.markers = try Self.markers(node)
      isOptional = try node.boolean("optional") ?? false
    }
    requirement = try parts.requirement(at: node.table == nil ? keyPlace : node.place)
  }

  static func constraint(_ node: ConfigNode, _ text: String) throws(ConfigError) -> PoetryConstraint {
    do {
      return try PoetryConstraint(parsing: text)
    } catch {
      throw node.error(error, in: "`\(Escaping.text(text))` is no constraint of Poetry")
    }
  }

  private static func specifiers(_ node: ConfigNode) throws(ConfigError) -> String {
    try constraint(node, node.string ?? "").specifiers?.description ?? ""
  }

  private static func gap(_ node: ConfigNode?) throws(ConfigError) -> ConfigError? {
    guard let node, let text = node.string, try constraint(node, text).specifiers == nil else { return nil }
    return ConfigError(
      at: node.place, "`\(Escaping.text(text))` leaves gaps, which no requirement of PEP 508 can say")
  }

  /// Sets the version or the URL; a local path is given back instead.
  private static func readSource(_ node: ConfigNode, _ parts: inout RequirementParts) throws(ConfigError) -> String? {
    let subdirectory = try node.string("subdirectory")
    if let location = try node.string("git") {
      let reference = try node.string(firstOf: "branch", "tag", "rev")
      parts.url = RequirementParts.repository("git", location, reference: reference, subdirectory: subdirectory)
      return nil
    }
    if let path = try node.string(firstOf: "file", "path") { return path }
    if let url = try node.string("url") {
      parts.url = url + (subdirectory.map { "#subdirectory=\($0)" } ?? "")
      return nil
    }
    if try node.string("version") != nil, let version = node["version"] {
      parts.specifiers = try specifiers(version)
    }
    return nil
  }

  private static func markers(_ node: ConfigNode) throws(ConfigError) -> [String] {
    var markers: [String] = []
    if let marker = try node.string("markers"), !marker.isEmpty { markers.append(marker) }
    if let text = try node.string("python"), let python = node["python"],
      let marker = try constraint(python, text).pythonMarker
    {
      markers.append(marker)
    }
    if let platform = try node.string("platform"), !platform.isEmpty { markers.append(platformMarker(platform)) }
    return markers
  }

  /// `linux || darwin` and `!=win32` as markers.
  private static func platformMarker(_ text: String) -> String {
    let alternatives = text.utf8.split(separator: UInt8(ascii: "|")).map { alternative in
      alternative.split(separator: UInt8(ascii: ",")).map { part in
        var name = ASCII.trimmed(Array(part)[...])
        let isExcluded = name.starts(with: "!=".utf8)
        name = ASCII.trimmed(name.drop { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "=") })
        return "sys_platform \(isExcluded ? "!=" : "==") \"\(String(decoding: name, as: UTF8.self))\""
      }.joined(separator: " and ")
    }
    return alternatives.joined(separator: " or ")
  }
}
