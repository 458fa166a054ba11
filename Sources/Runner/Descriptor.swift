import CPosix
import Glibc

/// Reading and writing of small pieces through descriptors.
enum Descriptor {
  /// A pipe, closed on exec.
  static func pipe() throws(SupervisorFailure) -> (reader: Int32, writer: Int32) {
    var files: [Int32] = [-1, -1]
    guard cposix_pipe(&files) == 0 else { throw .system("pipe2", errno: errno) }
    return (files[0], files[1])
  }

  /// Writes all bytes: 0, or the error number.
  static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// One read of at most `count` bytes: empty at the end of the file, nil when nothing can be read now.
  static func read(_ file: Int32, atMost count: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let received = Glibc.read(file, &buffer, count)
      if received >= 0 { return Array(buffer[..<received]) }
      // Any error but "later" is an end: nothing more will come.
      if errno != EINTR { return errno == EAGAIN ? nil : [] }
    }
  }

  /// poll(2) for reading: what each file has; nothing for a negative descriptor. Returns early on a signal.
  static func poll(_ files: [Int32], events: Int16 = Int16(POLLIN), milliseconds: Int32) -> [Int16] {
    poll(files.map { pollfd(fd: $0, events: events, revents: 0) }, milliseconds: milliseconds)
  }

  /// poll(2): what each entry has.
  static func poll(_ entries: [pollfd], milliseconds: Int32) -> [Int16] {
    var entries = entries
    let count = Glibc.poll(&entries, nfds_t(entries.count), milliseconds)
    return entries.map { count > 0 ? $0.revents : 0 }
  }
}
