import Foundation
import Glibc
import TestSupport

@testable import Runner

/// A supervisor in a process of its own, with the server that a Python script is.
final class ProbeRun {
  let folder: TemporaryFolder
  let process = Process()
  let address: ListenAddress
  /// In the environment of everything that descends from the run.
  let tag = "RUNNER_TEST=\(UUID().uuidString)"

  static let executable = Bundle.program(named: "runner-probe")

  /// `script` finds its port in `sys.argv[1]`. `shell` is put in front of the probe's command, for a shell.
  init(
    _ script: String, stopMilliseconds: Int = 10_000, shell: String? = nil, address: ListenAddress? = nil,
    program: [String]? = nil, folder workingDirectory: String = ""
  ) throws {
    folder = try TemporaryFolder()
    self.address = try address ?? ListenAddress(host: "127.0.0.1", port: 0).resolvingPort()
    try folder.write("server.py", Self.prelude + script)
    try folder.write("output")
    let command =
      [
        Self.executable, self.address.description, String(stopMilliseconds),
        workingDirectory.isEmpty ? folder.path : workingDirectory,
      ] + (program ?? ["/usr/bin/env", "python3", "server.py", String(self.address.port ?? 0)])
    process.executableURL = URL(filePath: shell == nil ? command[0] : "/bin/sh")
    process.arguments = shell.map { ["-c", "\($0) \"$@\"", "sh"] + command } ?? Array(command.dropFirst())
    let pair = tag.split(separator: "=")
    process.environment = ProcessInfo.processInfo.environment.merging([String(pair[0]): String(pair[1])]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: URL(filePath: folder.file("output")))
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// Ends what a failed test has left.
  deinit { for pid in processes { kill(pid, SIGKILL) } }

  /// `up()` tells that the script has come so far, `serve()` answers HTTP requests for ever.
  private static let prelude = """
    import http.server, os, signal, socket, sys, time
    PORT = int(sys.argv[1])
    def up():
        print("up", os.getpid(), flush=True)
    def serve():
        server = http.server.HTTPServer(("127.0.0.1", PORT), http.server.SimpleHTTPRequestHandler)
        up()
        server.serve_forever()
    def daemon(body):
        there, here = os.pipe()
        if os.fork():
            os.close(here)
            os.wait()
            return os.read(there, 1)
        os.setsid()
        if os.fork(): os._exit(0)
        print("daemon", os.getpid(), flush=True)
        os.write(here, b".")
        body()
        os._exit(0)

    """

  var pid: Int32 { process.processIdentifier }

  var isRunning: Bool { process.isRunning }

  var output: String {
    String(decoding: FileManager.default.contents(atPath: folder.file("output")) ?? Data(), as: UTF8.self)
  }

  /// The number behind `word` at the start of a line of output.
  func number(_ word: String) -> Int32? {
    output.split(separator: "\n").first { $0.hasPrefix("\(word) ") }.flatMap { Int32($0.dropFirst(word.count + 1)) }
  }

  /// The living processes of the run, the probe and its guard included.
  var processes: [Int32] {
    let tag = Array(tag.utf8)
    return ProcessTree().entries.filter { !$0.isZombie }.map(\.pid).filter { pid in
      ProcFile.bytes("/proc/\(pid)/environ")?.split(separator: 0).contains { $0.elementsEqual(tag) } ?? false
    }
  }

  /// The guard's pid.
  var guardPID: Int32? {
    processes.first { ProcFile.bytes("/proc/\($0)/comm")?.starts(with: "server-guard".utf8) ?? false }
  }

  /// Whether `condition` comes true within `seconds`.
  func wait(_ seconds: Double = 20, until condition: (ProbeRun) -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition(self) {
      if .now > end { return false }
      usleep(10_000)
    }
    return true
  }

  func waitUntilUp() -> Bool { wait { $0.output.contains("up ") } }

  /// The exit status, 1000 + n when signal n ended the probe, -1 when it is still running after `seconds`.
  func status(within seconds: Double = 20) -> Int32 {
    guard wait(seconds, until: { !$0.process.isRunning }) else { return -1 }
    return process.terminationReason == .exit ? process.terminationStatus : 1000 + process.terminationStatus
  }
}
