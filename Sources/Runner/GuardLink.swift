import CPosix
import Glibc

/// The supervisor's side of a running guard.
struct GuardLink {
  let pid: Int32
  /// Takes one byte for each signal to pass on. The guard takes its end for our death.
  let control: Int32
  /// Gives the guard's reports and ends with the guard.
  let reports: Int32
  /// Our process group when descriptor 0 is our controlling terminal, else 0.
  let terminalGroup: Int32

  /// Starts a guard with its order.
  init(_ plan: LaunchPlan, executable: String) throws(SupervisorFailure) {
    // Descriptor 0 decides: a shell without job control gives its background jobs another one, and so the terminal is
    // not taken from the job in front.
    let group = tcgetpgrp(0) >= 0 ? getpgrp() : 0
    let order = cposix_memory_file("order")
    guard order >= 0 else { throw .system("memfd_create", errno: errno) }
    defer { Glibc.close(order) }
    let written = Descriptor.write(GuardOrder(plan, terminalGroup: group).encoded, to: order)
    guard written == 0 else { throw .system("write", errno: written) }

    let control = try Descriptor.pipe()
    defer { Glibc.close(control.reader) }
    let reports: (reader: Int32, writer: Int32)
    do throws(SupervisorFailure) {
      reports = try Descriptor.pipe()
    } catch {
      Glibc.close(control.writer)
      throw error
    }
    defer { Glibc.close(reports.writer) }

    var request = SpawnRequest(
      path: executable, arguments: [GuardProcess.name, GuardProcess.argument], environment: Self.environment)
    request.files = [order, control.reader, reports.writer]
    request.ignoredSignals = cposix_is_ignored(SIGHUP) == 1 ? [SIGHUP] : []
    do throws(SpawnRequest.Failure) {
      pid = try request.start()
    } catch {
      Glibc.close(control.writer)
      Glibc.close(reports.reader)
      throw .noGuard(errno: error.errno)
    }
    terminalGroup = group
    self.control = control.writer
    self.reports = reports.reader
  }

  /// Passes a signal on. A guard that has died says so by the end of `reports`.
  func send(_ signal: Int32) { _ = Descriptor.write([UInt8(signal)], to: control) }

  /// Lets go of a guard that has ended, and waits for it.
  func close() {
    Glibc.close(control)
    Glibc.close(reports)
    while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
  }

  /// The guard needs what our own program needs to start, LD_LIBRARY_PATH for one.
  private static var environment: [String] {
    var result: [String] = []
    var next = environ
    // SAFETY: environ ends with a nil entry, and nobody changes it while a supervisor starts.
    while let entry = next.pointee {
      result.append(String(cString: entry))
      next += 1
    }
    return result
  }
}
