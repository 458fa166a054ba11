import Diagnostics
import Host
import Packaging

/// A folder with a project that pip could install.
struct LocalProject {
  /// Absolute.
  let folder: SourcePath

  /// Whether pip would take the folder for a project.
  var isInstallable: Bool {
    ["pyproject.toml", "setup.py", "setup.cfg"].contains { Files.kind(of: folder.appending($0)) == .regular }
  }

  /// The project's name, from pyproject.toml, setup.cfg, setup.py or metadata that a build left; nil when none tells it.
  func name() throws(Finding) -> PackageName? {
    try pyprojectName() ?? configurationName ?? scriptName ?? metadataName
  }

  private func text(_ file: SourcePath) -> String? { try? Files.text(folder.appending(file)) }

  private var configurationName: PackageName? {
    text("setup.cfg").flatMap { SetupConfiguration($0).name }.flatMap { PackageName($0) }
  }

  private var scriptName: PackageName? {
    (try? Files.read(folder.appending("setup.py"))).flatMap { SetupScript($0).name }.flatMap { PackageName($0) }
  }

  /// PKG-INFO of a source distribution, or of the egg-info folder that a build leaves.
  private var metadataName: PackageName? {
    let files: [SourcePath] = ["PKG-INFO"] + eggFolders.map { $0.appending("PKG-INFO") }
    return files.lazy.compactMap { try? Files.read(folder.appending($0)) }.compactMap { CoreMetadata(bytes: $0) }
      .compactMap { PackageName($0.name) }.first
  }

  private var eggFolders: [SourcePath] {
    ["", "src"].flatMap { (below: SourcePath) in
      ((try? Files.list(folder.appending(below))) ?? []).filter {
        $0.kind == .folder && $0.name.name.hasSuffix(".egg-info")
      }
      .map { below.appending($0.name) }
    }
  }

  private func pyprojectName() throws(Finding) -> PackageName? {
    guard let bytes = try? Files.read(folder.appending("pyproject.toml"), limit: 64 << 20) else { return nil }
    do { return try PyProject(bytes: bytes).project?.name } catch {
      throw DeclaredManifest.finding(error, folder.appending("pyproject.toml"), .error)
    }
  }
}
