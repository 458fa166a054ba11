import Glibc
import Host
import TestSupport
import Testing

@Suite("Unix sockets", .timeLimit(.minutes(1))) struct UnixSocketTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatStandsAtThePathIsTold() async throws {
    let stale = folder.file("stale.sock")
    close(try boundSocket(stale))
    let file = try folder.write("file", "text")
    let cases: [(String, SocketError)] = [
      (folder.file("absent.sock"), .noSuchFile),
      (folder.file("absent/folder.sock"), .noSuchFile),
      ("\(file)/below", .noSuchFile),
      ("", .noSuchFile),
      (file, .notASocket),
      (folder.path, .notASocket),
      (stale, .refused),
      (folder.file(String(repeating: "x", count: 120)), .system(operation: "connect", errno: ENAMETOOLONG)),
      ("/tmp/a\0b", .system(operation: "connect", errno: EINVAL)),
    ]
    for (path, expected) in cases {
      let error = await #expect(throws: SocketError.self) { try await talk(to: .unix(path: path)) { _, _ in } }
      #expect(error == expected, "\(path)")
    }
  }

  @Test func aSocketOfSomebodyElse() async throws {
    let path = folder.file("private.sock")
    let descriptor = try boundSocket(path)
    defer { close(descriptor) }
    #expect(listen(descriptor, 4) == 0 && chmod(path, 0) == 0)
    let error: SocketError? = await onUnprivilegedThread {
      do throws(SocketError) {
        _ = try Socket.connect(to: .unix(path: path), by: .after(.seconds(1)))
        return nil
      } catch {
        return error
      }
    }
    #expect(error == .permission)
  }

  @Test func aSocketWhoseQueueIsFull() async throws {
    let path = folder.file("full.sock")
    let descriptor = try boundSocket(path)
    defer { close(descriptor) }
    #expect(listen(descriptor, 0) == 0)
    let error = await #expect(throws: SocketError.self) {
      try await talk(to: .unix(path: path), for: .milliseconds(300)) { _, deadline throws(SocketError) in
        let second = try Socket.connect(to: .unix(path: path), by: deadline)
        _ = try second.receive(atMost: 1, by: deadline)
      }
    }
    #expect(error == .timeout)
  }

  private func boundSocket(_ path: String) throws -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    return descriptor
  }
}
