import Diagnostics
import Project

/// Settings of files that stand in memory, in the project `/project`.
enum SettingsFolder {
  /// The settings of `path`, one of `files`.
  static func settings(
    of path: String, in files: [String: String], environment: [String: String] = [:]
  ) -> Settings? {
    loader(of: files, environment: environment).settings(at: SourcePath(path))
  }

  static func loader(
    of files: [String: String], environment: [String: String] = [:], isJudging: Bool = false
  ) -> SettingsLoader {
    let files = Dictionary(uniqueKeysWithValues: files.map { ("/project/\($0.key)", $0.value) })
    let source = SettingsFiles(
      read: { files[$0.description].map { Array($0.utf8) } },
      list: { folder in
        let prefix = "\(folder)/"
        let names = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        return Set(names.map { String($0.prefix { $0 != "/" }) }).sorted()
      },
      resolve: { path in files.keys.contains { $0 == path.description || $0.hasPrefix("\(path)/") } ? path : nil },
      module: { name, _ in
        let path = name.split(separator: ".").joined(separator: "/")
        return ["\(path).py", "\(path)/__init__.py"].first { files["/project/\($0)"] != nil }.map { SourcePath($0) }
      })
    return SettingsLoader(root: "/project", files: source, environment: environment, isJudging: isJudging)
  }
}
