import Diagnostics
import Packaging

extension CycloneDXComponent {
  /// The purl, or nil for a folder or file of this machine: what an index has under its name is another thing.
  private var packageURL: String? {
    if case .local = origin { return nil }
    return PackageURL(name: name, version: version, qualifier: origin.qualifier).text
  }

  /// What the rest of the document calls it by.
  var reference: String { packageURL ?? "\(name)==\(version)" }

  func json(reference: String) -> JSONValue {
    var entries: [(key: String, value: JSONValue)] = [
      ("type", .string("library")), ("bom-ref", .string(reference)), ("name", .string(name.normalized)),
      ("version", .string(version)),
    ]
    let hashes = files.filter { $0.url == nil }.flatMap(\.hashes).compactMap(\.json)
    if !hashes.isEmpty { entries.append(("hashes", .array(hashes))) }
    if let license { entries.append(("licenses", .array([license.json]))) }
    if let packageURL { entries.append(("purl", .string(packageURL))) }
    let references = originReferences + files.compactMap(\.json)
    if !references.isEmpty { entries.append(("externalReferences", .array(references))) }
    if let marker { entries.append(("properties", .array([.property("envtool:marker", marker)]))) }
    return .object(entries)
  }

  private var originReferences: [JSONValue] {
    switch origin {
    case .index, .local(nil): []
    case .archive(let url, let hashes): [.reference("distribution", PublicURL(url).text, hashes)]
    case .repository(_, let url, let commit, let subdirectory):
      [
        .reference(
          "vcs", PublicURL(url, fragment: commit).text,
          comment: subdirectory.map { "subdirectory \(Escaping.text($0))" })
      ]
    case .local(let path?): [.reference("distribution", PublicURL(relative: path.bytes).text)]
    }
  }
}

extension CycloneDXComponent.License {
  fileprivate var json: JSONValue {
    switch self {
    case .expression(let text): .object([("expression", .string(text))])
    case .name(let text): .object([("license", .object([("name", .string(text))]))])
    }
  }
}

extension CycloneDXComponent.File {
  /// The reference to a file whose place is known.
  fileprivate var json: JSONValue? {
    guard let url = url.map({ PublicURL($0).text }) else { return nil }
    let isSource = url.hasSuffix(".tar.gz") || url.hasSuffix(".zip")
    return .reference(isSource ? "source-distribution" : "distribution", url, hashes)
  }
}

extension CycloneDXComponent.Hash {
  /// Python's names of the algorithms that CycloneDX knows, with the number of hexadecimal digits.
  private static let algorithms: [String: (name: String, digits: Int)] = [
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64), "sha384": ("SHA-384", 96),
    "sha512": ("SHA-512", 128), "sha3_256": ("SHA3-256", 64), "sha3_384": ("SHA3-384", 96),
    "sha3_512": ("SHA3-512", 128), "blake2b": ("BLAKE2b-512", 128),
  ]

  /// Nil for an algorithm that CycloneDX does not know, and for what is no digest of it.
  fileprivate var json: JSONValue? {
    guard let (name, digits) = Self.algorithms[algorithm], digest.utf8.count == digits,
      digest.utf8.allSatisfy(Percent.isHexadecimal)
    else { return nil }
    return .object([("alg", .string(name)), ("content", .string(digest))])
  }
}

extension JSONValue {
  fileprivate static func reference(
    _ type: String, _ url: String, _ hashes: [CycloneDXComponent.Hash] = [], comment: String? = nil
  ) -> JSONValue {
    var entries: [(key: String, value: JSONValue)] = [("type", .string(type)), ("url", .string(url))]
    if let comment { entries.append(("comment", .string(comment))) }
    let known = hashes.compactMap(\.json)
    if !known.isEmpty { entries.append(("hashes", .array(known))) }
    return .object(entries)
  }
}
