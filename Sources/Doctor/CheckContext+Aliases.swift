import Diagnostics
package import Project

/// The aliases of DATABASES and CACHES, as checks ask for them.
extension CheckContext {
  /// What `body` finds in each dictionary that DATABASES may hold; unknown where it is not known.
  package func inDatabases(_ body: (DatabaseSettings) -> [CheckResult]) -> [CheckResult] {
    inSettings("DATABASES") { settings in
      guard let databases = settings.databases else { return [undetermined("DATABASES", in: settings)] }
      return databases.flatMap { database in unknown(database, "DATABASES") ?? body(database) }
    }
  }

  /// What `body` finds in each dictionary that CACHES may hold; unknown where it is not known.
  package func inCaches(_ body: (CacheSettings) -> [CheckResult]) -> [CheckResult] {
    inSettings("CACHES") { settings in
      guard let caches = settings.caches else { return [undetermined("CACHES", in: settings)] }
      return caches.flatMap { cache in unknown(cache, "CACHES") ?? body(cache) }
    }
  }

  private func unknown(_ alias: some AliasSettings, _ setting: String) -> [CheckResult]? {
    if alias.alias == "**" {
      return [CheckResult(.unknown, setting, "not all of the aliases are known", at: alias.values.location)]
    }
    guard let reason = alias.values.unknownReason else { return nil }
    return [CheckResult(.unknown, alias.alias, "not known: \(reason)", at: alias.values.location)]
  }

  /// The databases that code may speak of: those of the settings, and with `everywhere` those of every settings module.
  package func databaseAliases(everywhere: Bool = false) -> (names: [String], isComplete: Bool)? {
    guard let settings else { return nil }
    let modules = everywhere ? [settings] + project.settingsModules.filter { $0.path != settings.path } : [settings]
    var names: [String] = []
    var isComplete = true
    for module in modules {
      var values = [module["DATABASES"]].compactMap(\.self)
      if values.isEmpty, module.limit != nil { isComplete = false }
      if everywhere { values += module.history.filter { $0.name == "DATABASES" }.map(\.value) }
      for value in values.flatMap(\.alternatives) {
        guard case .dictionary(let entries) = value.content else {
          isComplete = false
          continue
        }
        for key in entries.map(\.key) where !names.contains(key) { names.append(key) }
      }
    }
    if names.contains("**") { isComplete = false }
    names.removeAll { $0 == "**" }
    // What Django gives to a project that defines none.
    if isComplete, !names.contains("default") { names.append("default") }
    return (names, isComplete)
  }
}

extension AliasSettings {
  /// The values that a condition decides between; none when the key is not there.
  package func alternatives(of key: String) -> [SettingValue] { values[key]?.alternatives ?? [] }

  /// Whether there may be keys that are not known.
  package var isOpen: Bool { values["**"] != nil }
}

extension SettingValue {
  /// The text for a message; a placeholder for what must not be shown.
  package var shown: String { isSecret ? "***" : scalarText.map { Escaping.text($0) } ?? "a value" }

  package var isNone: Bool { if case .none = content { true } else { false } }
}
