import ConfigFormats
import Diagnostics

/// What readers of the environment make of its texts, and the objects that do the reading.
extension SettingsInterpreter {
  enum CastDialect {
    case environ, environs, decouple
  }

  /// Methods of the objects of libraries; nil for any that is not known.
  func libraryMethod(
    _ name: String, of type: String, _ fields: [String: PythonValue], _ receiver: PythonValue, _ call: PythonCall,
    in frame: Frame
  ) throws(Interruption) -> PythonValue? {
    switch (type, name) {
    case ("environ.Env", "read_env"), ("environs.Env", "read_env"):
      return try readEnvironment(type == "environs.Env", call, in: frame)
    case ("environ.Env", _), ("environs.Env", _): return try read(name, type, fields, call, in: frame)
    case ("decouple.AutoConfig", "__call__"):
      let folder = (fields["0"] ?? fields["search_path"])?.text.map { absolute($0) } ?? frame.path.parent
      return try decoupled(call, from: nearest(["settings.ini", ".env"], from: folder), in: frame)
    case ("decouple.Config", "__call__"), ("decouple.Config", "get"):
      guard case .instance(let id)? = (fields["0"] ?? fields["repository"])?.kind,
        case .instance(_, let repository) = objects[id.index],
        let path = (repository["0"] ?? repository["source"])?.text
      else { return nil }
      return try decoupled(call, from: absolute(path), in: frame)
    case ("decouple.Csv", "__call__"):
      guard let value = call.arguments.first else { return nil }
      return try cast(value, by: receiver, dialect: .decouple, at: call.place, in: frame)
    case ("file", "read"), ("file", "readline"), ("file", "readlines"): return try readFile(fields, name, call)
    case ("file", "close"), ("file", "__exit__"): return PythonValue(.none, at: call.place)
    case ("environ.Path", _): return try environPath(name, fields, call)
    default: return nil
    }
  }

  /// `env("NAME")`, `env.bool("NAME", default=...)`, `env.db()` and the rest.
  private func read(
    _ method: String, _ type: String, _ fields: [String: PythonValue], _ call: PythonCall, in frame: Frame
  ) throws(Interruption) -> PythonValue? {
    let isEnvirons = type == "environs.Env"
    let kinds: [String: (URLKind, String)] = [
      "db": (.database, "DATABASE_URL"), "db_url": (.database, "DATABASE_URL"),
      "dj_db_url": (.database, "DATABASE_URL"),
      "cache": (.cache, "CACHE_URL"), "cache_url": (.cache, "CACHE_URL"), "dj_cache_url": (.cache, "CACHE_URL"),
      "email": (.email, "EMAIL_URL"), "email_url": (.email, "EMAIL_URL"), "dj_email_url": (.email, "EMAIL_URL"),
    ]
    if method == "db_url_config", let url = call.arguments.first {
      return try configuration(.database, from: url, call)
    }
    let url = isEnvirons && method == "email" ? nil : kinds[method]
    guard let name = call.argument(0, "var")?.string ?? (call.arguments.isEmpty ? url?.1 : nil) else { return nil }
    let fallbackPosition = method == "__call__" || method == "get_value" ? (isEnvirons ? 1 : 2) : 1
    var fallback = call.argument(fallbackPosition, "default")
    var cast: PythonValue? =
      method == "__call__" || method == "get_value" ? call.argument(isEnvirons ? 9 : 1, "cast") : nil
    if let scheme = fields[name] {
      if let pair = scheme.sequence.map(items), pair.count == 2, case .tuple = scheme.kind {
        cast = cast ?? pair[0]
        fallback = fallback ?? pair[1]
      } else {
        cast = cast ?? scheme
      }
    }
    let isDefault = isSet(name) == false
    var value = try environment(
      name, default: fallback, at: call.place, raising: isEnvirons ? "EnvError" : "ImproperlyConfigured")
    if let (kind, _) = url { return try configuration(kind, from: value, call) }
    if isDefault {
      // django-environ follows a default that names another variable.
      if !isEnvirons, let text = value.string, text.hasPrefix("$") {
        value = try environment(String(text.drop { $0 == "$" }), default: nil, at: call.place)
      }
      return method == "path" ? value.text.map { value.with(.path(SourcePath($0).collapsed)) } ?? value : value
    }
    if !isEnvirons, let text = value.string, text.hasPrefix("$") {
      value = try environment(String(text.drop { $0 == "$" }), default: fallback, at: call.place)
    }
    let dialect: CastDialect = isEnvirons ? .environs : .environ
    if let cast { return try self.cast(value, by: cast, dialect: dialect, at: call.place, in: frame) }
    if method == "__call__" || method == "get_value", !isEnvirons, let fallback, !fallback.isUnknown {
      return try self.cast(value, like: fallback, at: call.place)
    }
    return try self.cast(
      value, to: method == "__call__" ? "str" : method, dialect, item: call.keyword("subcast") ?? call.keyword("cast"),
      at: call.place, in: frame)
  }

  /// django-environ casts to the type of the default.
  private func cast(_ value: PythonValue, like fallback: PythonValue, at place: Place) throws(Interruption)
    -> PythonValue
  {
    switch fallback.kind {
    case .boolean: try cast(value, to: "bool", .environ, item: nil, at: place, in: nil)
    case .integer: try cast(value, to: "int", .environ, item: nil, at: place, in: nil)
    case .float: try cast(value, to: "float", .environ, item: nil, at: place, in: nil)
    case .list: try cast(value, to: "list", .environ, item: nil, at: place, in: nil)
    case .tuple: try cast(value, to: "tuple", .environ, item: nil, at: place, in: nil)
    case .dictionary: try cast(value, to: "dict", .environ, item: nil, at: place, in: nil)
    default: value
    }
  }

