import ConfigFormats
import Diagnostics
import PythonSource

/// Environment variables, and the libraries that read them: os.environ, django-environ, environs, python-decouple,
/// python-dotenv.
extension SettingsInterpreter {
  // MARK: - Variables

  /// The value of a variable, else the default; nil as default means that there is none.
  func environment(
    _ name: String, default fallback: PythonValue?, at place: Place, raising kind: String = "KeyError"
  ) throws(Interruption) -> PythonValue {
    if let value = try setting(of: name, at: place) {
      guard value.isOptional else { return value }
      var other = fallback
      if other == nil {
        other = try raise(kind, "the environment variable \(name) is not set", at: place, variable: name)
      }
      return try joined([value.withoutDoubt, other?.hanging(onUnset: isJudging ? name : nil)]) ?? value
    }
    guard var value = fallback else {
      if isJudging { return unknown(PythonValue.notSet(name), at: place, variable: name) }
      return try raise(kind, "the environment variable \(name) is not set", at: place, variable: name)
    }
    value.variable = name
    value.isOptional = false
    return marked(value.hanging(onUnset: isJudging ? name : nil), as: name)
  }

  /// What the variable is set to, by the code or outside; nil when it is not.
  private func setting(of name: String, at place: Place) throws(Interruption) -> PythonValue? {
    let outside = hostEnvironment[name].map { text in
      marked(
        PythonValue(.string(text), at: place, variable: name, isSecret: SecretName.hasCredentials(text)), as: name)
    }
    guard var value = variable(name, of: environ) else { return outside }
    if case .none = value.kind { return nil }
    value.variable = name
    guard value.isOptional, let outside else { return value }
    return try joined([value.withoutDoubt, outside])
  }

  func isSet(_ name: String) -> Bool? {
    guard let value = variable(name, of: environ) else { return hostEnvironment[name] != nil }
    if case .none = value.kind { return false }
    return value.isOptional && hostEnvironment[name] == nil ? nil : true
  }

  func setEnvironment(_ name: String, to value: PythonValue?) {
    let value = value.map { marked($0, as: name) }
    set(name, of: environ, to: value ?? PythonValue(.none, at: Place(file: 0, offset: 0)))
  }

  /// Sets what a .env file holds; variables that are set already stay.
  func load(_ entries: [DotEnvFile.Entry], of file: Int32, isOverriding: Bool) {
    for entry in entries {
      guard let text = entry.value, isOverriding || isSet(entry.key) == false else { continue }
      let place = Place(file: file, offset: UInt32(truncatingIfNeeded: entry.offset))
      setEnvironment(
        entry.key,
        to: PythonValue(.string(text), at: place, variable: entry.key, isSecret: SecretName.hasCredentials(text)))
    }
  }

  /// The .env file at a path, with the number that places in it have; nil when there is none.
  func dotEnv(at path: SourcePath, expanding: Bool = true) -> (file: Int32, entries: [DotEnvFile.Entry])? {
    guard let bytes = files.read(path), bytes.count <= Self.sizeLimit else { return nil }
    knownFiles.append(File(path: path.relative(to: root) ?? path, lines: LineTable(bytes)))
    let file = DotEnvFile(bytes)
    guard expanding else { return (Int32(knownFiles.count - 1), file.entries) }
    let entries = file.expanded { name in
      guard let value = self.variable(name, of: self.environ) else { return self.hostEnvironment[name] }
      return value.text
    }
    return (Int32(knownFiles.count - 1), entries)
  }

  /// The nearest file of one of the names, from a folder upwards.
  func nearest(_ names: [String], from folder: SourcePath) -> SourcePath? {
    var folder = folder
    for _ in 0..<64 {
      for name in names where files.read(folder.appending(name)) != nil { return folder.appending(name) }
      if folder.parent == folder || folder.isEmpty { break }
      folder = folder.parent
    }
    return nil
  }

  // MARK: - Functions

