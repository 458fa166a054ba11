import Diagnostics
import Host
import Packaging
import PythonEnvironment
import TestSupport

/// A virtual environment with made-up distributions.
struct SitePackages {
  let folder: TemporaryFolder

  /// Each distribution as `name version`, with its further metadata lines; `modules` stands in its top_level.txt.
  init(_ distributions: [(name: String, version: String, requires: [String], modules: [String])]) throws {
    folder = try TemporaryFolder()
    try folder.write("bin/python3")
    try folder.write("pyvenv.cfg", "home = /nowhere/bin\nversion = 3.11.7\n")
    try folder.write("lib/python3.11/site-packages/README")
    for (name, version, requires, modules) in distributions {
      let metadata = "lib/python3.11/site-packages/\(name)-\(version).dist-info"
      let lines = ["Name: \(name)", "Version: \(version)"] + requires.map { "Requires-Dist: \($0)" }
      try folder.write("\(metadata)/METADATA", lines.joined(separator: "\n") + "\n")
      if !modules.isEmpty { try folder.write("\(metadata)/top_level.txt", modules.joined(separator: "\n")) }
    }
  }

  func environment() throws -> PythonEnvironment? {
    let root = SourcePath(folder.path)
    return try EnvironmentFinder(host: Host(environment: [:], folder: root), project: root).find(option: folder.path)
  }

  func installed() throws -> InstalledDistributions {
    let installed = try environment().map { InstalledDistributions(of: $0) } ?? InstalledDistributions()
    // The folder may be gone before anything else is asked.
    installed.readMetadata(jobs: 1)
    return installed
  }
}
