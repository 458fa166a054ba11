import ConfigFormats
import Diagnostics
import Packaging
import Project

/// Reads the keys of a configuration; what it throws is the first thing that is wrong.
struct ConfigurationReader {
  let file: ConfigurationFile
  let workingFolder: SourcePath
  private(set) var commonOptions: [GivenOption] = []
  private(set) var commandOptions: [String: [GivenOption]] = [:]
  private(set) var rules = ProjectRules()
  /// What to do about the error that was thrown.
  private(set) var remedy: String?
  private var excluded: [UInt8] = []

  init(file: ConfigurationFile, workingFolder: SourcePath) {
    self.file = file
    self.workingFolder = workingFolder
  }

  private static let ruleKeys = ["ignore", "map", "local", "exclude"]
  private static let commands = CommandList.available.compactMap { CommandList.command(named: $0.name)?.description }

  mutating func readTop() throws(ConfigError) {
    let common = CommonOptions.descriptions.filter(\.isConfigurable)
    let commands = Self.commands
    for entry in file.table.entries {
      if let command = commands.first(where: { $0.name == entry.key }) {
        try read(command, entry.value)
      } else if let option = common.first(where: { $0.name == entry.key }) {
        commonOptions += try options(option, entry)
      } else if Self.ruleKeys.contains(entry.key) {
        try readRule(entry)
      } else {
        let owners = commands.filter { $0.options.contains { $0.name == entry.key && $0.isConfigurable } }
        throw unknown(
          entry, among: common.map(\.name) + Self.ruleKeys + commands.map(\.name),
          owners: owners.map { "[\(name(of: $0.name))]" })
      }
    }
    rules.exclude = IgnoreRules(excluded)
    rules.excludeFolder = file.folder
  }

  /// `tool.envtool.scan`, or `scan` in a file of its own.
  private func name(of key: String) -> String { file.prefix.isEmpty ? key : "\(file.prefix).\(key)" }

  private mutating func read(_ command: CommandDescription, _ node: ConfigNode) throws(ConfigError) {
    guard let table = node.table else {
      remedy = "for example: [\(name(of: command.name))]"
      throw ConfigError(at: node.place, "`\(command.name)` must be a table, not \(node.kindName)")
    }
    let known = (command.options + command.commonOptions).filter(\.isConfigurable)
    let ruleKeys = command.name == "scan" ? Self.ruleKeys : []
    for entry in table.entries {
      if let option = known.first(where: { $0.name == entry.key }) {
        commandOptions[command.name, default: []] += try options(option, entry)
      } else if ruleKeys.contains(entry.key) {
        try readRule(entry)
      } else {
        throw unknown(entry, among: known.map(\.name) + ruleKeys, owners: [], in: command)
      }
    }
  }

  private mutating func unknown(
    _ entry: ConfigTable.Entry, among names: [String], owners: [String], in command: CommandDescription? = nil
  ) -> ConfigError {
    let key = Escaping.text(entry.key)
    let isOption = (command?.options ?? Self.commands.flatMap(\.options)).contains { $0.name == entry.key }
    if !owners.isEmpty {
      remedy = "put it below \(owners.joinedAsChoice)"
    } else if isOption {
      remedy = "it says what a run does: give it on the command line alone"
    } else if let closest = Suggestion.closest(to: entry.key, among: names) {
      remedy = "did you mean \(closest)?"
    } else if command == nil, let (name, table) = closestBelow(entry.key) {
      remedy = "did you mean \(name), below [\(table)]?"
    } else {
      remedy = "the keys are \(names.joined(separator: ", "))"
    }
    let place = command.map { " in [\(name(of: $0.name))]" } ?? ""
    return ConfigError(at: entry.keyPlace, "unknown key: \(key)\(place)")
  }

  /// The option of a command that is closest to a key at the top.
  private func closestBelow(_ key: String) -> (name: String, table: String)? {
    for command in Self.commands {
      let names = command.options.filter(\.isConfigurable).map(\.name)
      if let closest = Suggestion.closest(to: key, among: names) { return (closest, name(of: command.name)) }
    }
    return nil
  }

  private mutating func wrong(_ key: String, _ kind: String, _ node: ConfigNode, example: String) -> ConfigError {
    remedy = "for example: \(example)"
    return ConfigError(at: node.place, "`\(key)` must be \(kind), not \(node.kindName)")
  }

  // MARK: - Options

