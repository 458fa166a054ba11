import CPosix
import Glibc
import Host

/// The guard's one loop: it waits for the supervisor, for signals and for its children, and stops the tree.
///
/// The guard is a subreaper: while it has any child it has descendants, and when it has no child it has none. So the end
/// is known from wait(2), and /proc is asked only whom to send a signal.
struct GuardLoop {
  private let order: GuardOrder
  private let signals: Int32
  private var control = GuardProcess.controlFile
  private var terminal: TerminalHandover
  private var server: Int32 = 0
  private var serverStatus: Int32?
  private var phase = Phase.serving
  /// The signal that somebody asked to stop with; 0 for none.
  private var requested: Int32 = 0
  private var requestedAt = ContinuousClock.now
  private var killed = false
  /// Who has got the signal of this phase already: a second INT makes many servers drop their requests.
  private var signalled: Set<ProcessEntry.Identity> = []

  private enum Phase {
    case serving
    /// `escalation`: when TERM follows, for servers that take HUP for an order to reload.
    case stopping(signal: Int32, until: Deadline, escalation: Deadline?)
    case killing(until: Deadline)
  }

  /// What is left gets this long after TERM when nobody waits for it: the server has ended, or the supervisor has died.
  /// The port must be free 2 s after that.
  private static let shortGrace = Duration.seconds(1)
  /// KILL needs no longer, except for a process in uninterruptible sleep or of another user.
  private static let killGrace = Duration.seconds(3)
  /// One Ctrl-C can arrive twice, from the terminal and from a wrapper such as timeout(1) that passes it on.
  private static let sameKeypress = Duration.milliseconds(100)

  init(_ order: GuardOrder, signals: Int32) {
    self.order = order
    self.signals = signals
    terminal = TerminalHandover(lender: order.terminalGroup)
  }

  /// Starts the server and returns when nothing of it is left.
  mutating func run() -> Int32 {
    do throws(SpawnRequest.Failure) {
      try start()
    } catch {
      terminal.takeBack()
      GuardProcess.report(.failed(error))
      return 1
    }
    while reap() {
      if serverStatus != nil, case .serving = phase { stop(with: SIGTERM, within: Self.shortGrace) }
      guard advance() else { break }
      let ready = Descriptor.poll([signals, control], milliseconds: pause)
      if ready[0] != 0 { readSignals() }
      if ready[1] != 0 { readControl() }
    }
    finish()
    return 0
  }

  private mutating func start() throws(SpawnRequest.Failure) {
    let lends = terminal.canBeLent
    var request = SpawnRequest(
      path: order.executable, arguments: [order.executable] + order.arguments, environment: order.environment,
      folder: order.workingDirectory)
    request.terminal = lends ? 0 : nil
    // For the case that the guard and the supervisor are killed at the same time.
    request.parentDeathSignal = SIGTERM
    // nohup(1) is the user's wish that the server outlive the terminal.
    request.ignoredSignals = cposix_is_ignored(SIGHUP) == 1 ? [SIGHUP] : []
    // The child takes the terminal before its program is found to be missing, so this must be known beforehand.
    terminal.started(0, lent: lends)
    server = try request.start()
    terminal.started(server, lent: lends)
    GuardProcess.report(.started(pid: server))
  }

  /// Collects the children that have ended or stopped; false when there is none at all.
  private mutating func reap() -> Bool {
    while true {
      var status: Int32 = 0
      let pid = waitpid(-1, &status, WNOHANG | WUNTRACED)
      if pid == 0 { return true }
      if pid < 0 {
        if errno == EINTR { continue }
        return false
      }
      let isStop = status & 0xFF == 0x7F
      guard pid == server else { continue }
      if !isStop {
        serverStatus = status
      } else if case .serving = phase, terminal.serverStopped(by: status >> 8 & 0xFF) {
        GuardProcess.report(.stopped)
      }
    }
  }

  private mutating func stop(with signal: Int32, within time: Duration) {
    signalled = []
    phase = .stopping(
      signal: signal, until: .after(time), escalation: signal == SIGHUP ? .after(min(time / 2, .seconds(2))) : nil)
  }

  private mutating func startKilling() {
    killed = true
    phase = .killing(until: .after(Self.killGrace))
  }

  /// Does what is due in this phase; false when even killing has come to nothing.
  private mutating func advance() -> Bool {
    if case .stopping(_, let until, _) = phase, until.hasPassed { startKilling() }
    if case .stopping(_, let until, let escalation?) = phase, escalation.hasPassed {
      signalled = []
      phase = .stopping(signal: SIGTERM, until: until, escalation: nil)
    }
    switch phase {
    case .serving: break
    case .stopping(let signal, _, _): send(signal)
    case .killing(let until):
      if until.hasPassed { return false }
      send(SIGKILL)
    }
    return true
  }

  /// Milliseconds until there is something to do without an event: processes born since the last look are found by
  /// looking again.
  private var pause: Int32 {
    switch phase {
    case .serving: -1
    case .stopping(_, let until, let escalation): min(50, until.earlier(escalation ?? until).milliseconds)
    case .killing: 10
    }
  }

  private mutating func send(_ signal: Int32) {
    for entry in ProcessTree().descendants(of: getpid()) where !entry.isZombie {
      if signal == SIGKILL || signalled.insert(entry.identity).inserted {
        // Who has gone meanwhile needs none; who is not ours to signal shows as a survivor at the end.
        _ = entry.send(signal)
      }
      if entry.isStopped && signal != SIGKILL { _ = entry.send(SIGCONT) }
    }
  }

  private mutating func readSignals() {
    while true {
      let signal = cposix_next_signal(signals)
      if signal <= 0 { return }
      // The same request can come through the supervisor as well, so a second one is no order to hurry.
      if signal != SIGCHLD { request(signal) }
    }
  }

  private mutating func readControl() {
    guard let bytes = Descriptor.read(control, atMost: 64) else { return }
    if bytes.isEmpty { return abandon() }
    for byte in bytes {
      let signal = Int32(byte)
      if signal == SIGCONT {
        terminal.resume()
      } else if case .stopping = phase, signal == SIGINT, .now - requestedAt > Self.sameKeypress {
        startKilling()
      } else {
        request(signal)
      }
    }
  }

  private mutating func request(_ signal: Int32) {
    guard case .serving = phase, serverStatus == nil else { return }
    requested = signal
    requestedAt = .now
    stop(with: signal, within: order.stopTimeout)
  }

  /// The supervisor has died.
  private mutating func abandon() {
    close(control)
    control = -1
    switch phase {
    case .serving: stop(with: SIGTERM, within: Self.shortGrace)
    case .stopping(let signal, let until, let escalation):
      phase = .stopping(
        signal: signal, until: until.earlier(.after(Self.shortGrace)), escalation: escalation)
    case .killing: break
    }
  }

  private mutating func finish() {
    let status = serverStatus ?? SIGKILL
    terminal.takeBack(restoringModes: status & 0x7F != 0)
    for entry in ProcessTree().descendants(of: getpid()) where !entry.isZombie {
      GuardProcess.report(.survivor(pid: entry.pid))
    }
    GuardProcess.report(
      .ended(
        ServerEnd(waitStatus: status, requestedSignal: requested, killed: killed, hadTerminal: terminal.wasLent)))
  }
}
