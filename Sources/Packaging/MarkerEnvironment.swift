/// What the variables of a marker stand for on one interpreter.
///
/// Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
package struct MarkerEnvironment: Hashable, Sendable {
  /// `sys.implementation.name`: `cpython`.
  package var implementationName: String
  package var implementationVersion: String
  /// `os.name`: `posix`.
  package var osName: String
  /// `platform.machine()`: `x86_64`.
  package var platformMachine: String
  /// `platform.python_implementation()`: `CPython`.
  package var platformPythonImplementation: String
  package var platformRelease: String
  /// `platform.system()`: `Linux`.
  package var platformSystem: String
  package var platformVersion: String
  /// `3.12.4`
  package var pythonFullVersion: String
  /// `3.12`
  package var pythonVersion: String
  /// `sys.platform`: `linux`.
  package var sysPlatform: String

  package init(
    implementationName: String, implementationVersion: String, osName: String, platformMachine: String,
    platformPythonImplementation: String, platformRelease: String, platformSystem: String, platformVersion: String,
    pythonFullVersion: String, pythonVersion: String, sysPlatform: String
  ) {
    self.implementationName = implementationName
    self.implementationVersion = implementationVersion
    self.osName = osName
    self.platformMachine = platformMachine
    self.platformPythonImplementation = platformPythonImplementation
    self.platformRelease = platformRelease
    self.platformSystem = platformSystem
    self.platformVersion = platformVersion
    self.pythonFullVersion = pythonFullVersion
    self.pythonVersion = pythonVersion
    self.sysPlatform = sysPlatform
  }

  /// CPython of that version on Linux; the kernel's release and version are left empty, as nothing should depend on
  /// them. `3.12` means 3.12.0.
  package static func linux(python: Version, machine: String) -> MarkerEnvironment {
    let full =
      python.release.count >= 3 ? python.description : "\(python.major).\(python.minor).0"
    let sysPlatform = python.major < 3 ? "linux2" : "linux"
    return MarkerEnvironment(
      implementationName: "cpython", implementationVersion: full, osName: "posix", platformMachine: machine,
      platformPythonImplementation: "CPython", platformRelease: "", platformSystem: "Linux", platformVersion: "",
      pythonFullVersion: full, pythonVersion: "\(python.major).\(python.minor)", sysPlatform: sysPlatform)
  }

  /// The value of a variable; nil for those that the request sets (`extra`, `extras`, `dependency_groups`).
  package func value(of variable: MarkerVariable) -> String? {
    switch variable {
    case .pythonVersion: pythonVersion
    // An interpreter built from a checkout says `3.13.0+`, which is no version.
    case .pythonFullVersion: pythonFullVersion.hasSuffix("+") ? pythonFullVersion + "local" : pythonFullVersion
    case .osName: osName
    case .sysPlatform: sysPlatform
    case .platformRelease: platformRelease
    case .platformSystem: platformSystem
    case .platformVersion: platformVersion
    case .platformMachine: platformMachine
    case .platformPythonImplementation: platformPythonImplementation
    case .implementationName: implementationName
    case .implementationVersion: implementationVersion
    case .extra, .extras, .dependencyGroups: nil
    }
  }
}
