import Diagnostics
import Host
import Packaging

/// A script of pyenv that chooses an interpreter and starts it.
///
/// Source: https://github.com/pyenv/pyenv#understanding-python-version-selection
struct PyenvShim {
  private let root: SourcePath
  private let name: SourcePath

  /// nil when the file is no such script.
  init?(_ file: SourcePath) {
    let folder = file.parent
    guard folder.name == "shims", Files.kind(of: folder.parent.appending("versions")) == .folder else { return nil }
    root = folder.parent
    name = SourcePath(bytes: file.nameBytes)
  }

  /// What it would start for a project, as far as files tell: PYENV_VERSION, the nearest `.python-version`, the version
  /// chosen for everything, else the newest installation that has a program of that name.
  func interpreter(for project: SourcePath, _ host: Host) -> SourcePath? {
    let chosen = host.variable("PYENV_VERSION") ?? localVersion(of: project) ?? text(root.appending("version"))
    for version in (chosen ?? "").split(whereSeparator: { $0.isWhitespace || $0 == ":" }) {
      if version == "system" { return systemInterpreter(host) }
      if let found = program(String(version)) { return found }
    }
    return newest { _ in true }
  }

  private func text(_ file: SourcePath) -> String? { try? Files.text(file) }

  private func localVersion(of project: SourcePath) -> String? {
    var folder = project
    while true {
      if let found = text(folder.appending(".python-version")) { return found }
      if folder.bytes.count <= 1 { return nil }
      folder = folder.parent
    }
  }

  /// The program of an installation; `3.11` means the newest 3.11.
  private func program(_ version: String) -> SourcePath? {
    let exact = place(SourcePath(version))
    return Files.exists(exact) ? exact : newest { $0.hasPrefix("\(version).") }
  }

  private func place(_ version: SourcePath) -> SourcePath {
    root.appending("versions").appending(version).appending("bin").appending(name)
  }

  private func newest(where fits: (String) -> Bool) -> SourcePath? {
    let versions = (try? Files.list(root.appending("versions"))) ?? []
    let known = versions.compactMap { entry in Version(entry.name.name).map { ($0, place(entry.name)) } }
    return known.filter { fits($0.1.parent.parent.name) && Files.exists($0.1) }.max { $0.0 < $1.0 }?.1
  }

  private func systemInterpreter(_ host: Host) -> SourcePath? {
    var others = host
    let folders = (host.variable("PATH") ?? "").split(separator: ":").filter {
      $0 != root.appending("shims").description
    }
    others.environment["PATH"] = folders.joined(separator: ":")
    return others.executable(named: name.name)
  }
}
