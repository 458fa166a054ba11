import Packaging

/// A purl: the name by which a distribution is looked up in lists of vulnerabilities.
///
/// `pkg:pypi/django@5.2`, and with a place of its own `pkg:pypi/lib@1.0?vcs_url=git%2Bhttps://host/lib%40abc`.
/// Sources: https://github.com/package-url/purl-spec/blob/main/purl-specification.md and its types/pypi-definition.md
struct PackageURL {
  let text: String

  /// `qualifier` is a key of the specification with its value as it is, not encoded.
  init(name: PackageName, version: String, qualifier: (key: String, value: String)? = nil) {
    var text = "pkg:pypi/" + PackageURL.encoded(name.normalized)
    if !version.isEmpty { text += "@" + PackageURL.encoded(version) }
    if let qualifier { text += "?\(qualifier.key)=" + PackageURL.encoded(qualifier.value, keepingSlashes: true) }
    self.text = text
  }

  private static func encoded(_ text: String, keepingSlashes: Bool = false) -> String {
    Percent.encoded(text.utf8) { byte in
      Percent.isUnreserved(byte) || byte == UInt8(ascii: ":") || keepingSlashes && byte == UInt8(ascii: "/")
    }
  }
}
