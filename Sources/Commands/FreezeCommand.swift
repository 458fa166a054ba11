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

/// `envtool freeze`
struct FreezeCommand: Subcommand {
  let path: String
  let all: Bool
  let requirements: [String]
  let noAnnotate: Bool
  let output: String?
  let common: CommonOptions

  func run(in session: Session) throws -> Int32 {
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
