import CPosix
import Glibc
import Host

/// The supervisor's one loop: it waits for signals, for the guard's reports and for the server's first answer.
struct SupervisorLoop {
  private let plan: LaunchPlan
  private let link: GuardLink
  private let signals: Int32
  /// Descendants from before the run.
  private let strangers: Set<ProcessEntry.Identity>
  private var readiness: ReadinessProbe?
  private var received: [UInt8] = []
  private var terminal: TerminalHandover
  /// The terminal while its closing is of interest, else -1.
  private var terminalFile: Int32
  private var started = false
  private var end: ServerEnd?
  private var failure: SpawnRequest.Failure?
  private var survivors: [Int32] = []
  /// When a guard that was told to stop must have come to its end.
  private var patience: Deadline?

  init(
    plan: LaunchPlan, link: GuardLink, signals: Int32, strangers: Set<ProcessEntry.Identity>,
    readiness: ReadinessProbe?
  ) {
    self.plan = plan
    self.link = link
    self.signals = signals
    self.strangers = strangers
    self.readiness = readiness
    terminal = TerminalHandover(lender: link.terminalGroup)
    terminalFile = link.terminalGroup != 0 && cposix_is_ignored(SIGHUP) == 0 ? 0 : -1
  }

  /// Returns when the guard has ended, with the status of the run.
  mutating func run(_ onReady: (String) -> Void) throws(SupervisorFailure) -> Int32 {
    var isOver = false
    while !isOver {
      let probe = started && end == nil ? readiness?.entry : nil
      let entries = [
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: link.reports, events: Int16(POLLIN), revents: 0),
        probe ?? pollfd(fd: -1, events: 0, revents: 0), pollfd(fd: terminalFile, events: 0, revents: 0),
      ]
      let ready = Descriptor.poll(entries, milliseconds: pause)
      if ready[0] != 0 { passOn(Descriptor.read(signals, atMost: 64) ?? []) }
      if ready[1] != 0 { isOver = !readReports() }
      if ready[3] != 0 {
        // The kernel tells the session's leader and the foreground group, which we are not.
        terminalFile = -1
        passOn([UInt8(SIGHUP)])
      }
      if started, end == nil, readiness?.advance(ready[2]) == true { onReady(plan.address.url) }
      if patience?.hasPassed == true {
        // The guard does not answer. Without it the processes are ours.
        kill(link.pid, SIGKILL)
        patience = nil
      }
    }
    readiness?.close()
    link.close()
    return try conclude()
  }

  private var pause: Int32 {
    let waits = [
      patience?.milliseconds, started && end == nil ? readiness?.deadline?.milliseconds : nil,
    ].compactMap(\.self)
    return waits.min() ?? -1
  }

  private mutating func passOn(_ signals: [UInt8]) {
    for byte in signals {
      link.send(Int32(byte))
      if Int32(byte) != SIGCONT, patience == nil { patience = .after(plan.stopTimeout + .seconds(6)) }
    }
  }

  /// False at the end of the reports, which is the end of the guard.
  private mutating func readReports() -> Bool {
    guard let bytes = Descriptor.read(link.reports, atMost: 64 * GuardReport.size) else { return true }
    if bytes.isEmpty { return false }
    received += bytes
    while received.count >= GuardReport.size {
      if let report = GuardReport(decoding: received.prefix(GuardReport.size)) { note(report) }
      received.removeFirst(GuardReport.size)
    }
    return true
  }

  private mutating func note(_ report: GuardReport) {
    switch report {
    case .started(let pid):
      started = true
      terminal.started(pid, lent: link.terminalGroup != 0)
    case .failed(let failure): self.failure = failure
    case .stopped: suspend()
    case .survivor(let pid): survivors.append(pid)
    case .ended(let end):
      self.end = end
      patience = .after(.seconds(2))
    }
  }

  /// Stops our job as Ctrl-Z would have, had we been the foreground; the shell's `fg` or `bg` sends us CONT.
  private func suspend() {
    if cposix_is_ignored(SIGTSTP) == 1 || ProcessTree().isOrphaned(group: getpgrp()) {
      // Nobody would ever continue us, so the server goes on as well.
      link.send(SIGCONT)
    } else {
      kill(0, SIGTSTP)
    }
  }

  private func conclude() throws(SupervisorFailure) -> Int32 {
    if let failure {
      switch failure.stage {
      case .exec: throw .cannotExecute(plan.executable, errno: failure.errno)
      case .folder: throw .cannotEnter(folder: plan.workingDirectory, errno: failure.errno)
      case .fork, .files: throw .noGuard(errno: failure.errno)
      }
    }
    if let end {
      if !survivors.isEmpty { throw .processesLeft(survivors) }
      return end.exitStatus
    }
    // The guard has been killed: its children are ours now.
    terminal.takeBack(restoringModes: true)
    let left = OrphanSweep(strangers: strangers).run()
    if !left.isEmpty { throw .processesLeft(left) }
    guard started else { throw .noGuard(errno: ECHILD) }
    return 128 + SIGKILL
  }
}
