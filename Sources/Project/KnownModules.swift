import Knowledge

#if canImport(Glibc)
  import Glibc
#endif

/// What one thread has found out about modules: most imports are of few names.
struct KnownModules {
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

  /// A top-level module.
  struct Top {
    let name: String
    let standing: Standing
    /// Whether the standard library of every Python has one of that name, of a top-level module that may be local.
    let isInEveryPython: Bool
    /// As `LocalModules.isPublished`, of the same.
    let isPublished: Bool
    /// The file that it was last noted in as a local import, and the piece of work that `need` belongs to.
    var lastFile = -1
    var piece = -1
    var need: UInt32 = 0
  }

  /// A module that was asked about.
  struct Entry {
    let module: String
    /// Index in `tops`.
    let top: Int
    /// Whether the module table tells apart what is imported from the module.
    let isToldApart: Bool
    /// What the import asks for beside the module.
    let rule: RuleKey?
    /// Whether there are rules for names taken from the module.
    let hasNameRules: Bool
    /// Whether there are rules for words in files that import it.
    let hasWords: Bool
    /// The number of the piece of work that `need` belongs to.
    var piece = -1
    var need: UInt32 = 0
  }

  let localModules: LocalModules
  private(set) var entries: [Entry] = []
  private(set) var tops: [Top] = []
  /// The names of the entries one behind the other, and where each ends.
  private var names: [UInt8] = []
  private var nameEnds: [Int] = []
  /// The number of the file in hand.
  private(set) var file = 0
  /// Open addressing by the names' bytes: 1 more than the index of an entry, 0 for a free place.
  private var slots = [UInt32](repeating: 0, count: 1024)
  private var topIndices: [String: Int] = [:]

  init(_ localModules: LocalModules) { self.localModules = localModules }

  /// The index of the entry of a dotted name.
  mutating func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = ByteHash(name).value
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] > 0 {
      let index = Int(slots[slot]) - 1
      if isName(of: index, name) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(entry(String(decoding: name, as: UTF8.self)))
    names += name
    nameEnds.append(names.count)
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  mutating func beginFile() { file += 1 }

  mutating func update(_ index: Int, _ change: (inout Entry) -> Void) { change(&entries[index]) }

  mutating func update(top: Int, _ change: (inout Top) -> Void) { change(&tops[top]) }

  private func isName(of index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = index > 0 ? nameEnds[index - 1] : 0
    guard nameEnds[index] - start == name.count, let other = name.baseAddress else { return false }
    // SAFETY: both hold the bytes that are compared.
    return names.withUnsafeBytes { $0.baseAddress.map { memcmp($0 + start, other, name.count) == 0 } ?? false }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var module = entry.module
      var slot = module.withUTF8 { Int(truncatingIfNeeded: ByteHash($0).value) } & (slots.count - 1)
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  private mutating func entry(_ module: String) -> Entry {
    let name = module.topLevelModule
    let top = topIndices[name] ?? tops.count
    if top == tops.count {
      let standing = standing(of: name)
      tops.append(
        Top(
          name: name, standing: standing,
          isInEveryPython: standing == .perhapsLocal && StandardLibrary.isInEveryVersion(name),
          isPublished: standing == .perhapsLocal && localModules.isPublished(name)))
      topIndices[name] = top
    }
    let standing = tops[top].standing
    guard standing == .foreign || standing == .perhapsLocal else {
      return Entry(module: module, top: top, isToldApart: false, rule: nil, hasNameRules: false, hasWords: false)
    }
    let rules = FrameworkRules.all
    return Entry(
      module: module, top: top,
      isToldApart: ModuleTable.hasEntries(below: module) || localModules.rules.haveEntries(below: module),
      rule: rules.importing(module), hasNameRules: rules.tellsNames(of: module),
      hasWords: rules.speaks(of: name))
  }

  private func standing(of name: String) -> Standing {
    if localModules.isEverywhere(name) { return .local }
    if !localModules.lacks(name) { return .perhapsLocal }
    return StandardLibrary.isInEveryVersion(name) ? .everyPython : .foreign
  }
}
