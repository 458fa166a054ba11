import CPosix
import Glibc

/// Signals to processes that may end, and their pids be given away, at any moment.
enum ProcessSignal {
  /// Sends through a pidfd after a second look at the start time: 0, or the error number, ESRCH when it has gone.
  static func send(_ signal: Int32, to entry: ProcessEntry) -> Int32 {
    let file = cposix_process_file(entry.pid)
    if file < 0 {
      // Kernels before 5.3 and some sandboxes have no pidfd, and descriptors can run out.
      guard errno != ESRCH else { return errno }
      return kill(entry.pid, signal) == 0 ? 0 : errno
    }
    defer { close(file) }
    guard ProcessEntry(reading: entry.pid)?.start == entry.start else { return ESRCH }
    return cposix_signal_process(file, signal) == 0 ? 0 : errno
  }
}