  /// What an option's key gives: once, or for each string of an array.
  private mutating func options(
    _ option: OptionDescription, _ entry: ConfigTable.Entry
  ) throws(ConfigError) -> [GivenOption] {
    let (key, node) = (option.name, entry.value)
    switch option.value {
    case .none:
      guard let isOn = node.boolean else { throw wrong(key, "a boolean", node, example: "\(key) = true") }
      return [given(option, isOn ? nil : GivenOption.off, node)]
    case .number:
      switch node.value {
      case .integer(let text), .float(let text): return [given(option, text, node)]
      default: throw wrong(key, "a number", node, example: "\(key) = 5")
      }
    case .required(let name), .optional(let name):
      if option.repeats {
        guard let nodes = node.array else {
          throw wrong(key, "an array of strings", node, example: "\(key) = [\"\(node.string ?? name)\"]")
        }
        var given: [GivenOption] = []
        for node in nodes { given.append(self.given(option, try text(key, node, "an array of strings"), node)) }
        return given
      }
      let text = try text(key, node, "a string")
      if !option.choices.isEmpty, !option.choices.contains(text) {
        let wrong = given(option, text, node).wrong(text, among: option.choices)
        remedy = wrong.remedy
        throw ConfigError(at: node.place, wrong.message)
      }
      return [given(option, text, node)]
    }
  }

  private mutating func text(_ key: String, _ node: ConfigNode, _ kind: String) throws(ConfigError) -> String {
    guard let text = node.string else {
      throw wrong(key, kind, node, example: kind == "a string" ? "\(key) = \"...\"" : "\(key) = [\"...\"]")
    }
    guard !text.isEmpty, !text.utf8.contains(0) else {
      remedy = "leave the key out to give none"
      throw ConfigError(at: node.place, "`\(key)` is empty")
    }
    return text
  }

  private func given(_ option: OptionDescription, _ value: String?, _ node: ConfigNode) -> GivenOption {
    var value = value
    if case .required(let name) = option.value, ["PATH", "FILE", "DIR"].contains(name), let written = value {
      value = path(written)
    }
    return GivenOption(
      name: option.name, typed: "`\(option.name)`", value: value,
      location: Location(path: file.path, line: node.place.line, column: node.place.column))
  }

  /// A path from the file's folder as one from the working folder, where it lies below it.
  private func path(_ written: String) -> String {
    if written == "-" { return written }
    let whole = file.folder.appending(written).normalized
    let path = whole.relative(to: workingFolder) ?? whole
    return path.isEmpty ? "." : String(decoding: path.bytes, as: UTF8.self)
  }

  // MARK: - Rules

  private mutating func readRule(_ entry: ConfigTable.Entry) throws(ConfigError) {
    if entry.key == "map" { return try readMap(entry.value, below: "") }
    guard let nodes = entry.value.array else {
      let example = "\(entry.key) = [\"\(entry.value.string ?? "name")\"]"
      throw wrong(entry.key, "an array of strings", entry.value, example: example)
    }
    for node in nodes {
      let text = try text(entry.key, node, "an array of strings")
      switch entry.key {
      case "exclude": try exclude(text, node)
      case "local": rules.local.append(try module(text, node))
      default: rules.ignored.append(PackageName(text) == nil ? try module(text, node) : text)
      }
    }
  }

  private mutating func exclude(_ pattern: String, _ node: ConfigNode) throws(ConfigError) {
    let line = Array(pattern.utf8)
    guard !line.contains(UInt8(ascii: "\n")), !IgnoreRules(line).isEmpty else {
      remedy = "write it as a line of .gitignore: build/, *_pb2.py, /old/**/*.py"
      throw ConfigError(at: node.place, "`\(Escaping.text(pattern))` matches nothing")
    }
    excluded += line + [UInt8(ascii: "\n")]
  }

  /// A table below `map` is the rest of a dotted module: TOML reads `google.cloud = "x"` so.
  private mutating func readMap(_ node: ConfigNode, below package: String) throws(ConfigError) {
    guard let table = node.table else {
      throw wrong("map", "a table", node, example: "map = { module = \"distribution\" }")
    }
    for entry in table.entries {
      let name = try module(package.isEmpty ? entry.key : "\(package).\(entry.key)", at: entry.keyPlace)
      if entry.value.table != nil {
        try readMap(entry.value, below: name)
        continue
      }
      let nodes = entry.value.array ?? [entry.value]
      var distributions: [PackageName] = []
      for node in nodes {
        let text = try text("map", node, "an array of strings")
        guard let distribution = PackageName(text) else {
          remedy = "write the name alone: letters, digits, `.`, `-` and `_`"
          throw ConfigError(at: node.place, "`\(Escaping.text(text))` is no name of a distribution")
        }
        distributions.append(distribution)
      }
      if distributions.isEmpty {
        remedy = "name one, or use `ignore` for a module that nobody has to provide"
        throw ConfigError(at: entry.value.place, "`\(name)` is mapped to no distribution")
      }
      rules.providers[name] = distributions
    }
  }

  private mutating func module(_ text: String, _ node: ConfigNode) throws(ConfigError) -> String {
    try module(text, at: node.place)
  }

  private mutating func module(_ text: String, at place: ConfigPlace) throws(ConfigError) -> String {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      guard let first = part.first, !(0x30...0x39).contains(first) else { return false }
      return part.allSatisfy { byte in
        byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
    }
    guard isName else {
      remedy = "write it as an import does: package.module"
      throw ConfigError(at: place, "`\(Escaping.text(text))` is no name of a module")
    }
    return text
  }
}
