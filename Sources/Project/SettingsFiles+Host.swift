import Diagnostics
import Host
import Knowledge

extension SettingsFiles {
  /// The files of this system, with the modules of a project.
  init(_ modules: LocalModules, _ files: ObservedFiles) {
    self.init(
      read: { try? files.read($0, limit: SettingsInterpreter.sizeLimit) },
      list: { folder in ((try? files.list(folder)) ?? []).map(\.name.name) },
      resolve: { files.resolved($0) }, module: { modules.file(of: $0) },
      isStandard: { StandardLibrary.contains($0.topLevelModule, python: nil) })
  }
}
