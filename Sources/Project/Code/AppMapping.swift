package import Diagnostics
import PythonSource

/// A dictionary by which routers send apps to databases: `{"polls": "soda"}`, or `{"soda": ["polls"]}`.
package struct AppMapping: Sendable {
  package typealias Word = (text: String, location: Location)

  /// The setting, or the name in the router's file.
  package let name: String
  package let pairs: [(app: Word, alias: Word)]
  /// Whether a router of the project takes it: others may read what is only called like one in their own way.
  package let isRead: Bool
}

extension Project {
  /// The mappings that routers use: dictionaries of their own files, settings that they read, and settings that are called
  /// like one. `aliases` are those of DATABASES: they tell which side is which.
  package func appMappings(aliases: [String]) -> [AppMapping] {
    guard let code, let settings = judgedSettings?.values else { return [] }
    var found: [AppMapping] = []
    let files = Set(routers.map(\.file)).sorted()
    for name in settingNames.sorted() {
      let isRead = files.contains { code.reads(name, in: $0) }
      guard isRead || Self.isCalledMapping(name), let value = settings[name] else { continue }
      for alternative in value.alternatives {
        // `[{"polls": "soda"}, {"storage": "default"}]`
        let entries = (alternative.entries + alternative.items.flatMap(\.entries)).filter { $0.key != "**" }
        if let mapping = mapping(name, entries, aliases: aliases, isRead: isRead) { found.append(mapping) }
      }
    }
    for file in files { found += code.mappings(in: file, aliases: aliases) }
    return found
  }

  /// Every name that a settings module of the project sets.
  private var settingNames: Set<String> {
    Set((judgedSettingsModules + [judgedSettings?.values].compactMap(\.self)).flatMap { $0.history.map(\.name) })
  }

  private static func isCalledMapping(_ name: String) -> Bool {
    let words = Set(name.split(separator: "_"))
    return !words.isDisjoint(with: ["DATABASE", "DATABASES", "DB", "DBS"])
      && !words.isDisjoint(with: ["MAPPING", "MAPPINGS", "MAP", "ROUTING", "ROUTES", "APPS", "APP"])
  }

  private func mapping(
    _ name: String, _ entries: [(key: String, value: SettingValue)], aliases: [String], isRead: Bool
  ) -> AppMapping? {
    var pairs: [(AppMapping.Word, AppMapping.Word)] = []
    for (key, value) in entries {
      for part in value.alternatives {
        let word: AppMapping.Word = (key, part.location)
        if let text = part.text { pairs.append((word, (text, part.location))) }
        for item in part.items { if let text = item.text { pairs.append((word, (text, item.location))) } }
      }
    }
    let labels = Self.isCalledMapping(name) ? apps?.apps.compactMap(\.label) ?? [] : []
    return AppMapping(name, pairs, aliases: aliases, labels: labels, isRead: isRead)
  }
}

extension AppMapping {
  /// Nil where neither side holds an alias or nearly one, and no key is one of `labels`: then it maps something else.
  init?(_ name: String, _ pairs: [(Word, Word)], aliases: [String], labels: [String], isRead: Bool) {
    if pairs.isEmpty { return nil }
    func count(_ words: [Word]) -> Int { words.count { aliases.contains($0.text) } }
    func holdsLikely(_ words: [Word]) -> Bool {
      words.contains { Suggestion.closest(to: $0.text, among: aliases) != nil }
    }
    let (keys, values) = (pairs.map(\.0), pairs.map(\.1))
    self.name = name
    self.isRead = isRead
    if count(keys) > count(values) {
      self.pairs = pairs.map { (app: $0.1, alias: $0.0) }
      return
    }
    guard count(values) > 0 || holdsLikely(values) || keys.contains(where: { labels.contains($0.text) }) else {
      return nil
    }
    self.pairs = pairs.map { (app: $0.0, alias: $0.1) }
  }
}

extension ProjectCode {
  /// Whether a file takes a setting: `settings.NAME`, `getattr(settings, "NAME")`, `from .settings import NAME`.
  fileprivate func reads(_ name: String, in file: SourcePath) -> Bool {
    guard let tree = tree(of: file), text(of: file)?.contains(name) == true else { return false }
    if tree.attributes.contains(where: { $0.lastName == name && $0.dottedName?.contains("settings.") == true }) {
      return true
    }
    return tree.calls.contains { call in
      guard case .call(let function, let arguments, _) = call.node, function.dottedName == "getattr" else {
        return false
      }
      return arguments.count > 1 && arguments[1].stringValue == name
    }
      || tree.imports.contains { statement in
        guard case .importFrom(let module, let names, _) = statement.kind else { return false }
        return module.hasSuffix("settings") && names.contains { $0.name == name }
      }
  }

  /// Dictionaries of texts that the module or its classes give a name.
  fileprivate func mappings(in file: SourcePath, aliases: [String]) -> [AppMapping] {
    guard let tree = tree(of: file) else { return [] }
    var named: [(String, PythonExpression)] = []
    for (statement, _) in tree.moduleLevel {
      if case .assignment(let targets, let value) = statement.kind, let name = targets.first?.dottedName {
        named.append((name, value))
      }
    }
    for (_, definition) in tree.topClasses {
      named += definition.attributes.sorted { $0.value.offset < $1.value.offset }.map { ($0.key, $0.value) }
    }
    func word(_ expression: PythonExpression) -> AppMapping.Word? {
      expression.stringValue.map { ($0, Location(path: file, line: expression.line, column: expression.column)) }
    }
    return named.compactMap { name, value -> AppMapping? in
      guard case .dictionary(let entries) = value.node else { return nil }
      var pairs: [(AppMapping.Word, AppMapping.Word)] = []
      for (key, value) in entries {
        guard let app = key.flatMap(word) else { continue }
        switch value.node {
        case .list(let items), .tuple(let items), .set(let items): pairs += items.compactMap(word).map { (app, $0) }
        default: if let alias = word(value) { pairs.append((app, alias)) }
        }
      }
      return AppMapping(name, pairs, aliases: aliases, labels: [], isRead: true)
    }
  }
}
