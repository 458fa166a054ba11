// Supported: [dependencies], [host-dependencies], [build-dependencies], [pypi-dependencies], and the first and last of them
//   below [feature.NAME], in pixi.toml and below [tool.pixi] of pyproject.toml; names and extras.
// Unsupported: versions, platforms ([target]), which change nothing about who is asked for.

package import ConfigFormats

/// What pixi installs for a project: names of conda, and distributions.
///
/// Source: https://pixi.sh/latest/reference/pixi_manifest/
package struct PixiManifest: Sendable {
  package struct Entry: Sendable {
    package let name: PackageName
    package let extras: [String]
    package let isConda: Bool
    package let isForBuilding: Bool
    /// The feature that asks for it; nil when everybody does.
    package let feature: String?
    /// Of the name, from 1.
    package let line: Int
    package let column: Int
  }

  /// In the order of the file.
  package private(set) var entries: [Entry] = []

  /// Reads pixi.toml, or pyproject.toml when `isPyProject`; throws when it is not TOML.
  package init(bytes: [UInt8], isPyProject: Bool) throws(ConfigError) {
    let document = try TOMLReader.read(bytes)
    guard let pixi = isPyProject ? document["tool"]?["pixi"] : document else { return }
    read(pixi, feature: nil)
    for entry in pixi["feature"]?.table?.entries ?? [] { read(entry.value, feature: entry.key) }
  }

  private mutating func read(_ node: ConfigNode, feature: String?) {
    for key in ["dependencies", "host-dependencies", "build-dependencies", "pypi-dependencies"] {
      for entry in node[key]?.table?.entries ?? [] {
        guard let name = PackageName(entry.key), name.normalized != "python", name.normalized != "pip" else { continue }
        entries.append(
          Entry(
            name: name, extras: (entry.value["extras"]?.array ?? []).compactMap(\.string),
            isConda: key != "pypi-dependencies",
            isForBuilding: key == "host-dependencies" || key == "build-dependencies",
            feature: feature, line: entry.keyPlace.line, column: entry.keyPlace.column))
      }
    }
  }
}
