internal import ConfigFormats

/// Where a distribution was installed from when it did not come from an index: `direct_url.json`.
///
/// Source: https://packaging.python.org/en/latest/specifications/direct-url-data-structure/
package struct DirectURL: Hashable, Sendable {
  /// What kind of place the URL names.
  package enum Source: Hashable, Sendable {
    case directory(isEditable: Bool)
    /// Hash algorithm to hexadecimal digest; may be empty.
    case archive(hashes: [String: String])
    /// `git`, `hg`, `bzr` or `svn`, and the commit that was installed.
    case repository(system: String, commit: String, requestedRevision: String?)
  }

  /// Without a password: user and password are dropped, except the user `git` and references to environment variables.
  package let url: String
  /// Whether user or password were dropped.
  package let hasHiddenCredentials: Bool
  package let source: Source
  /// The folder below the URL that holds the project.
  package let subdirectory: String?

  /// The contents of a file, or nil when they are not what the specification asks for.
  package init?(bytes: [UInt8]) {
    guard let document = try? JSONReader.read(bytes), let url = document["url"]?.string,
      let source = DirectURL.source(document)
    else { return nil }
    self.url = CredentialText(url).withoutCredentials
    hasHiddenCredentials = self.url != url
    self.source = source
    subdirectory = document["subdirectory"]?.string
  }

  /// The path of a `file://` URL; nil for any other.
  package var path: String? {
    let scheme = "file://"
    guard url.hasPrefix(scheme) else { return nil }
    return PercentEncoding.decoded(Array(url.utf8.dropFirst(scheme.utf8.count))[...])
  }

  package var isEditable: Bool { source == .directory(isEditable: true) }

  /// What a requirement writes behind `@`: `git+https://host/project@commit#subdirectory=lib`.
  package var requirementURL: String {
    var text = url
    var fragments: [String] = []
    switch source {
    case .directory: break
    case .archive(let hashes):
      if let best = ["sha512", "sha384", "sha256"].first(where: { hashes[$0] != nil }) ?? hashes.keys.sorted().first,
        let digest = hashes[best]
      {
        fragments.append("\(best)=\(digest)")
      }
    case .repository(let system, let commit, _): text = "\(system)+\(url)@\(commit)"
    }
    if let subdirectory { fragments.append("subdirectory=\(subdirectory)") }
    return fragments.isEmpty ? text : "\(text)#\(fragments.joined(separator: "&"))"
  }

  private static func source(_ document: ConfigNode) -> Source? {
    if let info = document["vcs_info"] {
      guard let system = info["vcs"]?.string, let commit = info["commit_id"]?.string else { return nil }
      return .repository(system: system, commit: commit, requestedRevision: info["requested_revision"]?.string)
    }
    if let info = document["archive_info"] {
      var hashes: [String: String] = [:]
      for entry in info["hashes"]?.table?.entries ?? [] { hashes[entry.key] = entry.value.string }
      if hashes.isEmpty, let legacy = info["hash"]?.string, let equals = legacy.firstIndex(of: "=") {
        hashes[String(legacy[..<equals])] = String(legacy[legacy.index(after: equals)...])
      }
      return .archive(hashes: hashes)
    }
    guard let info = document["dir_info"] else { return nil }
    return .directory(isEditable: info["editable"]?.boolean ?? false)
  }

  /// The path of a `file://` URL as it is written there: every byte but letters, digits, `_.-~/` as `%XX`.
  package static func percentEncoded(_ path: [UInt8]) -> String {
    var result: [UInt8] = []
    for byte in path {
      if ASCII.isAlphanumeric(byte) || "_.-~/".utf8.contains(byte) {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