  /// Functions that read the environment; nil for any other.
  func environmentFunction(_ name: String, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue? {
    switch name {
    case "os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop":
      guard let variable = call.argument(0, "key")?.string else {
        return unknown("an environment variable whose name is not known", at: call.place)
      }
      let isRequired = name == "os.environ.pop" && call.argument(1) == nil
      let fallback = call.argument(1, "default") ?? (isRequired ? nil : PythonValue(.none, at: call.place))
      let value = try environment(variable, default: fallback, at: call.place)
      if name == "os.environ.setdefault", isSet(variable) != true, let fallback {
        setEnvironment(variable, to: fallback.hanging(onUnset: isJudging ? variable : nil))
      }
      if name == "os.environ.pop" { setEnvironment(variable, to: nil) }
      return value
    case "os.putenv":
      if let variable = call.argument(0)?.string, let value = call.argument(1) { setEnvironment(variable, to: value) }
      return PythonValue(.none, at: call.place)
    case "os.environ.update":
      let temporary = make(.dictionary(PythonDictionary()))
      try update(temporary, with: call)
      for entry in entries(temporary).entries { if let key = entry.key.string { setEnvironment(key, to: entry.value) } }
      return PythonValue(.none, at: call.place)
    case "environ.Env", "environ.FileAwareEnv", "environ.environ.Env", "environs.Env", "environs.FileAwareEnv":
      var fields: [String: PythonValue] = [:]
      for (variable, value) in call.keywords { fields[variable] = value }
      return instance(name.hasPrefix("environs") ? "environs.Env" : "environ.Env", fields, at: call.place)
    case "environ.Env.read_env", "environ.environ.Env.read_env", "environs.Env.read_env":
      return try readEnvironment(name.hasPrefix("environs"), call, in: frame)
    case "dotenv.load_dotenv", "dotenv.main.load_dotenv", "dotenv.read_dotenv", "dotenv.dotenv_values",
      "dotenv.find_dotenv":
      return try dotEnvFunction(name, call, in: frame)
    case "decouple.config", "decouple.AutoConfig", "decouple.Config", "decouple.RepositoryEnv",
      "decouple.RepositoryIni",
      "decouple.Csv", "decouple.strtobool":
      return try decoupleFunction(name, call, in: frame)
    case "dj_database_url.config", "django_cache_url.config", "dj_email_url.config":
      let (kind, variable): (URLKind, String) =
        name.hasPrefix("dj_database")
        ? (.database, "DATABASE_URL")
        : name.hasPrefix("django_cache") ? (.cache, "CACHE_URL") : (.email, "EMAIL_URL")
      let named = call.argument(0, "env")?.string ?? variable
      let fallback = call.argument(1, "default") ?? PythonValue(.none, at: call.place)
      return try configuration(kind, from: environment(named, default: fallback, at: call.place), call)
    case "dj_database_url.parse":
      return try call.argument(0, "url").map { url throws(Interruption) in
        try self.configuration(.database, from: url, call)
      }
    case "django_cache_url.parse":
      return try call.argument(0, "url").map { url throws(Interruption) in
        try self.configuration(.cache, from: url, call)
      }
    case "dj_email_url.parse":
      return try call.argument(0, "url").map { url throws(Interruption) in
        try self.configuration(.email, from: url, call)
      }
    default: return nil
    }
  }

  /// `read_env()` of django-environ (beside the file that calls it) and environs (from there upwards).
  func readEnvironment(_ isSearching: Bool, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue {
    let nothing = PythonValue(.none, at: call.place)
    let named = call.argument(0, "env_file") ?? call.keyword("path")
    var path = frame.path.parent.appending(".env")
    if let named {
      if case .none = named.kind {
      } else {
        guard let text = named.text else {
          return unknown(named.unknownReason ?? "a path that is not known", at: call.place)
        }
        path = absolute(text)
        if files.read(path) == nil { path = path.appending(".env") }
      }
    } else if isSearching {
      path = nearest([".env"], from: frame.path.parent) ?? path
    }
    let overriding = (call.keyword("overwrite") ?? call.keyword("override")).map { truth(of: $0) == true } ?? false
    if let (file, entries) = dotEnv(at: path, expanding: isSearching) {
      load(entries, of: file, isOverriding: overriding)
    }
    return nothing
  }

  private func dotEnvFunction(_ name: String, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue?
  {
    if name == "dotenv.find_dotenv" {
      let wanted = call.argument(0, "filename")?.string ?? ".env"
      let found = nearest([wanted], from: frame.path.parent)
      return PythonValue(.string(found.map(Self.text) ?? ""), at: call.place)
    }
    var path = nearest([".env"], from: frame.path.parent)
    if let argument = call.argument(0, "dotenv_path") {
      if case .none = argument.kind {
      } else {
        guard let text = argument.text else {
          return unknown(argument.unknownReason ?? "a path that is not known", at: call.place)
        }
        if !text.isEmpty { path = absolute(text) }
      }
    }
    let isExpanding = call.keyword("interpolate").map { truth(of: $0) != false } ?? true
    let found = path.flatMap { dotEnv(at: $0, expanding: isExpanding) }
    if name == "dotenv.dotenv_values" {
      var dictionary = PythonDictionary()
      for entry in found?.entries ?? [] {
        let place = Place(file: found?.file ?? 0, offset: UInt32(truncatingIfNeeded: entry.offset))
        let value = PythonValue(entry.value.map { .string($0) } ?? .none, at: place)
        dictionary.set(.string(entry.key), PythonValue(.string(entry.key), at: place), to: marked(value, as: entry.key))
      }
      if isJudging, found == nil { dictionary.rest = unknown("the file of variables is not there", at: call.place) }
      return try self.dictionary(dictionary, at: call.place)
    }
    let overriding = call.keyword("override").map { truth(of: $0) == true } ?? false
    if let found { load(found.entries, of: found.file, isOverriding: overriding) }
    return PythonValue(.boolean(found != nil), at: call.place)
  }

  // MARK: - decouple

  private func decoupleFunction(_ name: String, _ call: PythonCall, in frame: Frame) throws(Interruption)
    -> PythonValue?
  {
    switch name {
    case "decouple.config": return try decoupled(call, from: nil, in: frame)
    case "decouple.AutoConfig", "decouple.Config", "decouple.RepositoryEnv", "decouple.RepositoryIni", "decouple.Csv":
      var fields: [String: PythonValue] = [:]
      for (index, value) in call.arguments.enumerated() { fields["\(index)"] = value }
      for (key, value) in call.keywords { fields[key] = value }
      return instance(name, fields, at: call.place)
    case "decouple.strtobool":
      return call.arguments.first?.string.flatMap { EnvironmentText.boolean($0) }.map {
        PythonValue(.boolean($0), at: call.place)
      }
    default: return nil
    }
  }

  /// `config("NAME", default=..., cast=...)`: the environment, then settings.ini or .env, then the default.
  func decoupled(_ call: PythonCall, from file: SourcePath?, in frame: Frame) throws(Interruption) -> PythonValue? {
    guard let name = call.argument(0, "option")?.string else { return nil }
    let fallback = call.argument(1, "default")
    var value: PythonValue
    if isSet(name) == false,
      let found = decoupledValue(name, in: file ?? nearest(["settings.ini", ".env"], from: frame.path.parent))
    {
      value = marked(found, as: name)
    } else {
      value = try environment(name, default: fallback, at: call.place, raising: "UndefinedValueError")
    }
    guard let cast = call.argument(2, "cast") else { return value }
    return try self.cast(value, by: cast, dialect: .decouple, at: call.place, in: frame)
  }

  private func decoupledValue(_ name: String, in path: SourcePath?) -> PythonValue? {
    guard let path, let bytes = files.read(path), bytes.count <= Self.sizeLimit else { return nil }
    let found: (text: String, line: Int)?
    if path.bytes.ends(with: ".ini") {
      let entry =
        ConfigParserFile(String(decoding: bytes, as: UTF8.self)).entry("settings", name.lowercased())
        ?? ConfigParserFile(String(decoding: bytes, as: UTF8.self)).entry("settings", name)
      found = entry.map { ($0.value, $0.lines.first?.line ?? 1) }
    } else {
      found = DotEnvFile.plainValue(of: name, in: bytes)
    }
    guard let found else { return nil }
    let lines = LineTable(bytes)
    knownFiles.append(File(path: path.relative(to: root) ?? path, lines: lines))
    return PythonValue(
      .string(found.text),
      at: Place(file: Int32(knownFiles.count - 1), offset: UInt32(truncatingIfNeeded: lines.start(ofLine: found.line))),
      variable: name, isSecret: SecretName.hasCredentials(found.text))
  }
}
