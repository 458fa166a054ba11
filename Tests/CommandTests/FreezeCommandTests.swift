import Foundation
import TestSupport
import Testing

/// `freeze` in a project that declares its roots, over an environment of made-up distributions.
@Suite struct FreezeCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "pyproject.toml",
      """
      [project]
      name = "shop"
      version = "1"
      dependencies = ["alpha>=1"]
      optional-dependencies = {web = ["gamma"]}
      [dependency-groups]
      dev = ["delta"]
      """)
    try folder.write(".venv/bin/python3")
    try folder.write(".venv/pyvenv.cfg", "home = /nowhere/bin\nversion = 3.12.1\n")
    try install("alpha", "1.2", requires: ["beta (<3)", "pywin32; sys_platform == 'win32'"])
    try install("beta", "2.0")
    try install("gamma", "3.0+local.1")
    try install("delta", "4.0")
  }

  private func install(_ name: String, _ version: String, requires: [String] = []) throws {
    let site = ".venv/lib/python3.12/site-packages"
    let lines = ["Name: \(name)", "Version: \(version)"] + requires.map { "Requires-Dist: \($0)" }
    try folder.write("\(site)/\(name).py", "")
    try folder.write("\(site)/\(name)-\(version).dist-info/METADATA", lines.joined(separator: "\n") + "\n\n")
    try folder.write(
      "\(site)/\(name)-\(version).dist-info/RECORD",
      "\(name).py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n\(name)-\(version).dist-info/RECORD,,\n")
  }

  private func envtool(_ words: String) async throws -> EnvtoolRun {
    try await EnvtoolRun(words.split(separator: " ").map(String.init), in: folder.path)
  }

  @Test func theClosureOfWhatPyprojectDeclares() async throws {
    let run = try await envtool("freeze")
    #expect(run.status == 0)
    #expect(run.output == "alpha==1.2\n    # via pyproject.toml\nbeta==2.0\n    # via alpha\n")
    #expect(run.errors == "2 distributions for pyproject.toml, from .venv (Python 3.12.1)\n")
  }

  @Test func aManifestWithoutAVersionIsReadWithAWarning() async throws {
    try folder.write("pyproject.toml", "[project]\nname = \"shop\"\ndependencies = [\"beta\"]\n")
    let run = try await envtool("freeze --no-annotate")
    #expect(run.status == 0 && run.output == "beta==2.0\n")
    #expect(run.errors.hasPrefix("warning: pyproject.toml:1:1: [project] has no `version`"))
    try folder.write("pyproject.toml", "[project]\nname = \"shop\"\ndependencies = [\"beta\", \"alpha =1\"]\n")
    let broken = try await envtool("freeze --no-annotate")
    #expect(broken.status == 2 && broken.output.isEmpty)
    #expect(broken.errors.contains("error: pyproject.toml:3:"))
  }

  @Test func extrasAndGroupsAddToIt() async throws {
    let run = try await envtool("freeze --extra web --group dev --no-annotate")
    #expect(run.status == 0)
    #expect(run.output == "alpha==1.2\nbeta==2.0\ndelta==4.0\ngamma==3.0+local.1\n")
    #expect(run.errors.contains("warning: gamma==3.0+local.1: `+local.1` is a local version"))
    let unknown = try await envtool("freeze --extra wep")
    #expect(unknown.status == 2 && unknown.output.isEmpty)
    #expect(unknown.errors.contains("there is no extra wep") && unknown.errors.contains("did you mean web?"))
  }

  @Test func rootsOfStandardInput() async throws {
    let run = try await EnvtoolRun(
      shell: "printf 'delta # the last one\\n-c limits.txt\\n' | \"$0\" freeze -r - --no-annotate", in: folder.path)
    #expect(run.status == 2 && run.errors.contains("limits.txt"))
    try folder.write("limits.txt", "delta<4\n")
    let limited = try await EnvtoolRun(
      shell: "printf 'delta\\n-c limits.txt\\n' | \"$0\" freeze -r - --no-annotate", in: folder.path)
    #expect(limited.status == 1 && limited.output.isEmpty)
    #expect(limited.errors.contains("error: limits.txt:1: delta 4.0 is installed, the constraint allows delta<4"))
    try folder.write("limits.txt", "delta<5\nunknown==1\n")
    let fine = try await EnvtoolRun(
      shell: "printf 'delta\\n-c limits.txt\\n' | \"$0\" freeze -r - --no-annotate", in: folder.path)
    #expect(fine.status == 0 && fine.output == "delta==4.0\n")
  }

  @Test func inputWithoutEnd() async throws {
    let run = try await EnvtoolRun(shell: "yes delta | \"$0\" freeze -r -", in: folder.path)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("error: cannot read standard input: File too large"))
    let metadata = ".venv/lib/python3.12/site-packages/delta-4.0.dist-info/METADATA"
    let many = (0..<200_000).map { "Requires-Dist: package-number-\($0)\n" }.joined()
    try folder.write(metadata, "Name: delta\nVersion: 4.0\n" + many)
    let all = try await envtool("freeze --all --no-annotate --quiet")
    #expect(all.status == 0 && all.output == "alpha==1.2\nbeta==2.0\ndelta==4.0\ngamma==3.0+local.1\n")
    let closure = try await envtool("freeze --group dev")
    #expect(closure.status == 1 && closure.output.isEmpty)
    #expect(closure.errors.contains("delta-4.0.dist-info/METADATA") && closure.errors.contains("File too large"))
  }

  @Test func aLockThatFits() async throws {
    #expect(try await envtool("freeze -o requirements.lock").status == 0)
    let run = try await envtool("freeze --check")
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(run.errors == "requirements.lock fits .venv (Python 3.12.1): 2 pins\n")
    #expect(try await envtool("freeze --check --quiet").errors.isEmpty)
  }

  @Test func aLockThatDoesNot() async throws {
    try folder.write("old.txt", "alpha==0.9\nepsilon==1 ; sys_platform == 'win32'\nzeta==1\nbeta>=1\n")
    let run = try await envtool("freeze --check=old.txt")
    #expect(run.status == 1)
    #expect(
      run.output == """
        old.txt
          - alpha==0.9  line 1: pyproject.toml asks for alpha>=1
          + alpha==1.2  installed, needed by pyproject.toml
          ! beta>=1     line 4: not pinned to one version
          - zeta==1     line 3: nothing needs it

        """)
    #expect(
      run.errors == "old.txt does not fit .venv (Python 3.12.1): 3 differences\n  hint: envtool freeze -o old.txt\n")
    let json = try await envtool("freeze --check=old.txt --format json --quiet")
    #expect(json.status == 1 && json.output.contains("\"schema\": \"envtool.freeze-check/1\""))
    #expect(json.output.contains("\"kind\": \"superfluous\"") && json.errors.isEmpty)
  }

  @Test func aLockOfPEP751() async throws {
    let file = { (python: String, version: String) in
      """
      lock-version = "1.0"
      created-by = "test"
      requires-python = "\(python)"
      [[packages]]
      name = "alpha"
      version = "\(version)"
      wheels = [{url = "https://example.org/alpha-\(version)-py3-none-any.whl", hashes = {sha256 = "00"}}]
      [[packages]]
      name = "beta"
      version = "2.0"
      wheels = [{url = "https://example.org/beta-2.0-py3-none-any.whl", hashes = {sha256 = "00"}}]

      """
    }
    try folder.write("pylock.toml", file(">=3.12", "1.2"))
    #expect(try await envtool("freeze --check").status == 0)
    try folder.write("pylock.toml", file(">=3.13", "1.1"))
    let run = try await envtool("freeze --check")
    #expect(run.status == 1)
    #expect(run.output.contains("- alpha==1.1  line 4: not what is installed"))
    #expect(run.output.contains("? the lock excludes Python 3.12.1: it asks for >=3.13"))
    try folder.write("pylock.toml", "lock-version = \"1.0\"\n[[packages]]\nname = 1\n")
    let broken = try await envtool("freeze --check")
    #expect(broken.status == 2 && broken.errors.contains("error: pylock.toml:"))
  }

  @Test func noLockToCheck() async throws {
    let run = try await envtool("freeze --check")
    #expect(run.status == 2 && run.errors.contains("hint: make one: envtool freeze -o requirements.lock"))
    #expect(try await envtool("freeze --check=nowhere.txt").status == 2)
  }

  @Test func changedAndMissingFilesAreNamed() async throws {
    let good = try await envtool("freeze --verify")
    #expect(good.status == 0 && good.output.isEmpty)
    #expect(good.errors == "8 files of .venv (Python 3.12.1): all as installed\n")
    try folder.write(".venv/lib/python3.12/site-packages/alpha.py", "changed")
    try FileManager.default.removeItem(atPath: folder.file(".venv/lib/python3.12/site-packages/beta.py"))
    let run = try await envtool("freeze --verify")
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first?.hasPrefix(".venv/lib/python3.12/site-packages/alpha.py: changed since alpha was installed") == true)
    #expect(lines.last == ".venv/lib/python3.12/site-packages/beta.py: missing: beta was installed with it")
    #expect(run.errors.contains("hint: .venv/bin/python3 -m pip install --force-reinstall --no-deps alpha beta"))
  }

  @Test func formatsForMachines() async throws {
    let json = try await envtool("freeze --format json --quiet")
    #expect(json.status == 0 && json.output.contains("\"schema\": \"envtool.freeze/1\""))
    #expect(json.output.contains("\"requirement\": \"beta==2.0\""))
    let bill = try await envtool("freeze --format cyclonedx --quiet")
    #expect(bill.status == 0 && bill.output.contains("\"specVersion\": \"1.6\""))
    #expect(bill.output.contains("\"name\": \"shop\"") && bill.output.contains("\"bom-ref\": \"pkg:pypi/beta@2.0\""))
  }

  @Test(arguments: ["--resolve", "--hashes", "--python-version 3.12", "--universal", "--index-url https://example.org"])
  func whatNeedsAnIndexSaysSo(options: String) async throws {
    let run = try await envtool("freeze \(options)")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("resolving from a package index is not there yet"))
    #expect(run.errors.contains("--python PATH"))
  }

  @Test(arguments: ["--format pylock", "--all --extra web", "--verify --check"])
  func whatCannotBeAsked(options: String) async throws {
    let run = try await envtool("freeze \(options)")
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains("hint: "))
  }
}
