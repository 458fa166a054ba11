package import Diagnostics
package import Packaging

/// Where a component comes from, as a bill of materials may tell everyone: without credentials, and without folders of the
/// machine that it was made on.
package enum CycloneDXOrigin: Hashable, Sendable {
  /// An index that serves it under its name.
  case index
  case archive(url: String, hashes: [CycloneDXComponent.Hash])
  /// `system` is `git`, `hg`, `bzr` or `svn`.
  case repository(system: String, url: String, commit: String, subdirectory: String?)
  /// A folder or file of this machine; its path below the project's folder, nil when it lies elsewhere.
  case local(path: SourcePath?)

  /// What a direct URL stands for in the project whose folder is `project`.
  package init(_ direct: DirectURL, project: SourcePath) {
    if direct.url.hasPrefix("file:") {
      self = .local(path: direct.path.flatMap { SourcePath($0).normalized.relative(to: project.normalized) })
      return
    }
    switch direct.source {
    case .directory: self = .local(path: nil)
    case .archive(let hashes):
      self = .archive(
        url: direct.url, hashes: hashes.sorted { $0.key < $1.key }.map { CycloneDXComponent.Hash($0.key, $0.value) })
    case .repository(let system, let commit, _):
      self = .repository(system: system, url: direct.url, commit: commit, subdirectory: direct.subdirectory)
    }
  }

  /// The qualifier of the purl; nil for what an index has.
  var qualifier: (key: String, value: String)? {
    switch self {
    case .index, .local: nil
    case .archive(let url, _): ("download_url", PublicURL(url).text)
    case .repository(let system, let url, let commit, let subdirectory):
      // As SPDX writes a place: https://spdx.github.io/spdx-spec/v2.3/package-information/#77-package-download-location-field
      ("vcs_url", "\(system)+\(PublicURL(url).text)@\(commit)" + PublicURL.fragment(subdirectory))
    }
  }
}
