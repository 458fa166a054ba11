/// What the name of an entry of a folder tells.
extension UnsafeBufferPointer<UInt8> {
  /// `x.py`, `x.ini`
  var isSource: Bool {
    switch last {
    case UInt8(ascii: "y"): isPython
    case UInt8(ascii: "i"): hasSuffix(".ini")
    default: false
    }
  }

  var isPython: Bool { hasSuffix(".py") }

  /// Folders that hold no sources of the project.
  var isSkippedFolder: Bool {
    switch count {
    case 3: equals(".hg") || equals(".jj") || equals("CVS")
    case 4: equals(".git") || equals(".svn") || equals(".bzr")
    case 6: equals("_darcs")
    case 11: equals("__pycache__")
    case 12: equals("node_modules")
    case 13: equals("site-packages")
    // PEP 582
    case 14: equals("__pypackages__")
    default: false
    }
  }

  /// Files that stand in the root of a project.
  var isProjectMark: Bool {
    switch count {
    case 7: equals("Pipfile")
    case 8: equals("setup.py")
    case 9: equals("manage.py") || equals("setup.cfg")
    case 14: equals("pyproject.toml")
    case 16: equals("requirements.txt")
    default: false
    }
  }

  /// Where a virtual environment keeps the scripts of what it has installed.
  var isScriptFolder: Bool { equals("bin") || equals("Scripts") }

  var isIgnoreFile: Bool { equals(".gitignore") }

  /// What a virtual environment holds.
  var isEnvironmentFile: Bool { equals("pyvenv.cfg") }
  var isCondaFolder: Bool { equals("conda-meta") }
  var isLibraryFolder: Bool { equals("lib") }
  var isInterpreterFolder: Bool { starts(with: "python".utf8) || starts(with: "pypy".utf8) }

  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && hasSuffix(text)
  }

  func hasPrefix(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length else { return false }
    return text.withUTF8Buffer { text in
      for index in 0..<length where self[index] != text[index] { return false }
      return true
    }
  }

  func hasSuffix(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length else { return false }
    return text.withUTF8Buffer { text in
      for index in 0..<length where self[count - length + index] != text[index] { return false }
      return true
    }
  }
}
