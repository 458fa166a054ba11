import Glibc

/// Lends the terminal at descriptor 0 to the server and takes it back.
///
/// A background group that reads the terminal is stopped, so a `breakpoint()` in a server that is not the foreground
/// group would hang. SIGTTOU must be blocked or ignored in the process that uses this.
/// https://pubs.opengroup.org/onlinepubs/9799919799/functions/tcsetpgrp.html
struct TerminalHandover {
  /// The group that lends it; 0 without a terminal.
  private let lender: Int32
  /// The group that it is lent to; 0 before the start.
  private(set) var borrower: Int32 = 0
  /// Whether the borrower has ever been the foreground group.
  private(set) var wasLent = false
  private var modes = termios()

  init(lender: Int32) {
    self.lender = lender
    if lender != 0, tcgetattr(0, &modes) != 0 { modes = termios() }
  }

  /// Whether the lender is the foreground group now.
  var canBeLent: Bool { lender != 0 && tcgetpgrp(0) == lender }

  /// Notes the group of the server, which has made itself the foreground group when `lent`.
  mutating func started(_ group: Int32, lent: Bool) {
    borrower = group
    wasLent = lent
  }

  /// Makes the borrower the foreground group if the lender is it now.
  mutating func lend() {
    guard canBeLent, borrower != 0, tcsetpgrp(0, borrower) == 0 else { return }
    wasLent = true
  }

  /// Makes the lender the foreground group again, unless somebody else has taken the terminal meanwhile, as a shell does
  /// when its job dies. `restoringModes`: also echo and line mode, for a borrower that could not clean up.
  func takeBack(restoringModes: Bool = false) {
    guard lender != 0, wasLent else { return }
    let current = tcgetpgrp(0)
    // A group without members is one that the borrower's own job control left behind.
    guard current == borrower || (current > 0 && kill(-current, 0) != 0 && errno == ESRCH) else { return }
    if restoringModes, modes.c_cflag != 0 {
      // Fails only when the terminal has gone, and then there is nothing to restore.
      withUnsafePointer(to: modes) { _ = tcsetattr(0, TCSANOW, $0) }
    }
    _ = tcsetpgrp(0, lender)
  }

  /// The server was stopped by `signal`. True when it is a matter for the shell: the terminal has been taken back, and
  /// the supervisor should stop too. A server that merely reached for a terminal that it may have gets it and goes on.
  mutating func serverStopped(by signal: Int32) -> Bool {
    guard lender != 0 else { return false }
    if (signal == SIGTTIN || signal == SIGTTOU) && canBeLent {
      resume()
      return false
    }
    takeBack()
    return true
  }

  /// Continues a stopped server, in the foreground when its lender is there.
  mutating func resume() {
    lend()
    if borrower != 0 { kill(-borrower, SIGCONT) }
  }
}
