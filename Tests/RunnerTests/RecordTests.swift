import Glibc
import Testing

@testable import Runner

@Suite struct RecordTests {
  static let plan = LaunchPlan(
    executable: "/opt/site env/bin/python", arguments: ["manage.py", "runserver", "it's", ""],
    environment: ["SECRET_KEY": "hidden", "PATH": "/bin"], additions: ["DJANGO_SETTINGS_MODULE": "site.settings"],
    workingDirectory: "/srv/site", address: .standard, stopTimeout: .milliseconds(1500))

  @Test func printsAPlanForTheShell() {
    #expect(
      Self.plan.description
        == "cd /srv/site && DJANGO_SETTINGS_MODULE=site.settings '/opt/site env/bin/python' manage.py runserver "
        + #"'it'\''s' ''"#)
    #expect(!Self.plan.description.contains("hidden"))
  }

  @Test func readsAnOrderBack() {
    let order = GuardOrder(Self.plan, terminalGroup: 4711)
    #expect(GuardOrder(decoding: order.encoded) == order)
  }

  @Test func readsNoDamagedOrder() {
    let bytes = GuardOrder(Self.plan, terminalGroup: 0).encoded
    for count in 0..<bytes.count { #expect(GuardOrder(decoding: Array(bytes[..<count])) == nil) }
    #expect(GuardOrder(decoding: bytes + [0]) == nil)
    #expect(GuardOrder(decoding: Array(repeating: 0xFF, count: 200)) == nil)
    for offset in bytes.indices {
      var changed = bytes
      changed[offset] ^= 0xFF
      _ = GuardOrder(decoding: changed)
    }
  }

  @Test(arguments: [
    GuardReport.started(pid: 17), .failed(.init(stage: .exec, errno: 2)), .stopped, .survivor(pid: Int32.max),
    .ended(ServerEnd(waitStatus: 0x0300, requestedSignal: 15, killed: true, hadTerminal: false)),
    .ended(ServerEnd(waitStatus: 0x8B, requestedSignal: 0, killed: false, hadTerminal: true)),
  ])
  func readsAReportBack(report: GuardReport) {
    #expect(report.encoded.count == GuardReport.size)
    #expect(GuardReport(decoding: report.encoded) == report)
    #expect(GuardReport(decoding: report.encoded.dropLast()) == nil)
  }

  /// Wait status, signal asked for, killed, terminal, status of the run.
  @Test(arguments: [
    (0x0000, 0, false, false, 0), (0x0300, 0, false, false, 3), (0x000B, 0, false, false, 139),
    (0x008B, 0, false, false, 139), (0x0009, 0, false, false, 137), (0x0002, 0, false, false, 130),
    (0x8200, 0, false, false, 130), (0x0002, 0, false, true, 0), (0x8200, 0, false, true, 0),
    (0x0001, 0, false, true, 0), (0x000F, 0, false, true, 143), (0x0100, 0, false, true, 1),
    (0x000F, 15, false, false, 0), (0x0100, 2, false, false, 0), (0x0009, 15, true, false, 137),
    // The server ended of itself and what it left had to be killed.
    (0x0300, 0, true, false, 3),
  ])
  func derivesTheStatus(wait: Int32, signal: Int32, killed: Bool, terminal: Bool, status: Int32) {
    let end = ServerEnd(waitStatus: wait, requestedSignal: signal, killed: killed, hadTerminal: terminal)
    #expect(end.exitStatus == status)
  }

  @Test func readsTheProcessTable() {
    let line = "77 (a) S (b c) T 12 34 56 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 11 12"
    let entry = ProcessEntry(pid: 77, line: Array(line.utf8))
    #expect(entry?.parent == 12 && entry?.group == 34 && entry?.session == 56 && entry?.start == 987_654)
    #expect(entry?.isStopped == true)
    for count in 0..<line.utf8.count { _ = ProcessEntry(pid: 77, line: Array(line.utf8.prefix(count))) }
    #expect(ProcessEntry(reading: getpid())?.parent == getppid())
  }

  @Test func walksTheTree() {
    func entry(_ pid: Int32, _ parent: Int32, group: Int32 = 1) -> ProcessEntry? {
      ProcessEntry(pid: pid, line: Array("0 (x) S \(parent) \(group) 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 \(pid)".utf8))
    }
    let tree = ProcessTree(
      entries: [entry(2, 1), entry(3, 2, group: 3), entry(4, 3, group: 4), entry(5, 9), entry(6, 4, group: 4)]
        .compactMap(\.self))
    #expect(tree.descendants(of: 2).map(\.pid) == [3, 4, 6])
    #expect(tree.descendants(of: 7).isEmpty)
    #expect(!tree.isOrphaned(group: 4))
    #expect(tree.isOrphaned(group: 1))
  }

  @Test func masksSecretsOfOthers() {
    let words = [
      "app", "--db-password", "p1", "--token=p2", "API_KEY=p3", "postgres://ada:p4@db/site?x=a@b", "--password", "-v",
      "plain",
    ]
    #expect(
      SecretWords.masked(words) == [
        "app", "--db-password", "***", "--token=***", "API_KEY=***", "postgres://ada:***@db/site?x=a@b",
        "--password", "-v", "plain",
      ])
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK", true), ("HTTP/1.0 500", true), ("HTTP/1.1 2", false), ("SSH-2.0-OpenSSH_9", false),
    ("HTTP/1.1 abc ", false), ("", false),
  ])
  func knowsAStatusLine(text: String, isOne: Bool) { #expect(ReadinessProbe.isStatusLine(Array(text.utf8)) == isOne) }

  @Test func readsTheSocketTables() {
    let tcp = """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0
         1: 0100007F:1F40 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 20 4 30 10 -1
      """
    let rows = ListeningSocket.tcp(Array(tcp.utf8), port: 8000)
    #expect(rows.map(\.address) == ["0100007F"])
    #expect(rows.map(\.socket) == [ListeningSocket(inode: 4711, user: 1000)])
    #expect(ListeningSocket.tcp(Array(tcp.utf8), port: 8001).isEmpty)
    let unix = """
      Num       RefCount Protocol Flags    Type St Inode Path
      0000000000000000: 00000003 00000000 00000000 0001 03 21 /run/a b.sock
      0000000000000000: 00000002 00000000 00010000 0001 01 22 /run/a b.sock
      """
    #expect(ListeningSocket.unix(Array(unix.utf8), path: "/run/a b.sock")?.inode == 22)
    #expect(ListeningSocket.unix(Array(unix.utf8), path: "/run/a") == nil)
    for count in 0..<tcp.utf8.count { _ = ListeningSocket.tcp(Array(tcp.utf8.prefix(count)), port: 8000) }
  }
}
