/// A name that a marker may ask about the environment.
package enum MarkerVariable: String, Sendable, CaseIterable {
  case pythonVersion = "python_version"
  case pythonFullVersion = "python_full_version"
  case osName = "os_name"
  case sysPlatform = "sys_platform"
  case platformRelease = "platform_release"
  case platformSystem = "platform_system"
  case platformVersion = "platform_version"
  case platformMachine = "platform_machine"
  case platformPythonImplementation = "platform_python_implementation"
  case implementationName = "implementation_name"
  case implementationVersion = "implementation_version"
  case extra
  /// A set: what is asked for of a lock file (https://packaging.python.org/en/latest/specifications/pylock-toml/).
  case extras
  case dependencyGroups = "dependency_groups"

  /// The variable that a word of a marker names; `os.name`, `sys.platform`, `platform.version`, `platform.machine`,
  /// `platform.python_implementation` and `python_implementation` are spellings of PEP 345.
  init?(_ word: Range<Int>, in cursor: TextCursor) {
    for (spelling, variable) in MarkerVariable.spellings where cursor.spells(word, spelling) {
      self = variable
      return
    }
    return nil
  }

  private static let spellings: [(StaticString, MarkerVariable)] = [
    ("python_version", .pythonVersion), ("sys_platform", .sysPlatform), ("extra", .extra), ("os_name", .osName),
    ("platform_system", .platformSystem), ("platform_machine", .platformMachine),
    ("python_full_version", .pythonFullVersion), ("implementation_name", .implementationName),
    ("platform_python_implementation", .platformPythonImplementation), ("platform_version", .platformVersion),
    ("platform_release", .platformRelease), ("implementation_version", .implementationVersion),
    ("extras", .extras), ("dependency_groups", .dependencyGroups), ("os.name", .osName),
    ("sys.platform", .sysPlatform), ("platform.version", .platformVersion), ("platform.machine", .platformMachine),
    ("platform.python_implementation", .platformPythonImplementation),
    ("python_implementation", .platformPythonImplementation),
  ]

  /// Without the detour over the text that `RawRepresentable` takes.
  @inline(__always)
  package static func == (left: MarkerVariable, right: MarkerVariable) -> Bool { left.ordinal == right.ordinal }

  package func hash(into hasher: inout Hasher) { hasher.combine(ordinal) }

  var ordinal: UInt8 {
    switch self {
    case .pythonVersion: 0
    case .pythonFullVersion: 1
    case .osName: 2
    case .sysPlatform: 3
    case .platformRelease: 4
    case .platformSystem: 5
    case .platformVersion: 6
    case .platformMachine: 7
    case .platformPythonImplementation: 8
    case .implementationName: 9
    case .implementationVersion: 10
    case .extra: 11
    case .extras: 12
    case .dependencyGroups: 13
    }
  }

  /// Whether values compare as versions where both sides are versions.
  var holdsVersion: Bool {
    switch self {
    case .implementationVersion, .platformRelease, .pythonFullVersion, .pythonVersion: true
    default: false
    }
  }

  /// Whether the variable is a set of normalised names that only `in` and `not in` can ask.
  var holdsSet: Bool { self == .extras || self == .dependencyGroups }
}
