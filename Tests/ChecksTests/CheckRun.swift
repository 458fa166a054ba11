import Checks
import Diagnostics
import Doctor
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A check run on a made-up project, as `envtool doctor` would, with the environment that the files hold.
struct CheckRun {
  /// A line for each result that is not ok or skipped: `error mysite/settings.py:3 default`, in the order of the report.
  let findings: [String]
  let results: [TimedResult]

  /// Runs the check `id`. `files` are the project's, by their paths; a path that ends with `/` is an empty folder, and a
  /// text that begins with `#!` is a program, one that begins with `->` a link. Where they
  /// hold a `mysite/settings.py` and no manage.py, one that names it is added, with `mysite/__init__.py`.
  init(
    _ id: String, _ files: [String: String], profile: CheckProfile = .dev, environment: [String: String] = [:],
    portState: (@Sendable (_ host: String, _ port: UInt16) -> PortState)? = nil
  ) async throws {
    let folder = try TemporaryFolder()
    var files = files
    if files["mysite/settings.py"] != nil, files["manage.py"] == nil {
      files["manage.py"] = """
        import os
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
        """
      if files["mysite/__init__.py"] == nil { files["mysite/__init__.py"] = "" }
    }
    for (path, text) in files {
      if path.hasSuffix("/") {
        try folder.makeFolder(path)
      } else if text.hasPrefix("->") {
        try folder.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        symlink(String(text.dropFirst(2)), folder.file(path))
      } else {
        let written = try folder.write(path, text)
        if text.hasPrefix("#!") { chmod(written, 0o755) }
      }
    }
    let root = SourcePath(folder.path)
    let host = Host(environment: environment, folder: root)
    let project = try Project(reading: root, host: host)
    let python = try EnvironmentFinder(host: host, project: root).find(option: nil)
    let installed = python.map { InstalledDistributions(of: $0) } ?? InstalledDistributions()
    let declared = DeclaredDependencies(of: root, folders: project.tree.projectFolders, host: host)
    let context = CheckContext(
      project: project,
      manifest: Manifest(of: project, installed: installed, declared: DeclaredNames(declared)),
      environment: python, interpreter: python?.interpreter, installed: installed, declared: declared, profile: profile,
      host: host, probeTimeout: .seconds(1), portState: portState)
    let checks = CheckCatalog.all.filter { $0.id == id }
    precondition(checks.count == 1, "no check \(id)")
    results = await CheckEngine(checks: checks, timeLimit: .seconds(20)).run(in: context)
    findings = results.compactMap { timed in
      let result = timed.result
      if result.status == .ok || result.status == .skipped { return nil }
      let place = result.location.map { location in
        location.line.map { "\(location.path):\($0)" } ?? "\(location.path)"
      }
      return [result.status.rawValue, place, result.subject].compactMap(\.self).filter { !$0.isEmpty }
        .joined(separator: " ")
    }
    folder.keepAlive()
  }
}
