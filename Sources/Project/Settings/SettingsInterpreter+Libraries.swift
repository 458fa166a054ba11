import ConfigFormats
import Diagnostics

/// split-settings, django-configurations, JSON and TOML.
extension SettingsInterpreter {
  func libraryFunction(_ name: String, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue? {
    switch name {
    case "split_settings.tools.optional":
      return call.arguments.first.map { value in
        instance("split_settings.optional", ["path": value], at: call.place)
      }
    case "split_settings.tools.include":
      try includeAll(call, in: frame)
      return PythonValue(.none, at: call.place)
    default: break
    }
    if name.hasPrefix("configurations.values.") {
      var fields: [String: PythonValue] = [:]
      for (index, value) in call.arguments.enumerated() { fields["\(index)"] = value }
      for (key, value) in call.keywords { fields[key] = value }
      return instance(name, fields, at: call.place)
    }
    return nil
  }

  // MARK: - split-settings

  /// `include("components/*.py", optional("local.py"))`: each file in the names of the caller.
  private func includeAll(_ call: PythonCall, in frame: Frame) throws(Interruption) {
    for argument in call.arguments {
      var (pattern, isOptional) = (argument, false)
      if case .instance(let id) = argument.kind, case .instance(_, let fields) = objects[id.index],
        let path = fields["path"]
      {
        (pattern, isOptional) = (path, true)
      }
      guard let text = pattern.text else {
        setDoubt(of: frame.globals, to: "includes files whose names are not known")
        continue
      }
      let found = matches(of: text, in: frame.path.parent)
      if found.isEmpty, !isOptional { _ = try raise("OSError", "no file is included", at: call.place) }
      for path in found where path != frame.path { try include(path, in: frame) }
    }
  }

  /// The files that a pattern names: `*` and `?` in its last parts.
  private func matches(of pattern: String, in folder: SourcePath) -> [SourcePath] {
    guard pattern.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else {
      let path = folder.appending(pattern).normalized
      return sources.tree(of: path) == nil ? [] : [path]
    }
    var folders = [pattern.hasPrefix("/") ? SourcePath("/") : folder]
    for part in SourcePath(pattern).components {
      folders = folders.prefix(100).flatMap { folder -> [SourcePath] in
        guard part.contains("*") || part.contains("?") else { return [folder.appending(part).normalized] }
        return files.list(folder).filter { Self.matches($0.utf8[...], part.utf8[...]) }.map { folder.appending($0) }
      }
    }
    return folders.filter { $0.bytes.ends(with: ".py") && sources.tree(of: $0) != nil }
  }

  private static func matches(_ name: Substring.UTF8View, _ pattern: Substring.UTF8View) -> Bool {
    var (text, glob) = (Array(name)[...], Array(pattern)[...])
    // The place to go on from with one byte more for the last star.
    var retry: (text: ArraySlice<UInt8>, glob: ArraySlice<UInt8>)?
    while let byte = text.first {
      if glob.first == UInt8(ascii: "*") {
        glob.removeFirst()
        retry = (text.dropFirst(), glob)
      } else if glob.first == byte || glob.first == UInt8(ascii: "?") {
        glob.removeFirst()
        text.removeFirst()
      } else if let last = retry {
        (text, glob) = last
        retry = (text.dropFirst(), glob)
      } else {
        return false
      }
    }
    return glob.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  // MARK: - django-configurations

  static let configurationNames: Set<String> = ["configurations.Configuration", "configurations.base.Configuration"]

  /// The setting that a `values.*Value` of a class stands for, by the name that it is assigned to.
  func configured(_ value: PythonValue, as name: String, in frame: Frame) throws(Interruption) -> PythonValue {
    guard case .instance(let id) = value.kind, case .instance(let type, let fields) = objects[id.index],
      type.hasPrefix("configurations.values.")
    else { return value }
    let kind = type.split(separator: ".").last.map(String.init) ?? ""
    let prefix = fields["environ_prefix"].map { $0.string ?? "" } ?? "DJANGO"
    let urls: [String: (URLKind, String)] = [
      "DatabaseURLValue": (.database, "DATABASE_URL"), "CacheURLValue": (.cache, "CACHE_URL"),
      "EmailURLValue": (.email, "EMAIL_URL"),
    ]
    var variable = fields["environ_name"]?.string ?? urls[kind]?.1 ?? name
    if urls[kind] == nil, !prefix.isEmpty { variable = "\(prefix)_\(variable)" }
    let fallback = fields["0"] ?? fields["default"]
    let isRead = fields["environ"].map { truth(of: $0) != false } ?? true
    let isNeeded = kind == "SecretValue" || fields["environ_required"].map { truth(of: $0) == true } ?? false
    let none = isNeeded ? nil : PythonValue(.none, at: value.place)
    let isDefault = !isRead || isSet(variable) == false
    let found =
      isRead ? try environment(variable, default: fallback ?? none, at: value.place) : fallback ?? value.with(.none)
    if let (urlKind, _) = urls[kind] {
      let parsed = try configuration(urlKind, from: found, PythonCall(arguments: [], keywords: [], place: value.place))
      guard urlKind != .email, case .dictionary = parsed.kind else { return parsed }
      let alias = fields["alias"]?.string ?? "default"
      var dictionary = PythonDictionary()
      dictionary.set(.string(alias), PythonValue(.string(alias), at: value.place), to: parsed)
      return try self.dictionary(dictionary, at: value.place)
    }
    if kind == "SecretValue" { return marked(found, as: "SECRET") }
    if isDefault { return found }
    let casts = [
      "BooleanValue": "bool", "IntegerValue": "int", "PositiveIntegerValue": "int", "FloatValue": "float",
      "ListValue": "list",
      "TupleValue": "tuple", "Value": "str", "PathValue": "str", "URLValue": "str", "EmailValue": "str",
      "SingleNestedListValue": "?", "SetValue": "set",
    ]
    guard let cast = casts[kind], cast != "?" else {
      return unknown("`\(kind)` is not followed", at: value.place, variable: variable)
    }
    return try self.cast(
      found, by: PythonValue(.external("builtins.\(cast)"), at: value.place), dialect: .environs, at: value.place,
      in: frame)
  }

  // MARK: - Files of JSON and TOML

  /// The value of JSON or TOML, given as text or an open file.
  func parsed(_ function: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    guard let value = call.arguments.first else { return nil }
    var text = value.string
    if case .instance(let id) = value.kind, case .instance("file", let fields) = objects[id.index] {
      text = try readFile(fields, "read", call)?.string
    }
    guard let text, !function.hasPrefix("yaml"), !function.hasPrefix("ast") else { return nil }
    let node: ConfigNode
    do {
      node = function.hasPrefix("json") ? try JSONReader.read(Array(text.utf8)) : try TOMLReader.read(Array(text.utf8))
    } catch {
      return try raise("JSONDecodeError", "a file that is not read", at: call.place)
    }
    return try converted(node, at: call.place)
  }

  private func converted(_ node: ConfigNode, at place: Place) throws(Interruption) -> PythonValue {
    try step()
    switch node.value {
    case .null: return PythonValue(.none, at: place)
    case .boolean(let flag): return PythonValue(.boolean(flag), at: place)
    case .integer(let digits):
      return PythonValue(node.integer.map { .integer($0) } ?? .number(digits), at: place)
    case .float(let digits): return PythonValue(node.double.map { .float($0) } ?? .number(digits), at: place)
    case .string(let text):
      return PythonValue(.string(text), at: place, isSecret: SecretName.hasCredentials(text))
    case .time: return unknown("a time", at: place)
    case .array(let nodes):
      var items: [PythonValue] = []
      for node in nodes { items.append(try converted(node, at: place)) }
      return try list(items, at: place)
    case .table(let table):
      var dictionary = PythonDictionary()
      for entry in table.entries {
        let value = marked(try converted(entry.value, at: place), as: entry.key)
        dictionary.set(.string(entry.key), PythonValue(.string(entry.key), at: place), to: value)
      }
      return try self.dictionary(dictionary, at: place)
    }
  }
}
