import Diagnostics
import Glibc
import TestSupport
import Testing

@testable import Runner

@Suite(.serialized) struct ReadinessTests {
  @Test func takesAnyStatusForAnAnswer() throws {
    let run = try ProbeRun(
      """
      listener = socket.create_server(("127.0.0.1", PORT))
      up()
      def answer(text):
          connection, _ = listener.accept()
          print("request", connection.recv(1000).split(b"\\r\\n")[:2], flush=True)
          connection.sendall(text)
          connection.close()
      answer(b"")
      answer(b"SSH-2.0-OpenSSH_9.6 and more\\r\\n")
      answer(b"HTTP/1.1 503 Service Unavailable\\r\\n\\r\\n")
      time.sleep(60)
      """)
    #expect(run.wait { $0.output.contains("ready") })
    let port = run.address.port ?? 0
    #expect(run.output.contains("request [b'GET / HTTP/1.1', b'Host: 127.0.0.1:\(port)']"))
    #expect(run.output.split(separator: "\n").filter { $0.hasPrefix("request") }.count == 3)
    usleep(300_000)
    #expect(run.output.split(separator: "\n").filter { $0.hasPrefix("ready") } == ["ready \(run.address.url)"])
    kill(run.pid, SIGTERM)
    #expect(run.status() == 0)
  }

  @Test func obeysWhileTheServerStaysSilent() throws {
    let run = try ProbeRun("listener = socket.create_server((\"127.0.0.1\", PORT)); up(); time.sleep(60)")
    #expect(run.waitUntilUp())
    usleep(200_000)
    kill(run.pid, SIGINT)
    #expect(run.status(within: 3) == 0)
    #expect(!run.output.contains("ready"))
  }

  @Test func saysNothingOfAServerThatDies() throws {
    let run = try ProbeRun("time.sleep(0.3); sys.exit(4)")
    #expect(run.status() == 4)
    #expect(!run.output.contains("ready"))
  }

  @Test func reachesAUnixSocket() throws {
    let path = "/tmp/envtool-runner-\(getpid()).sock"
    unlink(path)
    let run = try ProbeRun(
      """
      listener = socket.socket(socket.AF_UNIX)
      listener.bind("\(path)")
      listener.listen()
      up()
      connection, _ = listener.accept()
      connection.recv(1000)
      connection.sendall(b"HTTP/1.0 404 Not Found\\r\\n\\r\\n")
      connection.close()
      time.sleep(60)
      """, address: ListenAddress(unixPath: path))
    #expect(run.wait { $0.output.contains("ready unix:\(path)") })
    #expect(!run.address.isFree)
    #expect(PortHolder.find(at: run.address)?.pid == run.number("up"))
    kill(run.pid, SIGTERM)
    #expect(run.status() == 0)
    #expect(run.address.isFree)
    unlink(path)
  }

  @Test func namesTheHolderOfAPort() throws {
    let run = try ProbeRun(
      """
      listener = socket.create_server(("127.0.0.1", PORT))
      up()
      if os.fork() == 0: time.sleep(60)
      time.sleep(60)
      """)
    #expect(run.waitUntilUp())
    let port = try #require(run.address.port)
    let pid = try #require(run.number("up"))
    let holder = try #require(PortHolder.find(port: port))
    #expect(holder.pid == pid)
    #expect(holder.folder == run.folder.path)
    #expect(holder.command?.hasSuffix("python3 server.py \(port)") == true)
    #expect(PortHolder.find(at: run.address) == holder)
    #expect(PortHolder.find(at: ListenAddress(host: "127.0.0.2", port: port)) == nil)
    #expect(ListenAddress(host: "127.0.0.2", port: port).isFree)
    #expect(!ListenAddress(host: "0.0.0.0", port: port).isFree)
    let finding = try #require(RefusedStart.finding(for: run.address))
    #expect(finding.message.hasPrefix("port \(port) is in use by pid \(pid) (user \(holder.user)): "))
    #expect(finding.message.hasSuffix("python3 server.py \(port), in \(run.folder.path)"))
    #expect(finding.remedy == "end that process (kill \(pid)), or choose another port (0 picks a free one)")
    kill(run.pid, SIGTERM)
    #expect(run.status() == 0)
    #expect(RefusedStart.finding(for: run.address) == nil)
    #expect(PortHolder.find(port: port) == nil)
  }

  /// Where the server listens (a Python expression), an address it keeps others from, one that it does not.
  @Test(
    arguments: [
      ("('::1', PORT), family=socket.AF_INET6", "::1", "127.0.0.1"),
      ("('::', PORT), family=socket.AF_INET6, dualstack_ipv6=True", "127.0.0.1", nil),
      ("('::ffff:127.0.0.1', PORT), family=socket.AF_INET6, dualstack_ipv6=True", "127.0.0.1", "127.0.0.3"),
      ("('127.0.0.1', PORT)", "localhost", "::1"),
      ("('0.0.0.0', PORT)", "127.0.0.9", nil),
    ] as [(String, String, String?)])
  func findsListenersOfEveryKind(listener: String, taken: String, free: String?) throws {
    let run = try ProbeRun("listener = socket.create_server(\(listener)); up(); time.sleep(60)")
    #expect(run.waitUntilUp())
    let port = try #require(run.address.port)
    let pid = try #require(run.number("up"))
    #expect(PortHolder.find(at: ListenAddress(host: taken, port: port))?.pid == pid)
    #expect(!ListenAddress(host: taken, port: port).isFree)
    if let free {
      #expect(PortHolder.find(at: ListenAddress(host: free, port: port)) == nil)
      #expect(ListenAddress(host: free, port: port).isFree)
    }
    kill(run.pid, SIGTERM)
    #expect(run.status() == 0)
  }
}
