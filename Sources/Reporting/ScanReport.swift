import Diagnostics
import Knowledge
package import Manifests
package import Packaging
package import Project

/// What `scan` prints.
package struct ScanReport: Sendable {
  /// How a known version is written behind a name.
  package typealias Pinning = VersionStyle

  let project: Project
  let manifest: Manifest
  let groups: Set<DependencyGroup>
  private let pinning: Pinning

  package init(_ manifest: Manifest, of project: Project, groups: Set<DependencyGroup>, pinning: Pinning) {
    self.manifest = manifest
    self.project = project
    self.groups = groups
    self.pinning = pinning
  }

  /// One PEP 508 line per distribution, sorted, with the final line end.
  package var requirements: String {
    manifest.requirements(in: groups).map { "\($0.nameWithExtras)\(specifier(of: $0))\n" }.joined()
  }

  /// The same for people, with what stayed unresolved in these groups.
  package var table: ScanTable {
    let entries = manifest.requirements(in: groups)
    return ScanTable(entries, specifiers: entries.map(specifier), unresolved: manifest.unresolved(in: groups))
  }

  private func specifier(of entry: RequirementEntry) -> String {
    pinning.specifier(entry.knownVersion)
  }

  /// The tables of a pyproject.toml (PEP 621, PEP 735) that hold the same lines as `requirements`.
  package var pyproject: String {
    let tables: [(header: String, lists: [(group: DependencyGroup, key: String)])] = [
      ("project", [(.runtime, "dependencies")]),
      ("project.optional-dependencies", [(.optional, "optional")]),
      ("dependency-groups", [(.typing, "typing"), (.test, "test"), (.dev, "dev")]),
      ("build-system", [(.build, "requires")]),
    ]
    return tables.compactMap { header, lists in
      let texts = lists.compactMap { list(of: $0.group, key: $0.key) }
      return texts.isEmpty ? nil : "[\(header)]\n\(texts.joined())"
    }.joined(separator: "\n")
  }

  /// `key = [...]`; nil for a group that is not asked for, or holds nothing and is not what everybody needs.
  private func list(of group: DependencyGroup, key: String) -> String? {
    guard groups.contains(group) else { return nil }
    let entries = manifest.requirements(in: [group])
    if entries.isEmpty { return group == .runtime ? "\(key) = []\n" : nil }
    // What JSON writes of text, TOML reads.
    let lines = entries.map { "    \(JSONValue.string("\($0.nameWithExtras)\(specifier(of: $0))").text),\n" }
    return "\(key) = [\n\(lines.joined())]\n"
  }

  /// The schema envtool.scan/1.
  package var json: JSONValue {
    .object([
      ("schema", .string("envtool.scan/1")),
      ("root", .path(project.root)),
      ("files", .object([("read", .number(project.filesRead)), ("partial", .array(project.partial.map(partial)))])),
      ("requirements", .array(manifest.requirements(in: groups).map(requirement))),
      (
        "unresolved",
        .array(
          manifest.unresolved.map { module, found in
            .object([("module", .string(module)), ("evidence", .array(found.map(evidence)))])
          })
      ),
      ("local", .array(project.localImports.map { .string($0) })),
    ])
  }

  private func partial(_ finding: Finding) -> JSONValue {
    .object([
      ("path", finding.location.map { .path($0.path) } ?? .null), ("line", .optional(finding.location?.line)),
      ("reason", .string(finding.message)),
    ])
  }

  private func requirement(_ entry: RequirementEntry) -> JSONValue {
    .object([
      ("name", .string(entry.name.normalized)),
      ("extras", .array(entry.extras.map { .string($0) })),
      ("specifier", .string(specifier(of: entry))),
      ("group", .string(entry.group.rawValue)),
      ("modules", .array(entry.modules.map { .string($0) })),
      ("proof", .string(entry.proof.rawValue)),
      ("alternatives", .array(entry.alternatives.map { .string($0.normalized) })),
      ("evidence", .array(entry.evidence.map(evidence))),
    ])
  }

  private func evidence(_ evidence: Evidence) -> JSONValue {
    .object([
      ("path", .path(evidence.location.path)),
      ("line", .optional(evidence.location.line)),
      ("column", .optional(evidence.location.column)),
      ("kind", .string(evidence.kind.rawValue)),
      ("text", .string(evidence.text)),
    ])
  }
}
