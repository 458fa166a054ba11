import ConfigFormats

extension MarkerEnvironment {
  /// The environment of a JSON object that maps the variables to their values, and the value of `extra` in it, or nil
  /// when the bytes hold no such object.
  ///
  /// Variables that it does not name are those of CPython 3.12 on Linux; null stands for the empty string.
  package static func reading(json bytes: [UInt8]) -> (environment: MarkerEnvironment, extra: String)? {
    guard let members = try? JSONReader.read(bytes).table else { return nil }
    var environment = MarkerEnvironment.linux(python: Version(release: [3, 12, 0]), machine: "x86_64")
    var extra = ""
    for member in members.entries {
      guard let variable = MarkerVariable(rawValue: member.key) else { continue }
      let isNull = if case .null = member.value.value { true } else { false }
      guard let text = isNull ? "" : member.value.string else { return nil }
      if variable == .extra { extra = text } else { environment.set(variable, to: text) }
    }
    return (environment, extra)
  }

  private mutating func set(_ variable: MarkerVariable, to text: String) {
    switch variable {
    case .pythonVersion: pythonVersion = text
    case .pythonFullVersion: pythonFullVersion = text
    case .osName: osName = text
    case .sysPlatform: sysPlatform = text
    case .platformRelease: platformRelease = text
    case .platformSystem: platformSystem = text
    case .platformVersion: platformVersion = text
    case .platformMachine: platformMachine = text
    case .platformPythonImplementation: platformPythonImplementation = text
    case .implementationName: implementationName = text
    case .implementationVersion: implementationVersion = text
    case .extra, .extras, .dependencyGroups: break
    }
  }
}
