import Glibc
import TestSupport
import Testing

@testable import Host

@Suite("Socket", .timeLimit(.minutes(2))) struct SocketTests {
  @Test(arguments: ["127.0.0.1", "localhost"])
  func connectsToWhateverAddressListens(_ host: String) async throws {
    let line = try await FakeServer.running(.greeting(Array("hello\r\n".utf8))) { endpoint in
      guard case .tcp(_, let port) = endpoint else { return "" }
      return try await talk(to: .tcp(host: host, port: port)) { socket, deadline throws(SocketError) in
        String(decoding: try socket.receiveLine(limit: 100, by: deadline), as: UTF8.self)
      }
    }
    #expect(line == "hello")
  }

  /// Of several addresses, one that answers never and one that refuses do not stand before one that listens.
  @Test func addressesAreTriedUntilOneListens() async throws {
    let closed = try LoopbackServerSocket.freePort()
    try await FakeServer.running(.full) { full in
      try await FakeServer.running(.silent) { open in
        func outcome(_ endpoints: [Endpoint], _ duration: Duration) async throws -> SocketError? {
          let deadline = Deadline.after(duration)
          let addresses = try endpoints.flatMap { endpoint in
            guard case .tcp(let host, let port) = endpoint else { return [SocketAddress]() }
            return try SocketResolver.addresses(of: host, port: port, by: deadline)
          }
          return await onOwnThread {
            do throws(SocketError) {
              _ = try Socket.connect(toAnyOf: addresses, by: deadline)
              return nil
            } catch {
              return error
            }
          }
        }
        let refusing = Endpoint.tcp(host: "127.0.0.1", port: closed)
        let open = try await [
          outcome([refusing, open], .seconds(20)), outcome([full, open], .seconds(2)),
          outcome([open, full], .seconds(20)),
        ]
        #expect(open == [nil, nil, nil])
        let shut = try await [outcome([full, refusing], .seconds(0.4)), outcome([refusing, full], .seconds(0.4))]
        #expect(shut == [.refused, .refused])
      }
    }
  }

  @Test func readsLinesAndLeavesWhatFollows() async throws {
    let text = "one\r\n\ntwo\nrest"
    let parts = try await FakeServer.running(.greeting(Array(text.utf8), closes: true)) { endpoint in
      try await talk(to: endpoint) { socket, deadline throws(SocketError) in
        var parts: [[UInt8]] = []
        for _ in 0..<3 { parts.append(try socket.receiveLine(limit: 5, by: deadline)) }
        parts.append(try socket.peek(atMost: 2, by: deadline))
        parts.append(try socket.receive(exactly: 4, by: deadline))
        parts.append(try socket.receive(atMost: 10, by: deadline))
        return parts
      }
    }
    #expect(parts.map { String(decoding: $0, as: UTF8.self) } == ["one", "", "two", "re", "rest", ""])
  }

  @Test(arguments: [
    (FakeServer.Behavior.greeting(Array("no end".utf8), closes: true), SocketError.closed),
    (.greeting(Array("no end".utf8)), .silent),
    (.closing, .closed),
    (.silent, .silent),
    (.dripping(UInt8(ascii: "x")), .silent),
    (.endless(Array("garbage".utf8)), .lineTooLong(limit: 1000)),
  ])
  func aLineThatDoesNotEnd(_ behavior: FakeServer.Behavior, _ expected: SocketError) async throws {
    try await FakeServer.running(behavior) { endpoint in
      let error = await #expect(throws: SocketError.self) {
        // Only what never comes is waited for, so only that needs to be short.
        try await talk(to: endpoint, for: .seconds(expected == .silent ? 0.3 : 20)) {
          socket, deadline throws(SocketError) in
          try socket.receiveLine(limit: 1000, by: deadline)
        }
      }
      #expect(error == expected)
    }
  }

  @Test func receivesMoreThanOneBufferful() async throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let received = try await FakeServer.running(.greeting(bytes)) { endpoint in
      try await talk(to: endpoint) { socket, deadline throws(SocketError) in
        try socket.receive(exactly: bytes.count, by: deadline)
      }
    }
    #expect(received == bytes)
  }

  @Test func sendingToAServerThatTakesNothingEndsAtTheDeadline() async throws {
    // Nobody accepts: the kernel makes the connection and takes what fits in its buffers.
    let listener = try LoopbackServerSocket()
    #expect(listen(listener.descriptor, 4) == 0)
    let error = await #expect(throws: SocketError.self) {
      try await talk(to: listener.endpoint, for: .milliseconds(300)) { socket, deadline throws(SocketError) in
        try socket.send([UInt8](repeating: 0, count: 50_000_000), by: deadline)
      }
    }
    #expect(error == .silent)
  }

  @Test func sendingToAServerThatHasGoneIsAnErrorAndNoSignal() async throws {
    try await FakeServer.running(.closing) { endpoint in
      let error = await #expect(throws: SocketError.self) {
        try await talk(to: endpoint) { socket, deadline throws(SocketError) in
          while true { try socket.send([UInt8](repeating: 0, count: 10_000), by: deadline) }
        }
      }
      #expect(error == .closed)
    }
  }

  @Test func aPortOnWhichNobodyListens() async throws {
    let port = try LoopbackServerSocket.freePort()
    for host in ["127.0.0.1", "localhost"] {
      let error = await #expect(throws: SocketError.self) {
        try await talk(to: .tcp(host: host, port: port)) { _, _ in }
      }
      #expect(error == .refused, "\(host)")
    }
  }

  @Test func aServerThatTakesNoFurtherConnection() async throws {
    try await FakeServer.running(.full) { endpoint in
      let start = ContinuousClock.now
      let error = await #expect(throws: SocketError.self) {
        try await talk(to: endpoint, for: .milliseconds(300)) { _, _ in }
      }
      #expect(error == .timeout)
      #expect(ContinuousClock.now - start < .seconds(3))
    }
  }

  @Test(arguments: ["no-such-host.invalid", "", "bad host", "256.256.256.256"])
  func aHostWithoutAnAddress(_ host: String) async throws {
    let error = await #expect(throws: SocketError.self) {
      try await talk(to: .tcp(host: host, port: 1), for: .seconds(3)) { _, _ in }
    }
    guard case .dns(let name, let text) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(name == host)
    #expect(!text.isEmpty)
  }

  @Test func theResolverIsNotWaitedForBeyondTheDeadline() async throws {
    let start = ContinuousClock.now
    let error = await #expect(throws: SocketError.self) {
      try await talk(to: .tcp(host: "no-such-host.invalid", port: 1), for: .zero) { _, _ in }
    }
    #expect(ContinuousClock.now - start < .seconds(3))
    guard case .dns = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    (Endpoint.tcp(host: "db.example", port: 5432), "db.example:5432"), (.tcp(host: "::1", port: 1), "[::1]:1"),
    (.unix(path: "/run/redis.sock"), "/run/redis.sock"), (.tcp(host: "a\u{1B}[31m", port: 1), "a\\x1B[31m:1"),
  ])
  func endpointsAsText(_ endpoint: Endpoint, _ text: String) { #expect(endpoint.description == text) }

  @Test func blockingWorkRunsSideBySide() async {
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { await onOwnThread { _ = usleep(300_000) } } }
    }
    #expect(ContinuousClock.now - start < .seconds(5), "50 times 0.3 s one after the other are 15 s")
  }
}
