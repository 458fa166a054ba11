import Diagnostics
import Glibc
import Host
import Packaging
import PythonEnvironment
import Testing
import TestSupport

@Suite struct EnvironmentFinderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func theOrderOfTheSearch() throws {
    let names = ["env", "venv", ".venv", "conda", "virtual", "named"]
    let conda = ["CONDA_PREFIX": folder.file("conda")]
    let both = conda.merging(["VIRTUAL_ENV": folder.file("virtual")]) { $1 }
    var last: EnvironmentFolder?
    for (name, (option, variables)) in zip(
      names,
      [(nil, [:]), (nil, [:]), (nil, [:]), (nil, conda), (nil, both), ("named", both)] as [(String?, [String: String])])
    {
      last = try EnvironmentFolder(in: folder, name)
      let found = try #require(try last?.find(option: option, environment: variables))
      #expect(found.displayName == name)
    }
    let origins = try [([:], nil), (conda, nil), (both, nil), (both, "./named")].map { variables, option in
      try last?.find(option: option, environment: variables)?.origin
    }
    #expect(origins == [.besideProject, .variable("CONDA_PREFIX"), .variable("VIRTUAL_ENV"), .option])
  }

  @Test func whatIsNoEnvironmentIsPassedOver() throws {
    try folder.write(".venv/readme")
    try folder.write("venv/__init__.py")
    let environment = try EnvironmentFolder(in: folder, "env")
    let variables = ["VIRTUAL_ENV": "", "CONDA_PREFIX": folder.file("gone")]
    #expect(try environment.find(environment: variables)?.displayName == "env")
  }

  @Test func noneAtAll() throws {
    let root = SourcePath(folder.path)
    let path = ["PATH": folder.file("bin")]
    let finder = EnvironmentFinder(host: Host(environment: path, folder: root), project: root)
    #expect(try finder.find(option: nil) == nil)
    for name in ["missing", folder.path, "/dev/null"] {
      #expect(throws: Finding.self, "\(name)") { try finder.find(option: name) }
    }
  }

  @Test(arguments: ["named", "named/", "named/bin/python3"]) func theOption(option: String) throws {
    let environment = try EnvironmentFolder(in: folder, "named")
    let found = try #require(try environment.find(option: option))
    #expect(found.prefix.normalized.name == "named")
    #expect(found.interpreter.version?.description == "3.11.7")
    #expect(found.sitePackages.map { $0.name } == ["site-packages"])
  }

  @Test(arguments: [
    ("version = 3.12.1", "3.12.1"), ("VERSION_INFO = 3.11.7.final.0", "3.11.7"), ("version=3.13.0rc1", "3.13"),
    ("home = /x\r\nversion = 3.10.2\r\n", "3.10.2"), ("", "3.11"), ("no equals sign\n=\n", "3.11"),
  ])
  func versions(configuration: String, expected: String) throws {
    let series = expected.split(separator: ".").prefix(2).joined(separator: ".")
    let environment = try EnvironmentFolder(in: folder, python: series, configuration: configuration)
    #expect(try environment.find()?.interpreter.version?.description == expected)
  }

  @Test func theFoldersOfOtherPythonsAreLeftOut() throws {
    let environment = try EnvironmentFolder(in: folder)
    try folder.write(".venv/lib/python3.9/site-packages/x")
    try folder.write(".venv/lib/python3.12/site-packages/x")
    #expect(try environment.find()?.sitePackages.map(\.parent.name) == ["python3.11"])
  }

  @Test func aBrokenInterpreterLink() throws {
    let environment = try EnvironmentFolder(in: folder)
    #expect(unlink(folder.file(".venv/bin/python3")) == 0)
    #expect(symlink("/gone/python3.11", folder.file(".venv/bin/python3")) == 0)
    #expect(try environment.find()?.interpreter.version?.description == "3.11.7")
  }

  @Test func systemPackagesAreThoseOfItsHome() throws {
    let home = try EnvironmentFolder(in: folder, "opt", configuration: nil)
    try home.install("outer", "1")
    let environment = try EnvironmentFolder(
      in: folder,
      configuration: "home = \(folder.file("opt/bin"))\nversion = 3.11.7\ninclude-system-site-packages = True\n")
    try environment.install("inner", "2")
    #expect(try environment.installed().all.map(\.name.normalized) == ["inner", "outer"])
    // An installation of its own does not see what Debian's Python sees.
    #expect(try home.installed().all.map(\.name.normalized) == ["outer"])
  }

  @Test func underCIThePythonOnThePath() throws {
    let python = try EnvironmentFolder(in: folder, "opt", configuration: nil)
    let variables = ["PATH": folder.file("opt/bin")]
    #expect(try python.find(environment: variables) == nil)
    let found = try #require(try python.find(environment: variables.merging(["CI": "true"]) { $1 }))
    #expect(found.origin == .searchPath)
    #expect(found.displayName == "opt")
  }

  @Test func behindTheShimsOfPyenv() throws {
    let python = try EnvironmentFolder(in: folder, "pyenv/versions/3.11.7", configuration: nil)
    try folder.write("pyenv/shims/python3", "#!/bin/sh\n")
    #expect(chmod(folder.file("pyenv/shims/python3"), 0o755) == 0)
    try folder.write("pyenv/version", "3.11.7\n3.9.1\n")
    let variables = ["PATH": folder.file("pyenv/shims"), "CI": "true"]
    #expect(try python.find(environment: variables)?.displayName == "pyenv/versions/3.11.7")
  }

  @Test func whichVersionPyenvStarts() throws {
    for version in ["3.9.1", "3.11.2", "3.11.7"] {
      _ = try EnvironmentFolder(
        in: folder, "pyenv/versions/\(version)", python: String(version.prefix { $0 != "7" }.dropLast(2)),
        configuration: nil)
    }
    try folder.write("pyenv/shims/python3", "#!/bin/sh\n")
    #expect(chmod(folder.file("pyenv/shims/python3"), 0o755) == 0)
    let root = SourcePath(folder.path)
    for (local, variable, expected) in [
      (nil, "3.9.1", "3.9.1"), ("3.11", nil, "3.11.7"), ("gone\n3.11.2", nil, "3.11.2"), (nil, nil, "3.11.7"),
    ] as [(String?, String?, String)] {
      let project = root.appending("project")
      unlink(folder.file("project/.python-version"))
      if let local { try folder.write("project/.python-version", local) }
      var variables = ["PATH": folder.file("pyenv/shims"), "CI": "true"]
      variables["PYENV_VERSION"] = variable
      let found = try EnvironmentFinder(host: Host(environment: variables, folder: root), project: project).find(
        option: nil)
      #expect(found?.prefix.name == expected)
    }
  }

  @Test func markersOfTheEnvironment() throws {
    let environment = try EnvironmentFolder(in: folder)
    let markers = try #require(try environment.find()).markerEnvironment(machine: "aarch64")
    #expect(markers.pythonVersion == "3.11" && markers.pythonFullVersion == "3.11.7")
    #expect(markers.platformMachine == "aarch64")
  }

  @Test func aRealOne() async throws {
    let code = "import sys, venv; venv.create(sys.argv[1], symlinks=True); print(sys.version.split()[0])"
    let version = try await Python.output(of: code, [folder.file(".venv")])
    let root = SourcePath(folder.path)
    let finder = EnvironmentFinder(host: Host(environment: [:], folder: root), project: root)
    let found = try #require(try finder.find(option: nil))
    #expect(found.interpreter.version?.description == version.split(separator: "\n").first.map(String.init))
    #expect(InstalledDistributions(of: found).all.isEmpty)
    let outcome = try await found.interpreter.evaluate(
      "import sys; print(sys.prefix)", in: .live(), by: .after(.seconds(20)))
    #expect(outcome.status == 0)
  }
}
