import Diagnostics

/// The exit statuses of every command.
enum ExitStatus {
  static let fine: Int32 = 0
  /// It worked, and there are findings that count.
  static let findings: Int32 = 1
  /// Wrong usage, or input that cannot be used.
  static let usage: Int32 = 2
  /// The outside world failed: disk, network, a server or interpreter that the command itself needs.
  static let outside: Int32 = 3
}

/// A command's end with a status other than 0 and something to say.
struct CommandFailure: Error {
  let status: Int32
  let findings: [Finding]

  init(_ status: Int32, _ findings: Finding...) {
    self.status = status
    self.findings = findings
  }
}
