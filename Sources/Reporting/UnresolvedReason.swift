import Knowledge
package import Packaging

/// Why nothing proves what provides a module, and the way out.
package enum UnresolvedReason: Sendable, Equatable {
  /// The standard library of another Python has it.
  case otherPython(String)
  /// A name that projects give to modules of their own.
  case projectName
  case unknown

  /// `python` is the project's, nil when it is not known.
  package init(of module: String, python: Version?) {
    if let python, StandardLibrary.contains(module, python: nil) {
      self = .otherPython("\(python.major).\(python.minor)")
    } else {
      self = ModuleTable.isProjectName(module) ? .projectName : .unknown
    }
  }

  package func message(_ module: String) -> String {
    switch self {
    case .otherPython(let python): "`\(module)` is not in the standard library of Python \(python)"
    case .projectName: "`\(module)` is usually a project's own module, and is not in this folder"
    case .unknown: "nothing proves what provides `\(module)`"
    }
  }

  package var remedy: String {
    switch self {
    case .otherPython: "drop the import, or name the environment of the Python that is meant with --python"
    case .projectName: "add the missing file, or scan the folder that holds it"
    case .unknown: "install it in the project's environment, or name that environment with --python"
    }
  }
}
