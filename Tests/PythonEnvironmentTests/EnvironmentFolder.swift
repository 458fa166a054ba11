import Diagnostics
import Glibc
import Host
import PythonEnvironment
import TestSupport

/// A made-up virtual environment in a temporary folder.
struct EnvironmentFolder {
  let folder: TemporaryFolder
  /// Where it lies below the folder.
  let prefix: String
  let version: String

  /// Makes `prefix/bin/python3` and `prefix/lib/pythonX.Y/site-packages`, and pyvenv.cfg unless `configuration` is nil.
  init(
    in folder: TemporaryFolder, _ prefix: String = ".venv", python version: String = "3.11",
    configuration: String? = "home = /nowhere/bin\nversion = 3.11.7\ninclude-system-site-packages = false\n"
  ) throws {
    self.folder = folder
    self.prefix = prefix
    self.version = version
    try folder.write("\(prefix)/bin/python3", "#!/bin/sh\n")
    _ = chmod(folder.file("\(prefix)/bin/python3"), 0o755)
    try folder.write("\(prefix)/lib/python\(version)/site-packages/README")
    if let configuration { try folder.write("\(prefix)/pyvenv.cfg", configuration) }
  }

  func write(_ name: String, _ text: String) throws {
    try folder.write("\(prefix)/lib/python\(version)/site-packages/\(name)", text)
  }

  func install(_ name: String, _ version: String, _ more: String = "", files: [String: String] = [:]) throws {
    let metadata = "\(name)-\(version).dist-info"
    try write("\(metadata)/METADATA", "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n\(more)")
    for (file, text) in files { try write("\(metadata)/\(file)", text) }
  }

  func find(option: String? = nil, environment: [String: String] = [:]) throws -> PythonEnvironment? {
    let root = SourcePath(folder.path)
    return try EnvironmentFinder(host: Host(environment: environment, folder: root), project: root).find(option: option)
  }

  func installed() throws -> InstalledDistributions {
    try find(option: folder.file(prefix)).map { InstalledDistributions(of: $0) } ?? InstalledDistributions()
  }
}
