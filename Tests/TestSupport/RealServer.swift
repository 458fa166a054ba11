import Foundation
import Glibc
package import Host

/// A server program that is started for one test, with its own data, and ended after it.
///
///     try await RealServer.redis(password: "secret").running { endpoint in ... }
package struct RealServer: Sendable {
  package let endpoint: Endpoint
  let binary: String
  let arguments: [String]
  let folder: TemporaryFolder
  /// What ends it without waiting for its clients.
  let endSignal: CInt

  /// Whether a program `name` is found along the PATH or where Debian keeps servers.
  package static func isInstalled(_ name: String) -> Bool { path(of: name) != nil }

  /// Starts the server, waits until it takes connections, and ends it when `body` is done, however that is.
  package func running<T: Sendable>(_ body: (Endpoint) async throws -> T) async throws -> T {
    let log = folder.file("server.log")
    try folder.write("server.log")
    let process = Process()
    process.executableURL = URL(filePath: binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let result: Result<T, any Error>
    do {
      try await waitUntilReady(process, log: log)
      result = .success(try await body(endpoint))
    } catch {
      result = .failure(error)
    }
    await end(process)
    return try result.get()
  }

  private func waitUntilReady(_ process: Process, log: String) async throws {
    let deadline = Deadline.after(.seconds(30))
    while !deadline.hasPassed {
      guard process.isRunning else { break }
      let endpoint = endpoint
      let isUp = await onOwnThread {
        do throws(SocketError) {
          _ = try Socket.connect(to: endpoint, by: .after(.seconds(1)))
          return true
        } catch {
          return false
        }
      }
      if isUp { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw NotStarted(description: "\(binary) does not start: \(try String(contentsOfFile: log, encoding: .utf8))")
  }

  private func end(_ process: Process) async {
    kill(process.processIdentifier, endSignal)
    let deadline = Deadline.after(.seconds(10))
    while process.isRunning {
      if deadline.hasPassed { kill(process.processIdentifier, SIGKILL) }
      await onOwnThread { _ = usleep(5000) }
    }
  }

  /// Runs a program to its end, as the preparation of a server; throws what it said when it fails.
  static func prepare(_ command: [String]) async throws {
    try await onOwnThread { Result { try execute(command) } }.get()
  }

  private static func execute(_ command: [String]) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw NotStarted(description: "\(command) failed: \(text)") }
  }

  static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  static func requiredPath(of name: String) throws -> String {
    guard let path = path(of: name) else { throw NotStarted(description: "\(name) is not installed") }
    return path
  }

  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }
}
