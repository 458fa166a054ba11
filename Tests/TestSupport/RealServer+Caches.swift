import Glibc
import Host

extension RealServer {
  /// redis-server on a loopback port, or on a Unix socket.
  package static func redis(
    onUnixSocket: Bool = false, password: String? = nil, databases: Int = 16, options: [String] = []
  ) throws -> RealServer {
    let folder = try TemporaryFolder()
    let port = try LoopbackServerSocket.freePort()
    let socket = folder.file("redis.sock")
    var arguments = ["--save", "", "--appendonly", "no", "--dir", folder.path, "--databases", String(databases)]
    arguments += onUnixSocket ? ["--port", "0", "--unixsocket", socket] : ["--bind", "127.0.0.1", "--port", "\(port)"]
    if let password { arguments += ["--requirepass", password] }
    return RealServer(
      endpoint: onUnixSocket ? .unix(path: socket) : .tcp(host: "127.0.0.1", port: port),
      binary: try requiredPath(of: "redis-server"), arguments: arguments + options, folder: folder, endSignal: SIGKILL)
  }

  /// memcached on a loopback port, or on a Unix socket; with `users`, lines of `name:password`, only for them.
  package static func memcached(onUnixSocket: Bool = false, users: String? = nil) throws -> RealServer {
    let folder = try TemporaryFolder()
    let port = try LoopbackServerSocket.freePort()
    let socket = folder.file("memcached.sock")
    // `-u` is looked at only when root starts it, which memcached refuses without.
    var arguments = ["-u", "root", "-m", "8", "-U", "0"]
    arguments += onUnixSocket ? ["-s", socket] : ["-l", "127.0.0.1", "-p", "\(port)"]
    if let users { arguments += ["-Y", try folder.write("users", users)] }
    return RealServer(
      endpoint: onUnixSocket ? .unix(path: socket) : .tcp(host: "127.0.0.1", port: port),
      binary: try requiredPath(of: "memcached"), arguments: arguments, folder: folder, endSignal: SIGKILL)
  }
}
