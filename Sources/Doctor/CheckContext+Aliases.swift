import Diagnostics
package import Project
import PythonSource

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
    let modules =
      everywhere ? [settings] + project.judgedSettingsModules.filter { $0.path != settings.path } : [settings]
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
    if everywhere {
      let more = aliasesOfCode
      names += more.names.filter { !names.contains($0) }
      isComplete = isComplete && more.isComplete
    }
    if names.contains("**") { isComplete = false }
    names.removeAll { $0 == "**" }
    // What Django gives to a project that defines none.
    if isComplete, !names.contains("default") { names.append("default") }
    return (names, isComplete)
  }
}

extension CheckContext {
  /// The aliases that code outside of settings defines: `connections.databases['x'] = {...}`.
  fileprivate var aliasesOfCode: (names: [String], isComplete: Bool) {
    var names: [String] = []
    var isComplete = true
    for file in code.sources(mentioning: "connections.databases", "settings.DATABASES", "connections.settings") {
      guard let tree = code.tree(of: file) else { continue }
      for target in tree.assignedTargets {
        guard case .subscripted(let base, let index) = target.node, Self.isOfDatabases(base) else { continue }
        if let name = index.stringValue { names.append(name) } else { isComplete = false }
      }
      for call in tree.calls {
        guard case .call(let function, _, _) = call.node, case .attribute(let base, let name) = function.node,
          Self.isOfDatabases(base), name == "update" || name == "setdefault" || name == "__setitem__"
        else { continue }
        isComplete = false
      }
    }
    return (names, isComplete)
  }

  private static func isOfDatabases(_ expression: PythonExpression) -> Bool {
    guard let name = expression.dottedName else { return false }
    return ["connections.databases", "settings.DATABASES", "connections.settings"].contains { name.hasSuffix($0) }
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
