import Diagnostics
import Glibc
import Host
import Packaging
import PythonEnvironment
import Testing
import TestSupport

/// The folders of environments as they are laid out by different makers.
@Suite struct EnvironmentLayoutTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  struct Layout: Sendable, CustomTestStringConvertible {
    let name: String
    /// Files to make, and links as `path -> target`.
    let files: [String]
    let option: String
    var variables: [String: String] = [:]
    /// The folders found, below the temporary folder.
    let sites: [String]
    let version: String?
    var testDescription: String { name }
  }

  static let venv = "home = /usr/bin\nversion = 3.11.2\ninclude-system-site-packages = true\n"
  static let layouts: [Layout] = [
    Layout(
      name: "conda",
      files: [
        "c/bin/python3 -> python3.12", "c/bin/python3.12", "c/conda-meta/python-3.12.4-h_0.json",
        "c/lib/python3.12/site-packages/x", "c/lib/python3.1 -> python3.12",
      ], option: "c", sites: ["c/lib/python3.12/site-packages"], version: "3.12.4"),
    Layout(
      name: "PyPy", files: ["p/bin/pypy3 -> pypy3.10", "p/bin/pypy3.10", "p/lib/pypy3.10/site-packages/x"], option: "p",
      sites: ["p/lib/pypy3.10/site-packages"], version: "3.10"),
    Layout(
      name: "old PyPy", files: ["p/bin/pypy3", "p/lib_pypy/x", "p/lib-python/3/os.py", "p/site-packages/x"],
      option: "p",
      sites: ["p/site-packages"], version: nil),
    Layout(
      name: "Windows", files: ["w/Scripts/python.exe", "w/Lib/site-packages/x", "w/pyvenv.cfg=version = 3.12.1"],
      option: "w", sites: ["w/Lib/site-packages"], version: "3.12.1"),
    Layout(
      name: "Windows installation", files: ["w/python.exe", "w/Lib/site-packages/x"], option: "w/python.exe",
      sites: ["w/Lib/site-packages"], version: nil),
    Layout(
      name: "lib64 of its own",
      files: ["f/bin/python3.13", "f/lib64/python3.13/site-packages/x", "f/lib/python3.13/site-packages/x"],
      option: "f/bin/python3.13", sites: ["f/lib64/python3.13/site-packages", "f/lib/python3.13/site-packages"],
      version: "3.13"),
    Layout(
      name: "lib64 as a link", files: ["f/bin/python3", "f/lib/python3.13/site-packages/x", "f/lib64 -> lib"],
      option: "f", sites: ["f/lib/python3.13/site-packages"], version: "3.13"),
    Layout(
      name: "free-threaded beside the usual",
      files: ["t/bin/python3.13t", "t/lib/python3.13t/site-packages/x", "t/lib/python3.13/site-packages/x"],
      option: "t/bin/python3.13t", sites: ["t/lib/python3.13t/site-packages"], version: "3.13"),
    Layout(
      name: "uv's own",
      files: [
        "uv/cpython-3.12.1-linux/bin/python3.12", "uv/cpython-3.12.1-linux/lib/python3.12/site-packages/x",
        "bin/python3.12 -> ../uv/cpython-3.12.1-linux/bin/python3.12",
      ],
      option: "bin/python3.12", sites: ["uv/cpython-3.12.1-linux/lib/python3.12/site-packages"], version: "3.12.1"),
    Layout(
      name: "user folder first",
      files: ["i/bin/python3.11", "i/lib/python3.11/site-packages/x", "home/.local/lib/python3.11/site-packages/x"],
      option: "i/bin/python3.11", variables: ["HOME": "@/home"],
      sites: ["home/.local/lib/python3.11/site-packages", "i/lib/python3.11/site-packages"], version: "3.11"),
    Layout(
      name: "user folder ruled out",
      files: ["i/bin/python3.11", "i/lib/python3.11/site-packages/x", "home/.local/lib/python3.11/site-packages/x"],
      option: "i/bin/python3.11", variables: ["HOME": "@/home", "PYTHONNOUSERSITE": "1"],
      sites: ["i/lib/python3.11/site-packages"], version: "3.11"),
    Layout(
      name: "a name on PATH", files: ["i/bin/python3.11", "i/lib/python3.11/site-packages/x"], option: "3.11",
      variables: ["PATH": "@/i/bin"], sites: ["i/lib/python3.11/site-packages"], version: "3.11"),
    Layout(
      name: "root of a Debian",
      files: [
        "r/etc/os-release", "r/usr/bin/python3 -> python3.11", "r/usr/bin/python3.11", "r/bin -> usr/bin",
        "r/usr/lib/python3/dist-packages/x", "r/usr/local/lib/python3.11/dist-packages/x",
        "r/usr/local/lib/python3.11/site-packages/x", "r/root/.local/lib/python3.11/site-packages/x",
      ], option: "r",
      sites: [
        "r/root/.local/lib/python3.11/site-packages", "r/usr/local/lib/python3.11/dist-packages",
        "r/usr/lib/python3/dist-packages",
      ], version: "3.11"),
    Layout(
      name: "interpreter of a root",
      files: [
        "r/etc/os-release", "r/usr/bin/python3 -> /etc/alternatives/python",
        "r/etc/alternatives/python -> /usr/bin/python3.11",
        "r/usr/bin/python3.11", "r/usr/lib/python3/dist-packages/x",
      ], option: "r/usr/bin/python3", sites: ["r/usr/lib/python3/dist-packages"], version: "3.11"),
    Layout(
      name: "root of an image of python",
      files: [
        "r/etc/os-release", "r/usr/bin/python3.11", "r/usr/lib/python3/dist-packages/x",
        "r/usr/local/bin/python3 -> python3.12", "r/usr/local/bin/python3.12",
        "r/usr/local/lib/python3.12/site-packages/x",
      ], option: "r", sites: ["r/usr/local/lib/python3.12/site-packages"], version: "3.12"),
    Layout(
      name: "virtual environment inside a root",
      files: [
        "r/etc/os-release", "r/usr/bin/python3.11", "r/usr/bin/python3 -> python3.11",
        "r/usr/lib/python3/dist-packages/x", "r/opt/venv/bin/python3 -> /usr/bin/python3.11",
        "r/opt/venv/lib/python3.11 -> /srv/lib", "r/srv/lib/site-packages/x", "r/opt/venv/pyvenv.cfg=\(venv)",
      ], option: "r/opt/venv", sites: ["r/srv/lib/site-packages", "r/usr/lib/python3/dist-packages"], version: "3.11.2"),
    Layout(
      name: "Fedora",
      files: [
        "r/etc/os-release", "r/usr/bin/python3 -> python3.13", "r/usr/bin/python3.13",
        "r/usr/lib64/python3.13/site-packages/x", "r/usr/lib/python3.13/site-packages/x",
        "r/usr/local/lib/python3.13/site-packages/x",
      ], option: "r",
      sites: [
        "r/usr/local/lib/python3.13/site-packages", "r/usr/lib64/python3.13/site-packages",
        "r/usr/lib/python3.13/site-packages",
      ], version: "3.13"),
  ]

  @Test(arguments: layouts) func folders(of layout: Layout) throws {
    for file in layout.files {
      if let arrow = file.firstRange(of: " -> ") {
        let path = folder.file(String(file[..<arrow.lowerBound]))
        try folder.write("\(file[..<arrow.lowerBound]).made")
        #expect(symlink(String(file[arrow.upperBound...]), path) == 0)
      } else {
        let parts = file.split(separator: "=", maxSplits: 1).map(String.init)
        try folder.write(parts[0], parts.count > 1 ? parts[1] : "")
        if file.contains("bin/") { _ = chmod(folder.file(parts[0]), 0o755) }
      }
    }
    let root = SourcePath(folder.path)
    let variables = layout.variables.mapValues { $0.replacing("@", with: folder.path) }
    let finder = EnvironmentFinder(host: Host(environment: variables, folder: root), project: root)
    let found = try #require(try finder.find(option: layout.option))
    #expect(found.sitePackages.map { $0.relative(to: root)?.description ?? "" } == layout.sites)
    #expect(found.interpreter.version?.description == layout.version)
  }

  @Test func pathsOfARootStayInside() throws {
    try folder.write("r/etc/os-release")
    try folder.write("r/usr/local/bin/python3.12")
    let site = "r/usr/local/lib/python3.12/site-packages"
    try folder.write("\(site)/all.pth", "/srv/app\n../../../../../../../../outside\n")
    try folder.write("r/srv/app/app.egg-info/PKG-INFO", "Name: app\nVersion: 1\n")
    try folder.write("outside/outside.egg-info/PKG-INFO", "Name: outside\nVersion: 1\n")
    try folder.write("\(site)/app.egg-link", "/srv/app\n")
    try folder.write("\(site)/lib-1.dist-info/METADATA", "Name: lib\nVersion: 1\n")
    try folder.write(
      "\(site)/lib-1.dist-info/direct_url.json", #"{"url": "file:///srv/lib", "dir_info": {"editable": true}}"#)
    try folder.write("r/srv/lib/.git/HEAD", "ref: refs/heads/main\n")
    try folder.write("r/srv/lib/.git/config", "")
    let root = SourcePath(folder.path)
    let finder = EnvironmentFinder(host: Host(environment: [:], folder: root), project: root)
    let found = try #require(try finder.find(option: "r/usr/local/bin/python3.12"))
    let frozen = InstalledDistributions(of: found).frozen().distributions
    #expect(frozen.map(\.name.normalized) == ["app", "lib"])
    #expect(
      frozen.map(\.origin) == [
        .editable(EditableInstall(location: "/srv/app", checkout: .none)),
        .editable(EditableInstall(location: "/srv/lib", checkout: .noRemote)),
      ])
  }

  @Test func whatStandsOnPYTHONPATHComesFirst() throws {
    let environment = try EnvironmentFolder(in: folder)
    try environment.install("a", "1")
    try folder.write("first/a-2.dist-info/METADATA", "Name: a\nVersion: 2\n")
    try folder.write("first/x.pth", folder.file("second"))
    try folder.write("second/b-2.dist-info/METADATA", "Name: b\nVersion: 2\n")
    let found = try #require(try environment.find(environment: ["PYTHONPATH": "first::gone"]))
    #expect(InstalledDistributions(of: found).all.map { "\($0.name) \($0.version)" } == ["a 2"])
  }
}
