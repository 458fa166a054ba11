import Glibc

/// One line of the process table: what `/proc/PID/stat` says of a process.
///
/// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
struct ProcessEntry: Sendable, Equatable {
  let pid: Int32
  /// The one-letter state: `R`, `S`, `D`, `Z`, `T`, ...
  let state: UInt8
  let parent: Int32
  let group: Int32
  let session: Int32
  /// Clock ticks from boot to the start; with the pid it names a process for good.
  let start: UInt64

  /// Ended, waiting for its parent to look.
  var isZombie: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

  /// Stopped by a signal.
  var isStopped: Bool { state == UInt8(ascii: "T") }

  var identity: Identity { Identity(pid: pid, start: start) }

  /// A process, not mixed up with a later one of the same pid.
  struct Identity: Hashable, Sendable {
    let pid: Int32
    let start: UInt64
  }

  /// Reads the entry of `pid`; nil when there is no such process.
  init?(reading pid: Int32) {
    guard let line = ProcFile.bytes("/proc/\(pid)/stat") else { return nil }
    self.init(pid: pid, line: line)
  }

  /// Reads a line of `stat`; the command name may hold anything, so fields count from the last `)`.
  init?(pid: Int32, line: [UInt8]) {
    guard let end = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = line[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count >= 20, let state = fields[0].utf8.first, let parent = Int32(fields[1]),
      let group = Int32(fields[2]), let session = Int32(fields[3]), let start = UInt64(fields[19])
    else { return nil }
    self.pid = pid
    self.state = state
    self.parent = parent
    self.group = group
    self.session = session
    self.start = start
  }

  /// Sends a signal to just this process, never to a later one of the same pid. 0, or the error number.
  func send(_ signal: Int32) -> Int32 { ProcessSignal.send(signal, to: self) }
}
