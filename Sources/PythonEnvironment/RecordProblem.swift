package import Diagnostics
package import Packaging

/// A file of an installed distribution that is not as its RECORD has it.
package struct RecordProblem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Both as `sha256=...`, or as `N bytes` when the sizes tell already.
    case changed(expected: String, found: String)
    case missing
    case unreadable(reason: String)
    /// The path leads out of the environment: the file was not looked at.
    case outside
    /// The hash is none that RECORD may have, or cannot be one.
    case unverifiable(hash: String)
  }

  package let distribution: PackageName
  /// Absolute.
  package let path: SourcePath
  package let kind: Kind

  /// The same in words, without the path.
  package var message: String {
    switch kind {
    case .changed(let expected, let found):
      "changed since \(distribution) was installed: RECORD has \(expected), the file \(found)"
    case .missing: "missing: \(distribution) was installed with it"
    case .unreadable(let reason): "cannot be compared with the RECORD of \(distribution): \(reason)"
    case .outside: "the RECORD of \(distribution) names a file outside the environment"
    case .unverifiable(let hash): "the RECORD of \(distribution) has \(Escaping.text(hash)), which cannot be checked"
    }
  }
}
