// Supported: TOML with one `[[check]]` for each rule:
//   id = "search"                 letters, digits and dashes; no other check may have it
//   title = "..."                 a few words; the id when it is left out
//   severity = "error"            or "warning"
//   message = "...", remedy = "..."
//   when = { file = "compose.yml", setting = "SEARCH_URL", environment = "CI", module = "celery", profile = "production" }
// and exactly one of:
//   file = "var/media"            exists, relative to the project's folder
//   environment = "SECRET_KEY"    is set
//   tcp = "127.0.0.1:9200"        accepts connections
//   http = "http://127.0.0.1:9200/_cluster/health", with status = 200 or any below 400
//   module = "celery", with version = ">=5.3": the distribution is installed
//   command = ["node", "--version"], with version = ">=18": it ends with 0 (run only with --allow-commands)
//   setting = "USE_TZ", with equals = true
// Unsupported: https, which needs a certificate to be judged.

import ConfigFormats
package import Diagnostics
import Host
import Packaging

/// A file of checks/rules/ or of a project's .envtool/checks/.
package struct RuleFile: Sendable {
  package let rules: [CheckRule]

  private static let conditions = ["file", "environment", "tcp", "http", "module", "command", "setting"]
  private static let keys =
    conditions + ["id", "title", "severity", "message", "remedy", "when", "status", "version", "equals"]

  /// Throws a finding with line and column where the bytes are no such file. `taken` are ids of other checks.
  package init(_ bytes: [UInt8], at path: SourcePath, taken: Set<String> = []) throws(Finding) {
    do throws(ConfigError) {
      let document = try TOMLReader.read(bytes)
      try Self.expectKeys(of: document, among: ["check"])
      var rules: [CheckRule] = []
      for node in try document.tableNodes("check") ?? [] {
        let rule = try Self.rule(node, path)
        if taken.contains(rule.id) || rules.contains(where: { $0.id == rule.id }) {
          throw ConfigError(at: node["id"]?.place ?? node.place, "there is a check \(Escaping.text(rule.id)) already")
        }
        rules.append(rule)
      }
      self.rules = rules
    } catch {
      throw Finding(
        .error, at: Location(path: path, line: error.line, column: error.column), error.message,
        remedy: "checks/README.md shows what a rule may hold")
    }
  }

  private static func expectKeys(of node: ConfigNode, among names: [String]) throws(ConfigError) {
    for entry in node.table?.entries ?? [] where !names.contains(entry.key) {
      let hint = Suggestion.closest(to: entry.key, among: names).map { ": did you mean \($0)?" } ?? ""
      throw ConfigError(at: entry.keyPlace, "unknown key `\(Escaping.text(entry.key))`\(hint)")
    }
  }

  private static func rule(_ node: ConfigNode, _ path: SourcePath) throws(ConfigError) -> CheckRule {
    try expectKeys(of: node, among: keys)
    guard let id = try node.string("id"), isIdentifier(id) else {
      throw ConfigError(
        at: node["id"]?.place ?? node.place, "a check needs an `id` of lower-case letters, digits and dashes")
    }
    let severity = try node.string("severity") ?? "error"
    guard ["error", "warning"].contains(severity) else {
      throw ConfigError(at: node["severity"]?.place ?? node.place, "`severity` must be \"error\" or \"warning\"")
    }
    return CheckRule(
      id: id, title: try node.string("title") ?? id, severity: severity == "error" ? .error : .warning,
      message: try node.string("message"), remedy: try node.string("remedy"), condition: try condition(node),
      occasion: try occasion(node),
      location: Location(path: path, line: node.place.line, column: node.place.column))
  }

  private static func isIdentifier(_ text: String) -> Bool {
    text.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  private static func condition(_ node: ConfigNode) throws(ConfigError) -> CheckRule.Condition {
    let given = conditions.filter { node[$0] != nil }
    guard given.count == 1, let kind = given.first, let place = node[kind]?.place else {
      let what = given.isEmpty ? "none" : given.joined(separator: " and ")
      throw ConfigError(
        at: node.place, "a check has exactly one of \(conditions.joined(separator: ", ")); this one has \(what)")
    }
    switch kind {
    case "command":
      let words = try node.stringNodes("command")?.compactMap(\.string) ?? []
      if words.isEmpty { throw ConfigError(at: place, "`command` names no program") }
      return .command(words, try versions(node))
    case "setting":
      let name = try node.string("setting") ?? ""
      guard let value = node["equals"] else { throw ConfigError(at: place, "`setting` goes with `equals`") }
      return .setting(name, equals: try text(of: value))
    default: break
    }
    let text = try node.string(kind) ?? ""
    if text.isEmpty { throw ConfigError(at: place, "`\(kind)` is empty") }
    switch kind {
    case "file": return .file(SourcePath(text))
    case "environment": return .environment(text)
    case "module":
      guard let name = PackageName(text) else { throw ConfigError(at: place, "`module` is no name of a distribution") }
      return .distribution(name, try versions(node))
    case "tcp":
      guard let endpoint = ServerAddress.hostAndPort(text[...], default: 0), case .tcp(_, let port) = endpoint, port > 0
      else {
        throw ConfigError(at: place, "`tcp` must be HOST:PORT")
      }
      return .tcp(endpoint)
    default: return try http(text, place, status: try node.integer("status"))
    }
  }

  private static func http(_ text: String, _ place: ConfigPlace, status: Int?) throws(ConfigError)
    -> CheckRule.Condition
  {
    let scheme = "http://"
    guard text.hasPrefix(scheme), !text.utf8.contains(where: { $0 <= 0x20 }) else {
      throw ConfigError(at: place, "`http` must begin with http:// (https cannot be asked yet) and hold no spaces")
    }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.contains("@"), let endpoint = ServerAddress.hostAndPort(host, default: 80) else {
      throw ConfigError(at: place, "`http` must be http://HOST:PORT/PATH")
    }
    let path = rest.dropFirst(host.count).prefix { $0 != "#" }
    return .http(endpoint, host: String(host), path: path.hasPrefix("/") ? String(path) : "/\(path)", status: status)
  }

  private static func versions(_ node: ConfigNode) throws(ConfigError) -> SpecifierSet? {
    guard let text = try node.string("version") else { return nil }
    guard let versions = SpecifierSet(text) else {
      throw ConfigError(at: node["version"]?.place ?? node.place, "`version` must be a specifier such as >=5.3,<6")
    }
    return versions
  }

  private static func text(of node: ConfigNode) throws(ConfigError) -> String {
    switch node.value {
    case .string(let text): return text
    case .boolean(let value): return value ? "True" : "False"
    case .integer(let digits), .float(let digits): return digits
    default: throw ConfigError(at: node.place, "`equals` must be a string, a number or a boolean, not \(node.kindName)")
    }
  }

  private static func occasion(_ node: ConfigNode) throws(ConfigError) -> CheckRule.Occasion {
    var occasion = CheckRule.Occasion()
    guard let when = try node.tableNode("when") else { return occasion }
    try expectKeys(of: when, among: ["file", "setting", "environment", "module", "profile"])
    occasion.file = try when.string("file").map { SourcePath($0) }
    occasion.setting = try when.string("setting")
    occasion.environment = try when.string("environment")
    occasion.distribution = try when.string("module").flatMap { PackageName($0) }
    if let profile = try when.string("profile") {
      guard let known = CheckProfile(rawValue: profile) else {
        let names = CheckProfile.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigError(at: when["profile"]?.place ?? when.place, "`profile` must be one of \(names)")
      }
      occasion.profile = known
    }
    return occasion
  }
}
