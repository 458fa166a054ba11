package import Packaging

/// A bill of materials in the JSON form of CycloneDX 1.6, for tools that look for vulnerable or unwanted distributions.
///
/// The same components give the same bytes. So there is no serial number, which has to be new for every document, and a
/// time only where the caller was told one: both as `cyclonedx-py --output-reproducible` does it, and
/// `cdx:reproducible` says so.
/// Source: https://cyclonedx.org/docs/1.6/json/
package struct CycloneDX: Sendable {
  /// What the components were put together for.
  package struct Root: Sendable {
    package let name: String
    package let version: String?
    /// What it needs itself.
    package let dependencies: [PackageName]

    package init(name: String, version: String?, dependencies: [PackageName]) {
      self.name = name
      self.version = version
      self.dependencies = dependencies
    }
  }

  private let root: Root
  private let components: [(reference: String, component: CycloneDXComponent)]
  private let toolVersion: String
  private let timestamp: Int?

  /// `toolVersion` is envtool's; `timestamp` is SOURCE_DATE_EPOCH, in seconds since 1970, when it is set.
  ///
  /// Two components that cannot be told apart are written once.
  package init(root: Root, components: [CycloneDXComponent], toolVersion: String, timestamp: Int? = nil) {
    self.root = root
    self.toolVersion = toolVersion
    self.timestamp = timestamp
    let named = components.map { (reference: $0.reference, component: $0) }
      .sorted { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
    self.components = named.reduce(into: []) { kept, next in
      if kept.last?.reference != next.reference { kept.append(next) }
    }
  }

  /// The document, with a final line end.
  package var text: String { json.text + "\n" }

  private static let rootReference = "root-component"

  private var json: JSONValue {
    .object([
      ("$schema", .string("http://cyclonedx.org/schema/bom-1.6.schema.json")),
      ("bomFormat", .string("CycloneDX")),
      ("specVersion", .string("1.6")),
      ("version", .number(1)),
      ("metadata", metadata),
      ("components", .array(components.map { $0.component.json(reference: $0.reference) })),
      ("dependencies", dependencies),
    ])
  }

  private var metadata: JSONValue {
    var entries: [(key: String, value: JSONValue)] = []
    if let text = timestamp.flatMap({ UTCTime(secondsSince1970: $0) })?.text {
      entries.append(("timestamp", .string(text)))
    }
    let tool: [(key: String, value: JSONValue)] = [
      ("type", .string("application")), ("name", .string("envtool")), ("version", .string(toolVersion)),
    ]
    entries.append(("tools", .object([("components", .array([.object(tool)]))])))
    var project: [(key: String, value: JSONValue)] = [
      ("type", .string("application")), ("bom-ref", .string(Self.rootReference)), ("name", .string(root.name)),
    ]
    if let version = root.version { project.append(("version", .string(version))) }
    entries.append(("component", .object(project)))
    entries.append(("properties", .array([.property("cdx:reproducible", "true")])))
    return .object(entries)
  }

  /// Every reference, sorted, with what it depends on.
  private var dependencies: JSONValue {
    var references: [PackageName: [String]] = [:]
    for (reference, component) in components { references[component.name, default: []].append(reference) }
    var edges = components.map { (reference: $0.reference, names: $0.component.dependencies) }
    edges.append((Self.rootReference, root.dependencies))
    edges.sort { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
    return .array(
      edges.map { edge in
        let needed = Set(edge.names.flatMap { references[$0] ?? [] }).subtracting([edge.reference])
        var entry: [(key: String, value: JSONValue)] = [("ref", .string(edge.reference))]
        if !needed.isEmpty {
          let sorted = needed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
          entry.append(("dependsOn", .array(sorted.map { .string($0) })))
        }
        return .object(entry)
      })
  }
}

extension JSONValue {
  static func property(_ name: String, _ value: String) -> JSONValue {
    .object([("name", .string(name)), ("value", .string(value))])
  }
}
