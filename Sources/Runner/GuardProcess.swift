import CPosix
import Glibc

/// The process between `envtool run` and the server, which ends the server's whole tree whatever becomes of envtool.
///
/// It inherits, as descriptor 3, the order (a file in memory), as 4 the pipe from the supervisor, which carries one byte
/// for each signal to pass on and ends when the supervisor dies, and as 5 the pipe for its reports.
package enum GuardProcess {
  /// The first argument that makes this program a guard.
  package static let argument = "__guard"

  static let orderFile: Int32 = 3
  static let controlFile: Int32 = 4
  static let reportFile: Int32 = 5

  /// Guards a server and gives the status to exit with, or nil when the arguments (with the program's own name) ask for
  /// something else.
  ///
  /// To be called before anything else in `main`, while the process has one thread.
  package static func runIfRequested(arguments: [String]) -> Int32? {
    guard arguments.count == 2, arguments[1] == argument else { return nil }
    // Status 2: started by hand, without an order.
    guard let order = readOrder() else { return 2 }
    // The name is one that `killall envtool` and `pkill envtool` leave alone: it is the guard that cleans up then.
    _ = cposix_name_process(name)
    guard cposix_become_subreaper() == 0 else { return refuse(errno) }
    // Not followed by exec of ours without a reset, so these cannot reach the server.
    for signal in [SIGPIPE, SIGTTOU, SIGTTIN, SIGTSTP] { _ = Glibc.signal(signal, SIG_IGN) }
    let caught = [SIGINT, SIGTERM, SIGCHLD] + (cposix_is_ignored(SIGHUP) == 1 ? [] : [SIGHUP])
    let signals = cposix_signal_file(caught, Int32(caught.count))
    guard signals >= 0 else { return refuse(errno) }
    var loop = GuardLoop(order, signals: signals)
    return loop.run()
  }

  /// What the guard is called in process lists.
  static let name = "server-guard"

  /// Tells the supervisor something; when it has died nobody needs to know.
  static func report(_ report: GuardReport) { _ = Descriptor.write(report.encoded, to: reportFile) }

  private static func refuse(_ error: Int32) -> Int32 {
    report(.failed(SpawnRequest.Failure(stage: .fork, errno: error)))
    return 1
  }

  private static func readOrder() -> GuardOrder? {
    guard lseek(orderFile, 0, SEEK_SET) == 0 else { return nil }
    var bytes: [UInt8] = []
    while let piece = Descriptor.read(orderFile, atMost: 65536), !piece.isEmpty { bytes += piece }
    close(orderFile)
    return GuardOrder(decoding: bytes)
  }
}
