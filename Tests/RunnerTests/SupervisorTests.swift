import Glibc
import Testing

@testable import Runner

@Suite(.serialized) struct SupervisorTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func obeysASignal(signal: Int32) throws {
    let run = try ProbeRun("serve()")
    #expect(run.wait { $0.output.contains("ready \(run.address.url)") })
    kill(run.pid, signal)
    #expect(run.status(within: 5) == 0)
    #expect(run.processes.isEmpty)
    #expect(run.address.isFree)
  }

  @Test func killsAServerThatWillNotStop() throws {
    let run = try ProbeRun("signal.signal(signal.SIGTERM, signal.SIG_IGN); serve()", stopMilliseconds: 700)
    #expect(run.waitUntilUp())
    let start = ContinuousClock.now
    kill(run.pid, SIGTERM)
    #expect(run.status(within: 5) == 137)
    #expect(.now - start >= .milliseconds(700))
    #expect(run.processes.isEmpty)
  }

  @Test func killsAtOnceAtTheSecondInterrupt() throws {
    let run = try ProbeRun("signal.signal(signal.SIGINT, signal.SIG_IGN); serve()", stopMilliseconds: 60_000)
    #expect(run.waitUntilUp())
    kill(run.pid, SIGINT)
    usleep(300_000)
    #expect(run.isRunning)
    kill(run.pid, SIGINT)
    #expect(run.status(within: 3) == 137)
    #expect(run.processes.isEmpty)
  }

  @Test func takesADoubledInterruptForOne() throws {
    let run = try ProbeRun(
      """
      def stop(*_):
          time.sleep(0.5)
          os._exit(7)
      signal.signal(signal.SIGINT, stop)
      serve()
      """)
    #expect(run.waitUntilUp())
    kill(run.pid, SIGINT)
    usleep(2_000)
    kill(run.pid, SIGINT)
    #expect(run.status(within: 5) == 0)
  }

  @Test func followsHangUpWithTermination() throws {
    let run = try ProbeRun(
      """
      signal.signal(signal.SIGHUP, lambda *_: print("reload", flush=True))
      serve()
      """, stopMilliseconds: 1000)
    #expect(run.waitUntilUp())
    kill(run.pid, SIGHUP)
    #expect(run.status(within: 5) == 0)
    #expect(run.output.contains("reload"))
  }

  @Test func hasTheServersOwnStatus() throws {
    #expect(try ProbeRun("up(); sys.exit(3)").status() == 3)
    #expect(try ProbeRun("up()").status() == 0)
    #expect(try ProbeRun("sys.exit(130)").status() == 130)
  }

  @Test(arguments: [(SIGSEGV, 139), (SIGKILL, 137), (SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func namesASignalFromElsewhere(signal: Int32, status: Int32) throws {
    let run = try ProbeRun("signal.signal(signal.SIGINT, signal.SIG_DFL); up(); time.sleep(60)")
    #expect(run.waitUntilUp())
    kill(try #require(run.number("up")), signal)
    #expect(run.status(within: 5) == status)
    #expect(run.processes.isEmpty)
  }

  static let stubborn = """
    def body():
        for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(s, signal.SIG_IGN)
        time.sleep(300)
    daemon(body)

    """

  @Test func endsDaemonsWithTheServer() throws {
    let run = try ProbeRun(Self.stubborn + "up(); time.sleep(0.3); sys.exit(3)")
    #expect(run.status(within: 6) == 3)
    #expect(run.number("daemon") != nil)
    #expect(run.processes.isEmpty)
  }

  @Test func endsDaemonsAtASignal() throws {
    let run = try ProbeRun("daemon(lambda: time.sleep(300))\nserve()")
    #expect(run.waitUntilUp())
    kill(run.pid, SIGTERM)
    #expect(run.status(within: 5) == 0)
    #expect(run.processes.isEmpty)
  }

  @Test(arguments: ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"])
  func leavesNothingWhenKilled(obstinacy: String) throws {
    let run = try ProbeRun(Self.stubborn + obstinacy + "serve()")
    #expect(run.wait { $0.output.contains("ready") })
    kill(run.pid, SIGKILL)
    #expect(run.wait(2) { $0.processes.isEmpty && $0.address.isFree })
  }

  @Test func leavesNothingWhenItsGuardIsKilled() throws {
    let run = try ProbeRun(Self.stubborn + "serve()")
    #expect(run.wait { $0.output.contains("ready") })
    kill(try #require(run.guardPID), SIGKILL)
    #expect(run.status(within: 2) == 137)
    #expect(run.processes.isEmpty)
    #expect(run.address.isFree)
  }

  @Test func leavesNoServerWhenBothAreKilled() throws {
    let run = try ProbeRun("serve()")
    #expect(run.waitUntilUp())
    let guardPID = try #require(run.guardPID)
    kill(run.pid, SIGSTOP)
    kill(guardPID, SIGKILL)
    kill(run.pid, SIGKILL)
    #expect(run.wait(2) { $0.processes.isEmpty && $0.address.isFree })
  }

  @Test func outlastsAForkBomb() throws {
    let run = try ProbeRun(
      """
      up()
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      while True:
          if os.fork() == 0:
              os.setsid()
          else:
              time.sleep(0.002)
              os._exit(0)
      """, stopMilliseconds: 300)
    #expect(run.waitUntilUp())
    usleep(300_000)
    kill(run.pid, SIGKILL)
    #expect(run.wait(4) { $0.processes.isEmpty })
  }

  @Test func sparesTheChildrenFromBefore() throws {
    let run = try ProbeRun("serve()", shell: "sleep 300 & echo sleep $!; exec")
    #expect(run.waitUntilUp())
    let sleeper = try #require(run.number("sleep"))
    kill(try #require(run.guardPID), SIGKILL)
    #expect(run.wait(3) { $0.processes == [sleeper] })
    usleep(200_000)
    #expect(run.processes == [sleeper])
    // Foundation takes the end of the last process with the probe's files for the end of the probe.
    kill(sleeper, SIGKILL)
    #expect(run.status() == 137)
  }

  @Test func handsNothingOn() throws {
    let run = try ProbeRun(
      """
      print("files", sorted(int(n) for n in os.listdir("/proc/self/fd"))[:-1], flush=True)
      status = dict(line.split(":\\t") for line in open("/proc/self/status"))
      print("blocked", int(status["SigBlk"], 16), flush=True)
      print("guard", open("/proc/%d/cmdline" % os.getppid()).read().split("\\0"), flush=True)
      print("group", os.getpgrp() == os.getpid(), os.getsid(0) == os.getpid(), flush=True)
      """, shell: "exec 7</dev/null 9>/dev/null; exec")
    #expect(run.status() == 0)
    #expect(run.output.contains("files [0, 1, 2]"))
    #expect(run.output.contains("blocked 0\n"))
    #expect(run.output.contains("guard ['server-guard', '__guard', '']"))
    #expect(run.output.contains("group True False"))
  }

  @Test func managesWithoutStandardInput() throws {
    let run = try ProbeRun("serve()", shell: "exec <&-; exec")
    #expect(run.wait { $0.output.contains("ready") })
    kill(run.pid, SIGKILL)
    #expect(run.wait(2) { $0.processes.isEmpty && $0.address.isFree })
  }

  @Test func ignoresHangUpUnderNohup() throws {
    let run = try ProbeRun("serve()", shell: "trap '' HUP; exec")
    #expect(run.waitUntilUp())
    for pid in run.processes { kill(pid, SIGHUP) }
    usleep(300_000)
    #expect(run.isRunning)
    kill(run.pid, SIGTERM)
    #expect(run.status(within: 5) == 0)
  }

  @Test func continuesAStoppedServerToStopIt() throws {
    let run = try ProbeRun("serve()")
    #expect(run.waitUntilUp())
    kill(try #require(run.number("up")), SIGSTOP)
    kill(run.pid, SIGTERM)
    #expect(run.status(within: 5) == 0)
  }

  @Test func killsAGuardThatDoesNotAnswer() throws {
    let run = try ProbeRun("serve()", stopMilliseconds: 100)
    #expect(run.waitUntilUp())
    kill(try #require(run.guardPID), SIGSTOP)
    kill(run.pid, SIGTERM)
    #expect(run.status(within: 10) == 137)
    #expect(run.processes.isEmpty)
  }

  @Test(arguments: [
    (["/no/such/python"], "", "cannot start /no/such/python: No such file or directory"),
    (["/etc/passwd"], "", "cannot start /etc/passwd: Permission denied"),
    (["/bin/true"], "/no/such", "cannot work in /no/such: No such file or directory"),
  ])
  func saysWhatCannotStart(program: [String], folder: String, message: String) throws {
    let run = try ProbeRun("", program: program, folder: folder)
    #expect(run.status() == 1)
    #expect(run.output == "failed \(message)\n")
    #expect(run.processes.isEmpty)
  }

  @Test func saysThatThereIsNoGuard() throws {
    #expect(throws: SupervisorFailure.noGuard(errno: ENOENT)) {
      _ = try GuardLink(RecordTests.plan, executable: "/no/guard")
    }
    #expect(GuardProcess.runIfRequested(arguments: ["envtool", "run"]) == nil)
  }

  @Test func obeysASignalToTheGuard() throws {
    let run = try ProbeRun("serve()")
    #expect(run.waitUntilUp())
    let guardPID = try #require(run.guardPID)
    // As systemd does it: everybody gets the signal at the same time.
    for pid in [run.pid, guardPID] { kill(pid, SIGTERM) }
    #expect(run.status(within: 5) == 0)
    #expect(run.processes.isEmpty)
  }

  @Test func leavesNothingWhenKilledWhileStopping() throws {
    let run = try ProbeRun("signal.signal(signal.SIGTERM, signal.SIG_IGN); serve()", stopMilliseconds: 60_000)
    #expect(run.waitUntilUp())
    kill(run.pid, SIGTERM)
    usleep(200_000)
    kill(run.pid, SIGKILL)
    #expect(run.wait(2) { $0.processes.isEmpty && $0.address.isFree })
  }
}
