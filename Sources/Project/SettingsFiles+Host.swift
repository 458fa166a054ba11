import Diagnostics
import Host
import Knowledge

extension SettingsFiles {
  /// The files of this system, with the modules of a project.
  init(_ modules: LocalModules, _ files: ObservedFiles) {
    self.init(
      read: { try? files.read($0, limit: SettingsInterpreter.sizeLimit) },
      list: { folder in ((try? files.list(folder)) ?? []).map(\.name.name) },
      resolve: { files.resolved($0) },
      module: { module, settings in Self.isFollowed(module) ? modules.file(of: module, for: settings) : nil },
      isStandard: { StandardLibrary.contains($0.topLevelModule, python: nil) })
  }

  /// Of a Django that lies in the project's folder its default settings alone are settings; the rest is known as it is when it
  /// is installed.
  private static func isFollowed(_ module: String) -> Bool {
    module.topLevelModule != "django" || module == "django.conf.global_settings"
  }
}
