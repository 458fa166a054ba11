import Host

/// Connects to `endpoint` on a thread of its own, hands the socket to `body`, and throws what either throws.
func talk<T: Sendable>(
  to endpoint: Endpoint, for duration: Duration = .seconds(20),
  _ body: @escaping @Sendable (borrowing Socket, Deadline) throws(SocketError) -> T
) async throws(SocketError) -> T {
  let deadline = Deadline.after(duration)
  let result: Result<T, SocketError> = await onOwnThread {
    do throws(SocketError) {
      let socket = try Socket.connect(to: endpoint, by: deadline)
      return .success(try body(socket, deadline))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
