import Glibc

/// How a server and all that it had started came to their end.
struct ServerEnd: Sendable, Equatable {
  /// The server's status as wait(2) gives it.
  var waitStatus: Int32
  /// The signal that somebody asked us to stop it with; 0 when it ended of itself.
  var requestedSignal: Int32
  /// Whether something had to be killed.
  var killed: Bool
  /// Whether the server was the foreground of a terminal, which sends Ctrl-C to it and not to us.
  var hadTerminal: Bool

  /// The status of `envtool run`: 0 for a signal obeyed, 137 for a stop that had to kill, else the server's own, 128+n
  /// after a signal n that we did not send.
  var exitStatus: Int32 {
    if requestedSignal != 0 { return killed ? 128 + SIGKILL : 0 }
    let signal = waitStatus & 0x7F
    if signal == 0 {
      let code = waitStatus >> 8 & 0xFF
      return hadTerminal && code == 128 + SIGINT ? 0 : code
    }
    // The terminal sends INT for Ctrl-C and HUP when it closes.
    if hadTerminal && (signal == SIGINT || signal == SIGHUP) { return 0 }
    return 128 + signal
  }
}
