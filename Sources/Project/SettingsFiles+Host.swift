import Diagnostics
import Host
import Knowledge

extension SettingsFiles {
  /// The files of this system, with the modules of a project.
  init(_ modules: LocalModules) {
    self.init(
      read: { try? Files.read($0, limit: SettingsInterpreter.sizeLimit) },
      list: { folder in ((try? Files.list(folder)) ?? []).map(\.name.name) },
      resolve: Files.resolved, module: { modules.file(of: $0) },
      isStandard: { StandardLibrary.contains($0.topLevelModule, python: nil) })
  }
}
