// A program that supervises what its arguments say, so that tests can kill a supervisor:
//   runner-probe ADDRESS STOP_MILLISECONDS FOLDER PROGRAM [ARGUMENT...]
// It prints `ready URL` and `failed WHY`, and exits with the status of the run.
import Glibc
import Runner

// Unbuffered, so that a killed probe has said what it had to say.
func say(_ text: String) { _ = "\(text)\n".withCString { write(1, $0, strlen($0)) } }

func fail(_ text: String) -> Never {
  say("failed \(text)")
  exit(1)
}

if let status = GuardProcess.runIfRequested(arguments: CommandLine.arguments) { exit(status) }
let arguments = CommandLine.arguments
guard arguments.count >= 5, let milliseconds = Int(arguments[2]) else { fail("usage") }

var environment: [String: String] = [:]
var next = environ
while let entry = next.pointee {
  let pair = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  if pair.count == 2 { environment[String(pair[0])] = String(pair[1]) }
  next += 1
}

do {
  let plan = LaunchPlan(
    executable: arguments[4], arguments: Array(arguments.dropFirst(5)), environment: environment,
    additions: ["PYTHONUNBUFFERED": "1"], workingDirectory: arguments[3],
    address: try ListenAddress(parsing: arguments[1]), stopTimeout: .milliseconds(milliseconds))
  exit(try Supervisor(plan: plan) { url in say("ready \(url)") }.run())
} catch {
  fail("\(error)")
}
