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

  /// The variable of a name in a marker; `os.name`, `sys.platform`, `platform.version`, `platform.machine`,
  /// `platform.python_implementation` and `python_implementation` are spellings of PEP 345.
  init?(spelling: String) {
    switch spelling {
    case "os.name": self = .osName
    case "sys.platform": self = .sysPlatform
    case "platform.version": self = .platformVersion
    case "platform.machine": self = .platformMachine
    case "platform.python_implementation", "python_implementation": self = .platformPythonImplementation
    default: self.init(rawValue: spelling)
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
