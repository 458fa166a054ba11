import Diagnostics

/// Functions of libraries, by their full names.
extension SettingsInterpreter {
  func external(_ name: String, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue {
    if ExternalNames.effects.contains(name) { return PythonValue(.none, at: call.place) }
    if name == "builtins.dict.fromkeys", let value = try standardFunction(name, call) { return value }
    if name.hasPrefix("builtins.") { return try builtin(String(name.dropFirst(9)), call, in: frame) }
    if isJudging, let value = platformFunction(name, call) { return value }
    if ExternalNames.identities.contains(name), let value = call.arguments.first { return value }
    if let value = try environmentFunction(name, call, in: frame) { return value }
    if let value = try pathFunction(name, call) { return value }
    if let value = try libraryFunction(name, call, in: frame) { return value }
    if let value = try standardFunction(name, call) { return value }
    if ExternalNames.makesSecret(name) {
      var value = unknown("made anew at each start by `\(name)`", at: call.place)
      value.isSecret = true
      return value
    }
    // What is handed its names may set any of them.
    for case .namespace(let namespace) in call.arguments.map(\.kind) {
      if case .module = namespaces[namespace.index].kind { setDoubt(of: namespace, to: "changed by `\(name)`") }
    }
    return unknown("`\(name)` is not followed", at: call.place)
  }

  /// Functions of the standard library that are neither built in nor of os.
  private func standardFunction(_ name: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    switch name {
    case "copy.deepcopy": return try call.arguments.first.map { value throws(Interruption) in try self.copied(value) }
    case "copy.copy":
      return try call.arguments.first.map { value throws(Interruption) in try self.copied(value, isDeep: false) }
    case "collections.OrderedDict": return try builtinDictionary(call)
    case "builtins.dict.fromkeys":
      guard let keys = call.argument(0) else { return nil }
      let value = call.argument(1) ?? PythonValue(.none, at: call.place)
      let result = try dictionary(PythonDictionary(), at: call.place)
      for key in try elements(of: keys, at: call.place) {
        let isPossible = key.isOptional
        if isPossible {
          try weakly { () throws(Interruption) in try assign(value, at: key, of: result) }
        } else {
          try assign(value, at: key, of: result)
        }
      }
      return result
    case "importlib.import_module":
      guard let name = call.argument(0)?.string, let file = moduleFile(name) else { return nil }
      return try module(at: file, named: name).map { PythonValue(.namespace($0), at: call.place) }
    case "itertools.chain":
      var all: [PythonValue] = []
      for argument in call.arguments { all += try elements(of: argument, at: call.place) }
      return try list(all, at: call.place)
    case "json.loads", "json.load", "tomllib.loads", "tomllib.load", "tomli.load", "tomli.loads", "toml.load",
      "toml.loads",
      "yaml.safe_load", "ast.literal_eval":
      return try parsed(name, call)
    case "contextlib.suppress": return instance("contextlib.suppress", at: call.place)
    case "sys.exit", "os._exit": throw .raised("SystemExit")
    case "io.open", "codecs.open": return try builtin("open", call, in: nil)
    case "distutils.util.strtobool", "setuptools.distutils.util.strtobool":
      return call.arguments.first?.string.flatMap { EnvironmentText.boolean($0) }.map {
        PythonValue(.integer($0 ? 1 : 0), at: call.place)
      }
    default: return nil
    }
  }

  /// A copy that changes on its own.
  func copied(_ value: PythonValue, isDeep: Bool = true, depth: Int = 0) throws(Interruption) -> PythonValue {
    guard depth < 100 else { throw .exhausted }
    try step()
    switch value.kind {
    case .list(let id), .tuple(let id), .set(let id):
      var copies = items(id)
      if isDeep {
        for index in copies.indices {
          copies[index] = try copied(copies[index], depth: depth + 1).keeping(copies[index])
        }
      }
      let copy = make(.sequence(copies))
      switch value.kind {
      case .tuple: return value.with(.tuple(copy))
      case .set: return value.with(.set(copy))
      default: return value.with(.list(copy))
      }
    case .dictionary(let id):
      var copy = entries(id)
      if isDeep {
        for (position, entry) in copy.entries.enumerated() {
          copy.setValue(at: position, to: try copied(entry.value, depth: depth + 1).keeping(entry.value))
        }
      }
      return value.with(.dictionary(make(.dictionary(copy))))
    case .oneOf(let values):
      var copies: [PythonValue] = []
      for value in values { copies.append(try copied(value, isDeep: isDeep, depth: depth + 1)) }
      return value.with(.oneOf(copies))
    default: return value
    }
  }
}

extension PythonValue {
  /// This value, as optional as the other.
  fileprivate func keeping(_ other: PythonValue) -> PythonValue {
    var value = self
    value.isOptional = other.isOptional
    return value
  }
}
