import Foundation
import Glibc
import Host

extension RealServer {
  /// postgres on a loopback port with a cluster of its own; with `tls`, with a certificate that it signed itself.
  package static func postgres(tls: Bool = false) async throws -> RealServer {
    let folder = try TemporaryFolder()
    let port = try LoopbackServerSocket.freePort()
    let binary = URL(filePath: try requiredPath(of: "postgres")).resolvingSymlinksInPath()
    let initdb = binary.deletingLastPathComponent().appending(path: "initdb").path
    let data = folder.file("data")
    let asUser = try unprivileged(folder)
    let options = ["-A", "trust", "-U", "tester", "--no-sync", "--no-locale"]
    try await prepare(asUser + [initdb, "-D", data] + options)
    var command = asUser + [binary.path, "-D", data, "-p", "\(port)", "-h", "127.0.0.1", "-k", folder.path, "-F"]
    if tls {
      let (key, certificate) = (folder.file("server.key"), folder.file("server.crt"))
      let request = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
      ]
      try await prepare(asUser + request + ["-keyout", key, "-out", certificate])
      command += ["-c", "ssl=on", "-c", "ssl_cert_file=\(certificate)", "-c", "ssl_key_file=\(key)"]
    }
    // SIGINT is its fast shutdown, which does not wait for clients and leaves no shared memory behind.
    return RealServer(
      endpoint: .tcp(host: "127.0.0.1", port: port), binary: "/usr/bin/env", arguments: command, folder: folder,
      endSignal: SIGINT)
  }

  /// mysqld or mariadbd on a loopback port with data of its own.
  package static func mysql() async throws -> RealServer {
    let folder = try TemporaryFolder()
    let port = try LoopbackServerSocket.freePort()
    let data = folder.file("data")
    let asUser = try unprivileged(folder)
    let common = ["--no-defaults", "--datadir=\(data)"]
    var command = asUser
    if let mariadbd = path(of: "mariadbd") {
      let options = ["--auth-root-authentication-method=normal", "--skip-test-db"]
      try await prepare(asUser + [try requiredPath(of: "mariadb-install-db")] + common + options)
      command += [mariadbd] + common
    } else {
      let mysqld = try requiredPath(of: "mysqld")
      try await prepare(asUser + [mysqld] + common + ["--initialize-insecure"])
      command += [mysqld] + common + ["--mysqlx=OFF"]
    }
    command += ["--bind-address=127.0.0.1", "--port=\(port)", "--socket=\(folder.file("mysql.sock"))"]
    return RealServer(
      endpoint: .tcp(host: "127.0.0.1", port: port), binary: "/usr/bin/env", arguments: command, folder: folder,
      endSignal: SIGTERM)
  }

  /// The start of a command line under a user who is not root, as whom these servers do not run; `folder` becomes its.
  private static func unprivileged(_ folder: TemporaryFolder) throws -> [String] {
    guard geteuid() == 0 else { return [] }
    let nobody: uid_t = 65534
    guard chown(folder.path, nobody, nobody) == 0 else { throw NotStarted(description: "chown failed: \(errno)") }
    return ["setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups"]
  }
}
