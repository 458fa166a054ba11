package import Diagnostics
import Packaging

/// Whether the lines of a lock will install on another machine.
extension Lock {
  /// One warning for each line that will not, or not the same. A URL is shown as the lock shows it: without credentials.
  package var portability: [Finding] { pins.compactMap(\.portability) }
}

extension Pin {
  fileprivate var portability: Finding? {
    if name.normalized == "pkg-resources", version == "0.0.0" {
      return Finding(
        .warning, "pkg-resources==0.0.0 is on no index: old versions of Debian's venv leave it behind",
        remedy: "remove it: python -m pip uninstall pkg-resources")
    }
    if let directURL { return portability(of: directURL) }
    guard let local = Version(version)?.local else { return nil }
    return Finding(
      .warning, "\(name)==\(version): `+\(local)` is a local version, which the usual index does not have",
      remedy: "install with the index that it came from: --extra-index-url URL")
  }

  private func portability(of directURL: DirectURL) -> Finding? {
    if directURL.isEditable {
      return Finding(
        .warning, "\(name) is an editable install of \(directURL.path ?? directURL.url) without version control",
        remedy: "put it under version control, or install a release of it")
    }
    if directURL.path != nil {
      return Finding(
        .warning, "\(name) @ \(directURL.url) names a path of this machine",
        remedy: "install it from an index or a repository")
    }
    return nil
  }
}
