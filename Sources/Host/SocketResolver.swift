import Dispatch
import Glibc
import Synchronization

/// Turns a host name into addresses, never later than a deadline.
enum SocketResolver {
  /// The addresses of `host`, in the order in which the system wants them tried; never empty.
  static func addresses(of host: String, port: UInt16, by deadline: Deadline) throws(SocketError) -> [SocketAddress] {
    // A number needs no resolver, so it cannot get stuck, and needs no thread.
    if case .success(let addresses) = lookUp(host, port: port, flags: AI_NUMERICHOST) { return addresses }
    // getaddrinfo(3) knows no deadline: one that is late is left behind on its own thread, and ends by itself.
    let answer = Answer()
    DispatchQueue(label: "resolver").async { answer.give(lookUp(host, port: port, flags: 0)) }
    guard let result = answer.wait(by: deadline) else {
      throw .dns(host: host, text: "the resolver did not answer in time")
    }
    return try result.get()
  }

  private static func lookUp(_ host: String, port: UInt16, flags: CInt) -> Result<[SocketAddress], SocketError> {
    var hints = addrinfo()
    hints.ai_socktype = streamSocket
    hints.ai_flags = flags | AI_NUMERICSERV
    var first: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &first)
    guard status == 0 else {
      let text = status == EAI_SYSTEM ? String(cString: strerror(errno)) : String(cString: gai_strerror(status))
      return .failure(.dns(host: host, text: text))
    }
    defer { freeaddrinfo(first) }
    var addresses: [SocketAddress] = []
    var next = first
    while let entry = next {
      let bytes = UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
      let address = SocketAddress(family: entry.pointee.ai_family, bytes: Array(bytes))
      if !addresses.contains(address) { addresses.append(address) }
      next = entry.pointee.ai_next
    }
    return addresses.isEmpty ? .failure(.dns(host: host, text: "no address")) : .success(addresses)
  }

  /// What the resolver's thread hands over; it lives as long as the later of the two sides.
  private final class Answer: Sendable {
    private let result = Mutex<Result<[SocketAddress], SocketError>?>(nil)
    private let ready = DispatchSemaphore(value: 0)

    func give(_ value: Result<[SocketAddress], SocketError>) {
      result.withLock { $0 = value }
      ready.signal()
    }

    /// The result, or nil when it did not come by the deadline.
    func wait(by deadline: Deadline) -> Result<[SocketAddress], SocketError>? {
      _ = ready.wait(timeout: .now() + .milliseconds(Int(deadline.milliseconds)))
      return result.withLock { $0 }
    }
  }
}

/// `SOCK_STREAM` as the calls take it.
let streamSocket = CInt(SOCK_STREAM.rawValue)
