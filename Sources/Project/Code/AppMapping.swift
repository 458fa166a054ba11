package import Diagnostics
import PythonSource

/// A dictionary by which routers send apps to databases: `{"polls": "soda"}`, or `{"soda": ["polls"]}`.
package struct AppMapping: Sendable {
  /// A text and its place; open where the environment decides it.
  package typealias Word = (text: String, location: Location, isOpen: Bool)

  /// The setting, or the name in the router's file.
  package let name: String
  package let pairs: [(app: Word, alias: Word)]
  /// Whether a router of the project takes it: others may read what is only called like one in their own way.
  package let isRead: Bool
  /// Whether a router of the project asks it by the label of an app.
  package let isByApp: Bool
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
        let isByApp = files.contains { code.asksByApp(name, in: $0) }
        if let mapping = mapping(name, entries, aliases: aliases, isRead: isRead, isByApp: isByApp) {
          found.append(mapping)
        }
      }
    }
    for file in files { found += code.mappings(in: file, aliases: aliases) }
    return found
  }

  /// Every name that a settings module of the project sets.
  private var settingNames: Set<String> {
    Set((judgedSettingsModules + [judgedSettings?.values].compactMap(\.self)).flatMap { $0.history.map(\.name) })
  }

  private static let databaseWords: Set<String> = ["DATABASE", "DATABASES", "DB", "DBS"]
  private static let mappingWords: Set<String> = ["MAPPING", "MAPPINGS", "MAP", "ROUTING", "ROUTES", "APPS", "APP"]

  /// `DATABASE_APPS_MAPPING`, `APP_TO_DB`: of no other words, which may map anything.
  private static func isCalledMapping(_ name: String) -> Bool {
    let words = Set(name.split(separator: "_").map(String.init))
    return !words.isDisjoint(with: databaseWords) && !words.isDisjoint(with: mappingWords)
      && words.isSubset(of: databaseWords.union(mappingWords).union(["ROUTER", "FOR", "TO", "BY", "OF", "PER"]))
  }

  private func mapping(
    _ name: String, _ entries: [(key: String, value: SettingValue)], aliases: [String], isRead: Bool, isByApp: Bool
  ) -> AppMapping? {
    var pairs: [(AppMapping.Word, AppMapping.Word)] = []
    for (key, value) in entries {
      for part in value.alternatives {
        let word: AppMapping.Word = (key, part.location, false)
        for item in [part] + part.items {
          if let text = item.text { pairs.append((word, (text, item.location, item.variable != nil))) }
        }
      }
    }
    let labels = apps?.apps.compactMap(\.label) ?? []
    return AppMapping(name, pairs, aliases: aliases, labels: labels, isRead: isRead, isByApp: isByApp)
  }
}

extension AppMapping {
  /// Nil where neither side holds an alias or nearly one, no key is one of `labels`, and nobody asks it by an app: then it maps
  /// something else.
  init?(
    _ name: String, _ pairs: [(Word, Word)], aliases: [String], labels: [String], isRead: Bool, isByApp: Bool
  ) {
    if pairs.isEmpty { return nil }
    func count(_ words: [Word]) -> Int { words.count { aliases.contains($0.text) } }
    func holdsLikely(_ words: [Word]) -> Bool {
      words.contains { Suggestion.closest(to: $0.text, among: aliases) != nil }
    }
    let (keys, values) = (pairs.map(\.0), pairs.map(\.1))
    self.name = name
    self.isRead = isRead
    self.isByApp = isByApp
    if count(keys) > count(values) {
      self.pairs = pairs.map { (app: $0.1, alias: $0.0) }
      return
    }
    guard isByApp || count(values) > 0 || holdsLikely(values) || keys.contains(where: { labels.contains($0.text) })
    else { return nil }
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

  private static let labelNames: Set<String> = ["app_label", "label", "app", "app_name"]

  /// Whether a file looks something up in a mapping by the label of an app: `settings.NAME.get(model._meta.app_label)`.
  fileprivate func asksByApp(_ name: String, in file: SourcePath) -> Bool {
    guard text(of: file)?.contains(name) == true, let tree = tree(of: file) else { return false }
    func isLabel(_ expression: PythonExpression) -> Bool {
      if case .attribute(_, "app_label") = expression.node { return true }
      return expression.lastName.map { Self.labelNames.contains($0) } ?? false
    }
    func isMapping(_ expression: PythonExpression) -> Bool {
      if case .call(let function, let arguments, _) = expression.node, function.dottedName == "getattr" {
        return arguments.count > 1 && arguments[1].stringValue == name
      }
      if let last = expression.lastName, last == name { return true }
      // `mapping = settings.NAME`
      return tree.assignments.contains { target, value in
        target.dottedName != nil && target.dottedName == expression.dottedName && value.depth < 20
          && value.dottedName != expression.dottedName && isMapping(value)
      }
    }
    return tree.calls.contains { call in
      guard case .call(let function, let arguments, _) = call.node, case .attribute(let base, "get") = function.node,
        let first = arguments.first
      else { return false }
      return isLabel(first) && isMapping(base)
    }
      || tree.subscripts.contains { expression in
        guard case .subscripted(let base, let index) = expression.node else { return false }
        return isLabel(index) && isMapping(base)
      }
  }

  /// Dictionaries of texts that the module or its classes give a name.
  fileprivate func mappings(in file: SourcePath, aliases: [String]) -> [AppMapping] {
    guard let tree = tree(of: file) else { return [] }
    var named: [(String, PythonExpression)] = []
    for (statement, _) in tree.moduleLevel {
      switch statement.kind {
      case .assignment(let targets, let value): if let name = targets.first?.dottedName { named.append((name, value)) }
      case .annotation(let target, _, let value?): if let name = target.dottedName { named.append((name, value)) }
      default: break
      }
    }
    for (_, definition) in tree.topClasses {
      named += definition.attributes.sorted { $0.value.offset < $1.value.offset }.map { ($0.key, $0.value) }
    }
    func word(_ expression: PythonExpression) -> AppMapping.Word? {
      expression.stringValue.map { text in
        (text, Location(path: file, line: expression.line, column: expression.column), false)
      }
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
      return AppMapping(
        name, pairs, aliases: aliases, labels: [], isRead: true, isByApp: asksByApp(name, in: file))
    }
  }
}
