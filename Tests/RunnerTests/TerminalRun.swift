import Foundation
import TestSupport

@testable import Runner

/// A supervisor on a pseudo-terminal, as the job of a small shell written in Python.
enum TerminalRun {
  /// What the terminal has shown in the end. `keys`: each text to wait for and the keys to press then.
  ///
  /// The shell prints `suspended GIVEN_BACK` when the job stops and continues it in the foreground; `status N GIVEN_BACK
  /// ECHO` at the end. With `background` the job never becomes the foreground; then `TERM` as keys signals it. `HANG UP` closes the
  /// terminal.
  static func output(
    _ server: String, keys: [(String, String)], background: Bool = false, program: [String]? = nil
  ) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write("server.py", "import os, signal, sys, time\n" + server)
    try folder.write("shell.py", shell)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let keyText = try String(decoding: JSONEncoder().encode(keys.map { [$0.0, $0.1] }), as: UTF8.self)
    process.arguments =
      [
        "python3", folder.file("shell.py"), background ? "background" : "foreground", keyText, ProbeRun.executable,
        try ListenAddress(host: "127.0.0.1", port: 0).resolvingPort().description, "5000", folder.path,
      ] + (program ?? ["/usr/bin/env", "python3", "server.py"])
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\r\n").joined(separator: "\n")
  }

  private static let shell = """
    import json, os, pty, select, signal, sys, termios, time
    background, keys, command = sys.argv[1] == "background", json.loads(sys.argv[2]), sys.argv[3:]
    pid, master = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        job = os.fork()
        if job == 0:
            os.setpgid(0, 0)
            if not background: os.tcsetpgrp(0, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            os.execv(command[0], command)
        own = os.getpgrp()
        if background: print("job", job, flush=True)
        while True:
            _, status = os.waitpid(job, os.WUNTRACED)
            given = os.tcgetpgrp(0) == (own if background else job)
            if not os.WIFSTOPPED(status): break
            print("suspended", given, flush=True)
            os.tcsetpgrp(0, own)
            time.sleep(0.2)
            os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)
            background = False
        echo = bool(termios.tcgetattr(0)[3] & termios.ECHO)
        print("status", os.waitstatus_to_exitcode(status), given, echo, flush=True)
        os._exit(0)
    text, end = "", time.time() + 15
    while time.time() < end:
        if not select.select([master], [], [], 0.1)[0]: continue
        try: data = os.read(master, 4096)
        except OSError: break
        if not data: break
        text += data.decode()
        while keys and keys[0][0] in text:
            if keys[0][1] == "TERM":
                os.kill(int(text.split("job ")[1].split()[0]), signal.SIGTERM)
            elif keys[0][1] == "HANG UP":
                end = 0
            else:
                os.write(master, keys[0][1].encode())
            keys.pop(0)
    else:
        text += "\\r\\ntimed out\\r\\n"
        os.close(master)
    sys.stdout.write(text)
    """
}
