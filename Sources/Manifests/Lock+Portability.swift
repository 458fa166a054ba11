package import Diagnostics
import Packaging
import PythonEnvironment

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
    switch origin {
    case .index: return localVersion
    case .url(let url): return portability(of: url)
    case .editable(let install): return portability(of: install)
    }
  }

  private var localVersion: Finding? {
    guard let local = Version(version)?.local else { return nil }
    return Finding(
      .warning, "\(name)==\(version): `+\(local)` is a local version, which the usual index does not have",
      remedy: "install with the index that it came from: --extra-index-url URL")
  }

  private func portability(of url: DirectURL) -> Finding? {
    if url.hasHiddenCredentials {
      return Finding(
        .warning, "\(name) @ \(url.requirementURL) was installed with credentials, which a lock must not hold",
        remedy: "give them to pip by a .netrc file, or write ${VARIABLES} in their place")
    }
    guard url.path != nil else { return nil }
    return Finding(
      .warning, "\(name) @ \(url.requirementURL) names a path of this machine",
      remedy: "install it from an index or a repository")
  }

  private func portability(of install: EditableInstall) -> Finding? {
    if case .revision = install.checkout { return nil }
    return Finding(
      .warning, "\(name) is an editable install of \(install.location), which no other machine can fetch",
      remedy: "push it to a repository, or install a release of it")
  }
}
