import Diagnostics
import Knowledge
import Packaging
import PythonSource

/// What the strings of settings need installed.
///
/// Where a rule tells what a string is, any dotted name counts. Elsewhere a string counts when it looks like the dotted name of
/// a class, `package.module.Class`: host names, file names and names of loggers end in no capitalised part, and a model is
/// named by two, `app.Model`.
struct SettingsEvidence {
  let group: DependencyGroup
  let localModules: LocalModules
  private(set) var evidence: [Evidence] = []
  /// Where strings stand that a setting calls optional, wherever they are used.
  private var optionalPlaces: Set<Location> = []
  /// The top-level modules of the project that the settings name.
  private(set) var localImports: Set<String> = []

  init(group: DependencyGroup, localModules: LocalModules) {
    self.group = group
    self.localModules = localModules
  }

  /// What is known of a setting before its value is looked at.
  private struct Setting {
    let rules: [SettingRule]
    let group: DependencyGroup
    let countsSchemes: Bool
  }

  /// Takes what was assigned to the setting `name`, or added to it.
  mutating func add(_ value: SettingValue, of name: String) {
    // Names of variables are not those of settings.
    guard name.utf8.allSatisfy({ !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0) }) else { return }
    let rules = FrameworkRules.all
    let setting = Setting(
      rules: rules.settings(named: name), group: Array(name.utf8).holds("OPTIONAL") ? max(group, .optional) : group,
      countsSchemes: rules.countsSchemes(in: name))
    add(value, of: setting, path: [])
  }

  private mutating func add(_ value: SettingValue, of setting: Setting, path: [String]) {
    switch value.content {
    case .string(let text): add(text, isSecret: value.isSecret, at: value.location, of: setting, path: path)
    case .list(let items):
      let isFirst = setting.rules.contains { $0.takesFirst && $0.matches(path) }
      for item in items.prefix(isFirst ? 1 : items.count) { add(item, of: setting, path: path) }
    case .dictionary(let entries):
      guard path.count < 8 else { return }
      for (key, value) in entries { add(value, of: setting, path: path + [key]) }
    case .oneOf(let values): for value in values { add(value, of: setting, path: path) }
    default: break
    }
  }

  private mutating func add(
    _ text: String, isSecret: Bool, at location: Location, of setting: Setting, path: [String]
  ) {
    if setting.group == .optional { optionalPlaces.insert(location) }
    let group = optionalPlaces.contains(location) ? max(setting.group, .optional) : setting.group
    func take(_ subject: Evidence.Subject, _ kind: EvidenceKind, text: String) {
      evidence.append(Evidence(subject: subject, kind: kind, group: group, location: location, text: text))
    }
    let scheme = text.urlScheme
    if setting.countsSchemes, let scheme, FrameworkRules.all[.scheme(scheme)] != nil {
      take(.rule(.scheme(scheme)), .urlScheme, text: "\(scheme)://")
    }
    var kind: EvidenceKind?
    for rule in setting.rules where rule.matches(path) {
      switch rule.meaning {
      case .module(let named): if kind == nil { kind = named }
      case .value(let expected, let key):
        if let scheme {
          // What follows may be a password.
          if expected == "\(scheme)://" { take(.rule(key), .urlScheme, text: expected) }
        } else if text == expected {
          take(.rule(key), .setting, text: text)
        }
      }
    }
    // A token may look like the name of a class.
    guard kind != nil || !isSecret, let module = text.namedModule(of: kind) else { return }
    let top = module.topLevelModule
    if localModules.provides(module, names: ["apps", "models", "views", "urls", "migrations", "admin"]) {
      localImports.insert(top)
      return
    }
    if StandardLibrary.isInEveryVersion(top) { return }
    take(.module(module), kind ?? .setting, text: text)
    if let rule = FrameworkRules.all.backend(module) { take(.rule(rule), kind ?? .setting, text: text) }
  }
}

extension String {
  /// `redis` of `redis://host`
  fileprivate var urlScheme: String? {
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")), self[colon...].hasPrefix("://") else { return nil }
    return self[..<colon].lowercased()
  }

  /// The module that the text of a setting names; `kind` is nil for a setting that no rule speaks of.
  fileprivate func namedModule(of kind: EvidenceKind?) -> String? {
    guard let kind else { return isClassPath ? self : nil }
    // `package.module:object` and `package.module.Class` both name a module.
    let module = utf8.firstIndex(of: UInt8(ascii: ":")).map { String(self[..<$0]) } ?? self
    let mayBeOneName = kind == .installedApp || kind == .databaseEngine
    return module.isDottedName && (mayBeOneName || module.contains(".")) ? module : nil
  }

  /// Names with dots between, or one name.
  private var isDottedName: Bool { !isEmpty && parts.allSatisfy(\.isIdentifier) }

  /// `package.module.Class`
  private var isClassPath: Bool {
    let parts = parts
    guard parts.count > 2, let first = parts.last?.first else { return false }
    return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first && parts.allSatisfy(\.isIdentifier)
      && parts[parts.count - 1].contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
      && parts[0].allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0) }
  }

  private var parts: [ArraySlice<UInt8>] {
    Array(utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isIdentifier: Bool {
    guard let first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
    return allSatisfy { byte in
      byte == UInt8(ascii: "_") || byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
  }
}
