package import Diagnostics

/// What a Django settings module sets, read without running it.
package struct Settings: Sendable {
  /// The settings file, relative to the project.
  package let path: SourcePath
  private let finals: [String: SettingValue]
  /// Every value that was assigned or added in this file, in source order, those under a condition included, whether the
  /// condition holds or not. An item of a list stands there once under each name.
  package let history: [(name: String, value: SettingValue)]

  /// Whether this looks like Django settings rather than any module of that name; what it takes from others counts.
  package let isDjango: Bool

  /// The settings that hardly any project lacks.
  static let djangoNames = ["INSTALLED_APPS", "DATABASES", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY"]

  /// The files of the project that were read for it, itself included; relative to the project, sorted.
  package let sources: [SourcePath]
  /// The modules of the project whose names it takes with `from ... import *`, itself or through others.
  let starImports: [SourcePath]
  /// Why names that are not set here may be set all the same; nil when they are not.
  package let limit: String?
  /// What of the file itself was not followed, as it takes too long; nil when everything was.
  let excess: String?

  init(
    path: SourcePath, finals: [String: SettingValue], history: [(name: String, value: SettingValue)],
    isDjango: Bool = false, sources: [SourcePath] = [], starImports: [SourcePath] = [], limit: String? = nil,
    excess: String? = nil
  ) {
    self.starImports = starImports
    self.path = path
    self.finals = finals
    self.isDjango =
      isDjango || Self.djangoNames.contains { name in finals[name] != nil || history.contains { $0.name == name } }
    self.history = history
    self.sources = sources
    self.limit = limit
    self.excess = excess
  }

  /// The same without what stands in other files of which the settings are known too: there it is told of.
  func without(_ others: Set<SourcePath>) -> Settings {
    func isForeign(_ value: SettingValue) -> Bool {
      value.location.path != path && others.contains(value.location.path)
    }
    let kept = history.compactMap { name, value -> (name: String, value: SettingValue)? in
      guard !isForeign(value) else { return nil }
      guard value.items.contains(where: isForeign) else { return (name, value) }
      return (name, value.holding(value.items.filter { !isForeign($0) }))
    }
    return Settings(
      path: path, finals: finals, history: kept, isDjango: isDjango, sources: sources, starImports: starImports,
      limit: limit, excess: excess)
  }

  /// A history without the items of lists that stand there already under the same name.
  static func once(
    _ history: [(name: String, value: SettingValue)]
  ) -> [(name: String, value: SettingValue)] {
    var seen: [String: Set<String>] = [:]
    // Most items of a name stand in one file.
    var paths: [String: SourcePath] = [:]
    return history.map { name, value in
      guard case .list(let items) = value.content, let first = items.first else { return (name, value) }
      if paths[name] == nil { paths[name] = first.location.path }
      let kept = items.filter { item in
        guard let text = item.text else { return true }
        let (line, column) = (item.location.line ?? 0, item.location.column ?? 0)
        let path = item.location.path == paths[name] ? "" : item.location.path.description
        return seen[name, default: []].insert("\(line):\(column)\(path) \(text)").inserted
      }
      return kept.count == items.count ? (name, value) : (name, value.holding(kept))
    }
  }

  /// The value that the module ends with; nil when it never sets `name`.
  package subscript(name: String) -> SettingValue? { finals[name] }
}
