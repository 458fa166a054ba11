import Diagnostics
import Glibc

extension PortHolder {
  /// Who listens at `address`; nil when nobody does.
  ///
  /// A listener at another address of the same port counts only when the two exclude each other. Reads the open files
  /// of every process that it may look into.
  package static func find(at address: ListenAddress) -> PortHolder? {
    guard let socket = ListeningSocket.find(at: address) else { return nil }
    guard let holder = process(holding: socket.inode) else {
      return PortHolder(pid: nil, user: userName(socket.user), command: nil, folder: nil)
    }
    return PortHolder(
      pid: holder.pid, user: userName(socket.user),
      command: ProcFile.bytes("/proc/\(holder.pid)/cmdline").flatMap(command(ofArguments:)),
      folder: ProcFile.link("/proc/\(holder.pid)/cwd").map { Escaping.text($0) })
  }

  /// Who listens on a TCP port of any address; nil when nobody does.
  package static func find(port: UInt16) -> PortHolder? { find(at: ListenAddress(host: "0.0.0.0", port: port)) }

  /// The process with the socket open; among several, as with forked workers, the one the others come from.
  private static func process(holding inode: UInt64) -> ProcessEntry? {
    let target = "socket:[\(inode)]"
    let holders = ProcFile.numbers(in: "/proc").filter { pid in
      ProcFile.numbers(in: "/proc/\(pid)/fd").contains { ProcFile.link("/proc/\(pid)/fd/\($0)") == target }
    }
    let entries = holders.compactMap { ProcessEntry(reading: $0) }
    return entries.first { entry in !holders.contains(entry.parent) } ?? entries.first
  }

  /// A NUL-separated `cmdline` as a shell would be given it.
  static func command(ofArguments bytes: [UInt8]) -> String? {
    var words = bytes.split(separator: 0, omittingEmptySubsequences: false)
    if words.last?.isEmpty == true { words.removeLast() }
    let text = words.map { Escaping.text($0) }
    return text.isEmpty ? nil : ShellQuoting.command(SecretWords.masked(text))
  }

  private static func userName(_ number: UInt32) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16384)
    return buffer.withUnsafeMutableBufferPointer { space in
      // SAFETY: the name points into `space`, which outlives its use here.
      guard let start = space.baseAddress, getpwuid_r(number, &entry, start, space.count, &found) == 0,
        found != nil, let name = entry.pw_name
      else { return String(number) }
      return Escaping.text(String(cString: name))
    }
  }
}
