import Knowledge

/// What one thread has found out about modules: most imports are of few names.
final class KnownModules {
  /// What a top-level name is, wherever it is imported.
  enum Standing {
    /// Of the standard library of every Python, and no module of the project: needed from nobody.
    case everyPython
    case foreign
    /// The place of the import decides.
    case perhapsLocal
  }

  let localModules: LocalModules
  private var standings: [String: Standing] = [:]
  private var namespaces: [String: Bool] = [:]

  init(_ localModules: LocalModules) { self.localModules = localModules }

  func standing(of name: String) -> Standing {
    if let known = standings[name] { return known }
    let standing: Standing =
      if !localModules.lacks(name) {
        .perhapsLocal
      } else {
        StandardLibrary.isInEveryVersion(name) ? .everyPython : .foreign
      }
    standings[name] = standing
    return standing
  }

  /// Whether the module table tells apart what is imported from a module.
  func isToldApart(below module: String) -> Bool {
    if let known = namespaces[module] { return known }
    let isToldApart = ModuleTable.hasEntries(below: module)
    namespaces[module] = isToldApart
    return isToldApart
  }
}
