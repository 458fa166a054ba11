import Diagnostics
import Doctor
import Project
import PythonSource

/// The numbers of CACHES are numbers, and its keys are ones that Django reads.
struct CacheOptions: Check {
  let documentation = CheckDocumentation(
    id: "cache-options", area: .cache, reach: .static, severity: .warning,
    title: "cache options are read",
    what: """
      Looks for TIMEOUT, MAX_ENTRIES and CULL_FREQUENCY that are no whole numbers, for keys that stand in the wrong \
      dictionary, and for misspelt ones.
      """,
    why: "Django takes its own value (300 seconds, 300 entries, a third) for what it cannot read, and says nothing.",
    example: "'TIMEOUT': '1 hour'",
    remedy: "write a number, or None for a TIMEOUT that never ends")

  private static let keys = [
    "BACKEND", "LOCATION", "TIMEOUT", "OPTIONS", "KEY_PREFIX", "VERSION", "KEY_FUNCTION",
  ]
  private static let options = ["MAX_ENTRIES", "CULL_FREQUENCY"]
  private static let defaults = ["TIMEOUT": "300 seconds", "MAX_ENTRIES": "300", "CULL_FREQUENCY": "3"]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inCaches { cache in
      let builtins = cache.alternatives(of: "BACKEND").compactMap(\.text).compactMap { CacheBackend(builtin: $0) }
      let timeouts = cache.alternatives(of: "TIMEOUT").filter { !$0.isNone }
      var results = timeouts.compactMap { number($0, "TIMEOUT", cache.alias, in: context) }
      // Django reads them in small letters too, and first.
      for key in ["TIMEOUT"] + Self.options {
        results += cache.alternatives(of: key.lowercased()).filter { !$0.isNone }.compactMap {
          number($0, key, cache.alias, in: context)
        }
      }
      let options = cache.alternatives(of: "OPTIONS")
      for key in Self.options {
        results += options.compactMap { $0[key] }.flatMap(\.alternatives).compactMap {
          number($0, key, cache.alias, in: context)
        }
      }
      if builtins.isEmpty { return results }
      results +=
        misplaced(in: cache, context) + misspelt(cache.values.entries, Self.keys + Self.options, cache.alias, context)
      // What clients of servers take is theirs to say.
      guard builtins.allSatisfy({ [.memory, .file, .database].contains($0.store) }) else { return results }
      for dictionary in options {
        results += misspelt(dictionary.entries, Self.options, cache.alias, context)
      }
      return results
    }
  }

  /// What `int()` refuses.
  private func number(_ value: SettingValue, _ key: String, _ alias: String, in context: CheckContext) -> CheckResult? {
    switch value.content {
    case .number, .boolean: return nil
    case .string(let text):
      if Int(PythonNumber.stripped(text)) != nil { return nil }
      if value.variable != nil, text.isEmpty { return nil }
    case .unknown(let reason):
      if isDuration(value.location, in: context) { break }
      return CheckResult(.unknown, alias, "\(key) is not known: \(reason)", at: value.location)
    default: break
    }
    return CheckResult(
      context.status(self), alias,
      "\(key) is \(value.text == nil ? "no number" : "'\(value.shown)'"), and Django takes \(Self.defaults[key] ?? "") without a word",
      remedy: "write a number\(key == "TIMEOUT" ? " of seconds, or None for ever" : "")", at: value.location)
  }

  /// `timedelta(minutes=5)`, which is no number.
  private func isDuration(_ place: Location, in context: CheckContext) -> Bool {
    guard let tree = context.code.tree(of: place.path) else { return false }
    return tree.calls.contains { call in
      guard call.line == place.line, call.column == place.column, case .call(let function, _, _) = call.node,
        // Not `timedelta(minutes=5).total_seconds()`.
        !tree.attributes.contains(where: { $0.offset == call.offset && $0.range.count > call.range.count })
      else { return false }
      if case .attribute(_, "timedelta") = function.node { return true }
      return function.dottedName == "timedelta"
    }
  }

  private func misplaced(in cache: CacheSettings, _ context: CheckContext) -> [CheckResult] {
    var results: [CheckResult] = []
    for key in Self.options {
      guard let value = cache[key] else { continue }
      results.append(
        CheckResult(
          context.status(self), cache.alias, "\(key) is read in OPTIONS alone",
          remedy: "'OPTIONS': {'\(key)': \(value.shown)}", at: value.location))
    }
    for dictionary in cache.alternatives(of: "OPTIONS") {
      if let value = dictionary["TIMEOUT"] {
        results.append(
          CheckResult(
            context.status(self), cache.alias, "TIMEOUT is not read in OPTIONS",
            remedy: "move it beside OPTIONS: 'TIMEOUT': \(value.shown)", at: value.location))
      }
    }
    return results
  }

  private func misspelt(
    _ entries: [(key: String, value: SettingValue)], _ names: [String], _ alias: String, _ context: CheckContext
  ) -> [CheckResult] {
    entries.compactMap { key, value in
      // Django's own tests of the parameters give them in small letters.
      guard !names.contains(key), key != "**", !names.contains(key.uppercased()),
        let close = Suggestion.closest(to: key, among: names)
      else { return nil }
      return CheckResult(
        context.status(self), alias, "Django does not read \(Escaping.text(key))", remedy: "did you mean \(close)?",
        at: value.location)
    }
  }
}

/// Numbers as Python's `int()` reads them.
private enum PythonNumber {
  static func stripped(_ text: String) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest.filter { $0 != "_" }
  }
}