  /// The value as `cast`, a type, function or reader of lists, makes it.
  func cast(
    _ value: PythonValue, by cast: PythonValue, dialect: CastDialect, at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    if value.alternatives.count > 1 {
      var results: [PythonValue] = []
      for alternative in value.alternatives {
        results.append(try self.cast(alternative, by: cast, dialect: dialect, at: place, in: frame))
      }
      return try joined(results) ?? value
    }
    switch cast.kind {
    case .none: return value
    case .external(let name) where name.hasPrefix("builtins."):
      let type = String(name.dropFirst(9))
      if dialect == .decouple, type != "bool" {
        return try invoke(cast, PythonCall(arguments: [value], keywords: [], place: place), in: frame)
      }
      return try self.cast(value, to: type, dialect, item: nil, at: place, in: frame)
    case .list(let id), .tuple(let id):
      let type = if case .list = cast.kind { "list" } else { "tuple" }
      return try self.cast(value, to: type, dialect, item: items(id).first, at: place, in: frame)
    case .instance(let id):
      guard case .instance("decouple.Csv", let fields) = objects[id.index] else { break }
      return try commaSeparated(value, fields, at: place, in: frame)
    default: break
    }
    return try invoke(cast, PythonCall(arguments: [value], keywords: [], place: place), in: frame)
  }

  private func commaSeparated(
    _ value: PythonValue, _ fields: [String: PythonValue], at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    if case .none = value.kind { return value.isAssumed ? value : try list([], at: place) }
    guard let text = value.string else {
      return unknown(value.unknownReason ?? "text that is not known", at: place, variable: value.variable)
    }
    guard !text.utf8.contains(where: { $0 == 0x22 || $0 == 0x27 || $0 == 0x5C || $0 == 0x23 }) else {
      return unknown("a list with quotes", at: place, variable: value.variable)
    }
    let delimiter = (fields["1"] ?? fields["delimiter"])?.string ?? ","
    var parts: [PythonValue] = []
    for part in PythonText.split(text, at: delimiter) where !part.isEmpty {
      var item = value.with(.string(PythonText.stripped(part)))
      if let cast = fields["0"] ?? fields["cast"] {
        item = try invoke(cast, PythonCall(arguments: [item], keywords: [], place: place), in: frame)
      }
      parts.append(item)
    }
    var result = try list(parts, at: value.place)
    result.variable = value.variable
    result.isAssumed = value.isAssumed
    if let process = fields["3"] ?? fields["post_process"] {
      return try invoke(process, PythonCall(arguments: [result], keywords: [], place: place), in: frame)
    }
    return result
  }

  /// The text of a variable as a type.
  private func cast(
    _ value: PythonValue, to type: String, _ dialect: CastDialect, item: PythonValue?, at place: Place, in frame: Frame?
  ) throws(Interruption) -> PythonValue {
    if value.alternatives.count > 1 {
      var results: [PythonValue] = []
      for alternative in value.alternatives {
        results.append(try cast(alternative, to: type, dialect, item: item, at: place, in: frame))
      }
      return try joined(results) ?? value
    }
    guard let text = value.string else {
      if case .boolean = value.kind, type == "bool" { return value }
      if type == "bool", let truth = truth(of: value, assuming: true) { return value.with(.boolean(truth)) }
      return value
    }
    switch type {
    case "str", "__call__", "unicode", "url", "get_value", "bytes", "log_level", "enum", "uuid", "date": return value
    case "path": return value.with(.path(SourcePath(text).collapsed))
    case "bool":
      if dialect == .environ {
        return value.with(
          .boolean(Int(text).map { $0 != 0 } ?? (EnvironmentText.boolean(text) == true && text.lowercased() != "t")))
      }
      guard let flag = EnvironmentText.boolean(text) else {
        return try raise("ValueError", "no truth value", at: place, variable: value.variable)
      }
      return value.with(.boolean(flag))
    case "int", "float":
      return try builtin(type, PythonCall(arguments: [value], keywords: [], place: place), in: frame)
    case "list", "tuple", "set":
      var trimmed = text
      if dialect == .environ, type == "tuple" { trimmed = PythonText.stripped(trimmed, of: "()") }
      var parts: [PythonValue] = []
      for part in PythonText.split(trimmed, at: ",") where !part.isEmpty {
        var part = value.with(.string(dialect == .environs ? PythonText.stripped(part) : part))
        if let item, let frame { part = try cast(part, by: item, dialect: dialect, at: place, in: frame) }
        parts.append(part)
      }
      var result =
        type == "list"
        ? try list(parts, at: value.place)
        : type == "set" ? try set(of: parts, at: value.place) : try tuple(parts, at: value.place)
      result.variable = value.variable
      result.isAssumed = value.isAssumed
      return result
    case "dict":
      var dictionary = PythonDictionary()
      for pair in PythonText.split(text, at: ",") where !pair.isEmpty {
        let parts = PythonText.split(pair, at: "=", limit: 1).map {
          dialect == .environs ? PythonText.stripped($0) : $0
        }
        guard parts.count == 2 else {
          return unknown("a dictionary that is not read", at: place, variable: value.variable)
        }
        dictionary.set(
          .string(parts[0]), value.with(.string(parts[0])), to: marked(value.with(.string(parts[1])), as: parts[0]))
      }
      return try self.dictionary(dictionary, at: value.place)
    case "json":
      return try parsed("json.loads", PythonCall(arguments: [value], keywords: [], place: place)) ?? value
    default: return unknown("`.\(type)()` is not followed", at: place, variable: value.variable)
    }
  }
}
