// Supported: the listening rows of /proc/net/tcp, /proc/net/tcp6 and /proc/net/unix.
// Unsupported: sockets of other network namespaces, which these files do not show.
//
//   tcp  = slot ":" local remote state queues timer retransmits uid timeout inode ...
//   local = address ":" port, in hexadecimal; the address in 32-bit words of the machine's byte order
//   unix = slot ":" references protocol flags type state inode [ path ]
//
// https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
import Glibc

/// A socket that somebody listens at.
struct ListeningSocket: Sendable, Equatable {
  let inode: UInt64
  /// The number of the user who made it.
  let user: UInt32

  /// The first listener that keeps a server from `address`; nil when there is none.
  static func find(at address: ListenAddress) -> ListeningSocket? {
    switch address.endpoint {
    case .unix(let path): return ProcFile.bytes("/proc/net/unix").flatMap { unix($0, path: path) }
    case .tcp(_, let port):
      let wanted = addresses(of: address)
      for (file, version) in [("/proc/net/tcp", 4), ("/proc/net/tcp6", 6)] {
        guard let table = ProcFile.bytes(file) else { continue }
        let rows = tcp(table, port: port)
        if let row = rows.first(where: { excludes($0.address, version: version, wanted: wanted) }) { return row.socket }
      }
      return nil
    }
  }

  /// The hexadecimal forms of the addresses wanted, as the tables write them; nil for any address.
  private static func addresses(of address: ListenAddress) -> Set<String>? {
    if address.bindsAll { return nil }
    do throws(ListenAddressError) {
      return Set(
        try SocketAddress.resolve(address).map { socketAddress in
          let version6 = socketAddress.bytes.count > 24
          return hexadecimal(socketAddress.bytes[version6 ? 8..<24 : 4..<8])
        })
    } catch {
      // A host without an address excludes nobody, so every listener of the port is worth naming.
      return nil
    }
  }

  private static func excludes(_ row: String, version: Int, wanted: Set<String>?) -> Bool {
    guard let wanted else { return true }
    if row.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return true }
    // An IPv4 address in a table of IPv6: ::ffff:a.b.c.d.
    let mapped = "0000000000000000FFFF0000"
    return wanted.contains(row) || (row.hasPrefix(mapped) && wanted.contains(String(row.dropFirst(mapped.count))))
  }

  /// The bytes of an address in network order, as the tables write them: each 32-bit word in the machine's order.
  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
      let word = bytes[offset..<(offset + 4)].withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
      let digits = String(word, radix: 16, uppercase: true)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }

  /// The listening rows of `port`, in the order of the table.
  static func tcp(_ table: [UInt8], port: UInt16) -> [(address: String, socket: ListeningSocket)] {
    table.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " "))
      guard fields.count >= 10, fields[3].elementsEqual("0A".utf8) else { return nil }
      let local = fields[1].split(separator: UInt8(ascii: ":")).map { String(decoding: $0, as: UTF8.self) }
      guard local.count == 2, UInt16(local[1], radix: 16) == port,
        let user = UInt32(String(decoding: fields[7], as: UTF8.self)),
        let inode = UInt64(String(decoding: fields[9], as: UTF8.self))
      else { return nil }
      return (local[0], ListeningSocket(inode: inode, user: user))
    }
  }

  /// The listener at a path; the table names no user, so it is that of the socket's file.
  static func unix(_ table: [UInt8], path: String) -> ListeningSocket? {
    for line in table.split(separator: UInt8(ascii: "\n")).dropFirst() {
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 7)
      // Flag 0x10000 (__SO_ACCEPTCON): it listens; connected sockets carry the path as well.
      guard fields.count == 8, fields[7].elementsEqual(path.utf8),
        let flags = UInt32(String(decoding: fields[3], as: UTF8.self), radix: 16), flags & 0x10000 != 0,
        let inode = UInt64(String(decoding: fields[6], as: UTF8.self))
      else { continue }
      return ListeningSocket(inode: inode, user: owner(of: path))
    }
    return nil
  }

  /// The number of the user who owns a file; ours when it has gone.
  private static func owner(of path: String) -> UInt32 {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_uid : getuid()
  }
}
