import TestSupport
import Testing

/// The checked writer: what cannot be written fails the command, a reader that leaves does not.
@Suite struct StreamTests {
  @Test(arguments: [
    "--version", "--help", "scan .", "scan . --format json", "doctor --static", "doctor --list", "version",
  ])
  func aFullDiskIsStatus3(_ command: String) async throws {
    let run = try await EnvtoolRun(shell: "\"$0\" \(command) >/dev/full")
    #expect(run.status == 3)
    #expect(run.errors.contains("error: cannot write to standard output: No space left on device"))
  }

  @Test(arguments: ["--version", "scan .", "doctor --static"]) func aClosedStdoutIsStatus3(_ command: String)
    async throws
  {
    let run = try await EnvtoolRun(shell: "\"$0\" \(command) >&-")
    #expect(run.status == 3)
    #expect(run.errors.contains("error: cannot write to standard output: Bad file descriptor"))
  }

  @Test func aReaderThatLeavesIsSilent() async throws {
    let run = try await EnvtoolRun(shell: "\"$0\" scan . --format json --quiet | true; echo ${PIPESTATUS[0]}")
    #expect(run.output == "0\n")
    #expect(run.errors.isEmpty)
  }

  @Test func aClosedStderrChangesNothing() async throws {
    let run = try await EnvtoolRun(shell: "\"$0\" scan . 2>&-")
    #expect(run.status == 0)
    #expect(run.output == "django\ndjango-redis\npymemcache\npymysql\nuwsgi\n")
  }

  @Test func anOutputFileThatCannotBeWrittenIsStatus3() async throws {
    let run = try await EnvtoolRun(["scan", "-o", "no/such/folder/file"])
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("error: cannot write"))
  }

  @Test(arguments: [
    ([:], false), (["FORCE_COLOR": "1"], true), (["FORCE_COLOR": "0"], false),
    (["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
  ]) func colourVariables(_ variables: [String: String], _ isColoured: Bool) async throws {
    let run = try await EnvtoolRun(["doctor", "--static"], variables: variables)
    #expect(run.output.contains("\u{1B}[") == isColoured)
  }

  @Test func colourOnATerminalOnly() async throws {
    let script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    let run = try await EnvtoolRun(
      shell: "TERM=xterm python3 -c '\(script)' \"$0\" doctor --static")
    #expect(run.output.contains("\u{1B}["))
  }
}
