import CPosix
import Glibc

/// Runs a server so that nothing of it outlives the run, whatever way this process ends.
///
/// It starts a guard process, which starts the server in a process group of its own. The guard ends the server's tree
/// when the supervisor dies; the supervisor ends it when the guard dies. Processes that daemonise are included: both are
/// subreapers. https://man7.org/linux/man-pages/man2/pr_set_child_subreaper.2const.html
///
///     let status = try Supervisor(plan: plan) { url in announce(url) }.run()
///
/// One run at a time in a process: INT, TERM, HUP and CONT are caught for its duration.
package struct Supervisor: Sendable {
  private let plan: LaunchPlan
  private let guardExecutable: String
  private let onReady: @Sendable (_ url: String) -> Void

  /// `guardExecutable` is a program that calls `GuardProcess.runIfRequested` first, by default this one. `onReady` is
  /// called once, on the supervising thread, when the server has first answered over HTTP; signals wait while it runs.
  package init(
    plan: LaunchPlan, guardExecutable: String = "/proc/self/exe",
    onReady: @escaping @Sendable (_ url: String) -> Void = { _ in }
  ) {
    self.plan = plan
    self.guardExecutable = guardExecutable
    self.onReady = onReady
  }

  /// Starts the server and blocks until it and all its descendants have ended.
  ///
  /// The status of `envtool run`: 0 when INT, TERM or HUP was obeyed, 137 when the stop time-out had to kill, else the
  /// server's own, 128+n when a signal that was not asked of us ended it.
  package func run() throws(SupervisorFailure) -> Int32 {
    guard cposix_fill_standard_files() == 0 else { throw .system("open", errno: errno) }
    // Children from before an exec of this program are not the server's, whoever kills the guard.
    let strangers = Set(ProcessTree().descendants(of: getpid()).map(\.identity))
    guard cposix_become_subreaper() == 0 else { throw .system("prctl", errno: errno) }
    // A name can take as long as a DNS query, so it is looked up before there is anything to supervise. One without
    // addresses makes the server fail, which says more than we could.
    let readiness: ReadinessProbe?
    do throws(ListenAddressError) {
      readiness = ReadinessProbe(for: plan.address, at: try SocketAddress.resolve(plan.address))
    } catch {
      readiness = nil
    }

    let caught = [SIGINT, SIGTERM, SIGCONT] + (cposix_is_ignored(SIGHUP) == 1 ? [] : [SIGHUP])
    let ignored = [SIGPIPE, SIGTTOU]
    let signals = cposix_catch_signals(caught, Int32(caught.count), ignored, Int32(ignored.count))
    guard signals >= 0 else { throw .system("sigaction", errno: errno) }
    defer { cposix_release_signals() }
    var loop = SupervisorLoop(
      plan: plan, link: try GuardLink(plan, executable: guardExecutable), signals: signals, strangers: strangers,
      readiness: readiness)
    return try loop.run(onReady)
  }
}
