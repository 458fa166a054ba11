package import Packaging

/// What strings, names and URLs in the sources of a project need, beside what provides the modules that they name.
///
/// The rules stand in Facts/*Rules.txt, one file for each framework; djangoRules.txt tells their grammar.
package struct FrameworkRules: Sendable {
  /// Of which distributions one is needed.
  package struct Needs: Sendable {
    /// As in the table: most rules are never asked.
    fileprivate let text: String

    private var candidates: [ModuleTable.Candidate] {
      text == "-" ? [] : text.split(separator: "|").compactMap { ModuleTable.Candidate(String($0), of: "") }
    }

    /// The extras that are asked for of one of them.
    package func extras(of name: PackageName) -> [String] { candidates.filter { $0.name == name }.compactMap(\.extra) }

    /// The usual one first in a project of these frameworks; empty when none is needed.
    package func distributions(in frameworks: Set<Framework>) -> [PackageName] {
      var names: [PackageName] = []
      for name in candidates.names(in: frameworks) where !names.contains(name) { names.append(name) }
      return names
    }
  }

  /// A word that says something in files that import a module.
  package struct Word: Sendable {
    package let text: String
    package let rule: RuleKey
    package let kind: EvidenceKind
  }

  /// Every rule.
  package static let all = FrameworkRules(
    [Facts.djangoRules, Facts.flaskRules, Facts.fastapiRules, Facts.commonRules])

  private var settings: [SettingRule] = []
  /// The places in `settings` of the rules for a name, and of those for all names with an ending.
  private var settingPlaces: [String: [Int]] = [:]
  private var endingPlaces: [(ending: [UInt8], place: Int)] = []
  private var settingsWithClients: Set<String> = []
  /// By the kind of rule and what it is about.
  private var needs = [[String: Needs]](repeating: [:], count: 5)
  private var words: [String: [Word]] = [:]
  private var arguments: [String: [String]] = [:]
  private var requirements: [String: [String]] = [:]
  /// The modules that `name` rules speak of, and those that take their names from them.
  private var namedModules: Set<String> = []

  init(_ texts: [StaticString]) {
    for text in texts {
      text.withUTF8Buffer { bytes in
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
          let fields = Self.fields(of: line)
          guard add(fields) else { preconditionFailure("rules: \(fields)") }
        }
      }
    }
  }

  private static func fields(of line: UnsafeBufferPointer<UInt8>.SubSequence) -> [String] {
    var fields: [String] = []
    fields.reserveCapacity(5)
    var start = line.startIndex
    while start < line.endIndex {
      let end = line[start...].firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      fields.append(String(decoding: line[start..<end], as: UTF8.self))
      start = end + 1
    }
    return fields
  }

  private mutating func add(_ fields: [String]) -> Bool {
    switch (fields[0], fields.count) {
    case ("setting", 3), ("first", 3):
      guard let kind = EvidenceKind(rawValue: fields[2]) else { return false }
      add(SettingRule(path: fields[1], meaning: .module(kind), takesFirst: fields[0] == "first"))
    case ("noscheme", 2): settingsWithClients.insert(fields[1])
    case ("value", 4):
      let key = RuleKey.value("\(fields[1])=\(fields[2])")
      add(SettingRule(path: fields[1], meaning: .value(fields[2], key)))
      add(key, fields[3])
    case ("backend", 3): add(.backend(fields[1]), fields[2])
    case ("name", 3):
      let name = fields[1]
      add(.name(name), fields[2])
      for index in name.utf8.indices where name.utf8[index] == UInt8(ascii: ".") {
        namedModules.insert(String(name[..<index]))
      }
      namedModules.insert(name)
    case ("word", 5):
      guard let kind = EvidenceKind(rawValue: fields[4]) else { return false }
      let key = RuleKey.word("\(fields[1]) \(fields[2])")
      words[fields[1], default: []].append(Word(text: fields[2], rule: key, kind: kind))
      add(key, fields[3])
    case ("argument", 3): arguments[fields[1], default: []].append(fields[2])
    case ("requirement", 3): requirements[fields[1], default: []].append(fields[2])
    case ("scheme", 3): add(.scheme(fields[1]), fields[2])
    default: return false
    }
    return true
  }

  private mutating func add(_ key: RuleKey, _ text: String) {
    let (kind, subject) = key.parts
    needs[kind][subject] = Needs(text: text)
  }

  private mutating func add(_ rule: SettingRule) {
    if let name = rule.exactName {
      settingPlaces[name, default: []].append(settings.count)
    } else {
      endingPlaces.append((Array((rule.ending ?? "").utf8), settings.count))
    }
    settings.append(rule)
  }

  // MARK: - Looking up

  package subscript(key: RuleKey) -> Needs? {
    let (kind, subject) = key.parts
    return needs[kind][subject]
  }

  /// The rules for a setting.
  package func settings(named name: String) -> [SettingRule] {
    var places = settingPlaces[name] ?? []
    var name = name
    name.withUTF8 { name in
      for (ending, place) in endingPlaces where name.count >= ending.count {
        if name[(name.count - ending.count)...].elementsEqual(ending) { places.append(place) }
      }
    }
    return places.sorted().map { settings[$0] }
  }

  /// Whether the scheme of a URL in the setting tells of a client that nothing else brings.
  package func countsSchemes(in setting: String) -> Bool { !settingsWithClients.contains(setting) }

  /// The rule of the longest known beginning of a dotted name that a setting names.
  package func backend(_ name: String) -> RuleKey? { longest(name) { .backend($0) } }

  /// The rule for an import of a module.
  package func importing(_ module: String) -> RuleKey? {
    namedModules.contains(module.topLevelModule) ? longest(module) { .name($0) } : nil
  }

  /// Whether there are rules for names taken from a module.
  package func tellsNames(of module: String) -> Bool { namedModules.contains(module) }

  /// The rule for a name taken from a module.
  package func importing(_ name: String, from module: String) -> RuleKey? {
    let key = RuleKey.name("\(module).\(name)")
    return self[key] == nil ? nil : key
  }

  /// The words that count in files that import the top-level module.
  package func words(with module: String) -> [Word] { words[module] ?? [] }

  /// The functions whose first argument names a module, in files that import the top-level module.
  package func arguments(with module: String) -> [String] { arguments[module] ?? [] }

  /// The functions whose first argument is a requirement, in files that import the top-level module.
  package func requirements(with module: String) -> [String] { requirements[module] ?? [] }

  /// Whether there are rules for what stands in files that import the top-level module.
  package func speaks(of module: String) -> Bool {
    words[module] != nil || arguments[module] != nil || requirements[module] != nil
  }

  private func longest(_ name: String, _ key: (String) -> RuleKey) -> RuleKey? {
    var rest = name[...]
    while true {
      let found = key(String(rest))
      if self[found] != nil { return found }
      guard let dot = rest.lastIndex(of: ".") else { return nil }
      rest = rest[..<dot]
    }
  }
}
