import ArgumentParser
import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting

#if canImport(Glibc)
  import Glibc
#endif

struct FreezeCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "freeze", abstract: CommandList.abstract(of: "freeze"),
    discussion: """
      Prints name==version lines for the project's roots and everything they need, read from the environment's metadata \
      without running Python. Roots are --requirements, else a requirements.in or requirements.txt of the project, else \
      what scan finds. A lock is whole or not printed at all: status 1 names what is missing.

        envtool freeze -o requirements.lock     keeps the old file when anything fails
        envtool freeze > requirements.lock      the shell empties the file first
      """)

  @Argument(help: ArgumentHelp("The project's folder.", valueName: "path"))
  var path = "."

  @Flag(help: "Everything that is installed, not only what the project needs.")
  var all = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Take the roots from this file; repeatable.", valueName: "file"))
  var requirements: [String] = []

  @Flag(name: .customLong("no-annotate"), help: "Leave out the `# via` lines.")
  var noAnnotate = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func run(in session: Session) async throws -> Int32 {
    let folder = session.host.absolute(SourcePath(path))
    guard Files.kind(of: folder) == .folder else {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, "no such folder: \(folder)", remedy: "name the project's folder"))
    }
    let (found, installed) = try common.environment(for: folder, in: session)
    guard let environment = found else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "no environment to read: no --python, VIRTUAL_ENV, CONDA_PREFIX, .venv, venv or env",
          remedy:
            "name one with --python PATH, or make one: python3 -m venv .venv (resolving from an index is not there yet)"
        ))
    }
    let markers = environment.markerEnvironment(machine: Self.machine)
    let lock: Lock
    if all {
      lock = Lock(allOf: installed, in: markers)
    } else {
      let roots = try roots(in: folder, installed, python: environment.interpreter.version, session)
      do { lock = try Lock(closureOf: roots, over: installed, in: markers, named: environment.displayName) } catch {
        return refuse(error, in: session)
      }
    }
    try session.give(lock.text(annotated: !noAnnotate), to: output)
    if !common.quiet {
      let version = environment.interpreter.version.map { " (Python \($0))" } ?? ""
      session.errors.line("\(Wording.count(lock.pins.count, "distribution")) from \(environment.displayName)\(version)")
    }
    return ExitStatus.fine
  }

  /// `uname -m`, for the markers.
  private static var machine: String {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: &name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private func roots(
    in folder: SourcePath, _ installed: InstalledDistributions, python: Version?, _ session: Session
  ) throws -> [Root] {
    let named = requirements.map { SourcePath($0) }
    let start = named.isEmpty ? folder : session.host.folder
    let files = named.isEmpty ? DeclaredRoots.manifest(in: folder).map { [$0] } ?? [] : named
    if files.isEmpty {
      if !common.quiet, Files.exists(folder.appending("pyproject.toml")) {
        session.tell(
          Finding(.warning, at: Location(path: "pyproject.toml"), "not read yet; the roots are what scan finds"),
          common.color)
      }
      let project = try project(at: path, in: session)
      if tellTroubles(of: project, in: session) {
        throw CommandFailure(
          ExitStatus.findings, Finding(.error, "a source could not be read, so the roots are not known"))
      }
      return Manifest(of: project, installed: installed, python: python).roots
    }
    do {
      let declared = try DeclaredRoots(files: files, in: start)
      for finding in declared.findings { session.tell(finding, common.color) }
      return declared.roots
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
  }

  private func refuse(_ incomplete: Lock.Incomplete, in session: Session) -> Int32 {
    for finding in incomplete.findings { session.tell(finding, common.color) }
    var way = output.map { "\(Escaping.text($0)) was not touched" } ?? "nothing was printed"
    if output == nil, session.output.isEmptyFile {
      way = "the shell has emptied the file behind `>` already; `-o FILE` keeps the old one"
    }
    session.errors.line("\(Wording.count(incomplete.findings.count, "distribution")) missing or unfit; \(way)")
    return ExitStatus.findings
  }
}
