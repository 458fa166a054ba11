import Diagnostics
import Host
import Manifests
import Project
import Synchronization

/// A command of envtool: made from its arguments, run with a session, ended with an exit status.
protocol Subcommand: Sendable {
  /// What it takes and tells of itself.
  static var description: CommandDescription { get }

  /// The project whose configuration counts, as the arguments name it; nil when the command is about none.
  static func projectPath(_ arguments: Arguments) throws(Finding) -> String?

  /// Reads each option once. The finding is for status 2.
  init(from arguments: Arguments) throws(Finding)

  var common: CommonOptions { get }
  func run(in session: Session) throws -> Int32
}

extension Subcommand {
  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { nil }

  /// Reads the project at `path`; status 2 when there is none.
  func project(
    at path: String, in session: Session, beside other: @escaping @Sendable (ProjectTree) -> Void = { _ in }
  ) throws -> Project {
    do {
      return try Project(
        scanning: session.host.absolute(SourcePath(path)), jobs: common.threads, rules: common.rules,
        cache: common.cache(in: session), beside: other)
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
  }

  /// The project at `path` and what its manifests name, read side by side; status 2 when there is no project.
  func projectAndNames(at path: String, in session: Session) throws -> (Project, DeclaredNames) {
    let names = Mutex(DeclaredNames())
    let host = session.host
    let project = try project(at: path, in: session) { tree in
      let found = DeclaredNames(of: tree, host: host)
      names.withLock { $0 = found }
    }
    return (project, names.withLock { $0 })
  }

  /// Tells on stderr what could not be read; true when a source was lost.
  func tellTroubles(of project: Project, in session: Session) -> Bool {
    for finding in project.failures { session.tell(finding, common.color) }
    if !common.quiet {
      for finding in project.partial + project.notes { session.tell(finding, common.color) }
    }
    return !project.failures.isEmpty
  }
}
