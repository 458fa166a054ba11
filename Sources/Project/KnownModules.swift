import Knowledge

/// What one thread has found out about modules: most imports are of few names.
final class KnownModules {
  /// What a module is, wherever it is imported.
  enum Standing {
    /// Of the standard library of every Python, and no module of the project: needed from nobody.
    case everyPython
    case foreign
    /// The project's own, whichever file imports it.
    case local
    /// The place of the import decides.
    case perhapsLocal
  }

  /// A module that was asked about.
  struct Entry {
    let module: String
    let top: String
    let standing: Standing
    /// Whether the module table tells apart what is imported from the module.
    let isToldApart: Bool
    /// What the import asks for beside the module.
    let rule: RuleKey?
    /// Whether there are rules for names taken from the module.
    let hasNameRules: Bool
    /// Whether there are rules for words in files that import it.
    let hasWords: Bool
    /// The number of the piece of work that `need` belongs to, and that the local import was noted in.
    var piece = -1
    var need: UInt32 = 0
  }

  let localModules: LocalModules
  private(set) var entries: [Entry] = []
  /// Open addressing by the names' bytes: 1 more than the index of an entry, 0 for a free place.
  private var slots = [UInt32](repeating: 0, count: 1024)
  private var standings: [String: Standing] = [:]

  init(_ localModules: LocalModules) { self.localModules = localModules }

  /// The index of the entry of a dotted name.
  func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = ByteHash(name).value
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] > 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].module.utf8.elementsEqual(name) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(entry(String(decoding: name, as: UTF8.self)))
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  func update(_ index: Int, _ change: (inout Entry) -> Void) { change(&entries[index]) }

  private func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var module = entry.module
      var slot = module.withUTF8 { Int(truncatingIfNeeded: ByteHash($0).value) } & (slots.count - 1)
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  private func entry(_ module: String) -> Entry {
    let top = module.topLevelModule
    let standing = standings[top] ?? standing(of: top)
    standings[top] = standing
    let isOwn = standing == .local || standing == .everyPython
    let rules = FrameworkRules.all
    return Entry(
      module: module, top: top, standing: standing,
      isToldApart: !isOwn && (ModuleTable.hasEntries(below: module) || localModules.rules.haveEntries(below: module)),
      rule: isOwn ? nil : rules.importing(module), hasNameRules: !isOwn && rules.tellsNames(of: module),
      hasWords: !isOwn && !(rules.words(with: top).isEmpty && rules.arguments(with: top).isEmpty))
  }

  private func standing(of name: String) -> Standing {
    if localModules.isEverywhere(name) { return .local }
    if !localModules.lacks(name) { return .perhapsLocal }
    return StandardLibrary.isInEveryVersion(name) ? .everyPython : .foreign
  }
}
