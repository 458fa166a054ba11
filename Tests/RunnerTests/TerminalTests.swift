import Glibc
import Testing

@testable import Runner

@Suite(.serialized) struct TerminalTests {
  private static let foreground = "os.tcgetpgrp(0) == os.getpgrp()"
  private static let waiting = "print('up', \(foreground), flush=True)\nwhile True: time.sleep(0.1)\n"

  @Test func obeysTheInterruptKey() throws {
    let output = try TerminalRun.output(Self.waiting, keys: [("up True", "\u{3}")])
    #expect(output.contains("up True"))
    #expect(output.hasSuffix("status 0 True True"))
  }

  @Test(arguments: [("os._exit(0)", 0), ("os._exit(130)", 0), ("os._exit(7)", 7)])
  func judgesWhatTheServerMakesOfTheKey(reaction: String, status: Int) throws {
    let output = try TerminalRun.output(
      "signal.signal(signal.SIGINT, lambda *_: \(reaction))\n" + Self.waiting, keys: [("up True", "\u{3}")])
    #expect(output.hasSuffix("status \(status) True True"))
  }

  @Test func letsTheServerReadTheTerminal() throws {
    let output = try TerminalRun.output(
      "print('up', flush=True)\nprint('got', input(), flush=True)\nsys.exit(5)", keys: [("up", "hello\n")])
    #expect(output.contains("got hello"))
    #expect(output.hasSuffix("status 5 True True"))
  }

  @Test func cleansUpAfterAServerThatIsKilled() throws {
    let output = try TerminalRun.output(
      "import tty\ntty.setraw(0)\nos.kill(os.getpid(), signal.SIGKILL)", keys: [])
    #expect(output.hasSuffix("status 137 True True"))
  }

  @Test func cleansUpAfterItsGuardIsKilled() throws {
    let output = try TerminalRun.output(
      "time.sleep(0.5)\nos.kill(os.getppid(), signal.SIGKILL)\n" + Self.waiting, keys: [])
    #expect(output.hasSuffix("status 137 True True"))
  }

  @Test func suspendsAndContinues() throws {
    let output = try TerminalRun.output(
      "signal.signal(signal.SIGCONT, lambda *_: print('again', \(Self.foreground), flush=True))\n" + Self.waiting,
      keys: [("up True", "\u{1A}"), ("again", "\u{3}")])
    #expect(output.contains("suspended True"))
    #expect(output.contains("again True"))
    #expect(output.hasSuffix("status 0 True True"))
  }

  @Test func runsInTheBackground() throws {
    let output = try TerminalRun.output(Self.waiting, keys: [("up", "TERM")], background: true)
    #expect(output.contains("up False"))
    #expect(output.hasSuffix("status 0 True True"))
  }

  @Test func stopsInTheBackgroundWhenTheServerReads() throws {
    let output = try TerminalRun.output(
      "print('up', flush=True)\nprint('got', input(), flush=True)", keys: [("suspended True", "hello\n")],
      background: true)
    #expect(output.contains("suspended True"))
    #expect(output.contains("got hello"))
    #expect(output.hasSuffix("status 0 True True"))
  }

  @Test func givesTheTerminalBackWhenNothingStarts() throws {
    let output = try TerminalRun.output("", keys: [], program: ["/no/such"])
    #expect(output.contains("failed cannot start /no/such"))
    #expect(output.hasSuffix("status 1 True True"))
  }

  @Test func outlivesNoKilledSupervisor() throws {
    let output = try TerminalRun.output(
      """
      def read(pid): return int(open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()[1])
      signal.signal(signal.SIGTERM, lambda *_: (print("ending", flush=True), os._exit(0)))
      os.kill(read(os.getppid()), signal.SIGKILL)
      while True: time.sleep(0.1)
      """, keys: [])
    #expect(output.contains("status -9"))
    #expect(!output.contains("timed out"))
  }

  @Test(arguments: ["", "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"])
  func endsWithItsTerminal(obstinacy: String) throws {
    let output = try TerminalRun.output(
      obstinacy + "print('pid', os.getpid(), os.getppid(), flush=True)\n" + Self.waiting, keys: [("up", "HANG UP")])
    let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("pid ") })
    let pids = line.split(separator: " ").compactMap { Int32($0) }
    #expect(pids.count == 2)
    let end = ContinuousClock.now + .seconds(5)
    while pids.contains(where: { ProcessEntry(reading: $0)?.isZombie == false }), .now < end { usleep(20_000) }
    #expect(.now < end)
  }
}
