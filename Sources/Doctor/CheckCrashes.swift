package import Host

/// The checks that crashed the process, which a new start of the program leaves out.
///
/// After the first crash nobody knows which check it was: the program starts again and runs one after another; each that crashes
/// then is known by its id.
package struct CheckCrashes: Sendable {
  /// The ids of checks that crashed.
  package let known: Set<String>
  /// Whether there was a crash already.
  package let isSerial: Bool

  /// Tells a new start of the program what happened before: ids, comma-separated.
  private static let variable = "_ENVTOOL_CRASHED_CHECKS"

  package init(host: Host) {
    let value = host.environment[Self.variable]
    isSerial = value != nil
    known = Set((value ?? "").split(separator: ",").map(String.init))
  }

  /// From now on a crash starts the program again, where none has happened before.
  func watch() { if !isSerial { CrashRestart.arm(Self.variable, "") } }

  /// From now on a crash is that of `check`.
  func watch(_ check: any Check) {
    CrashRestart.arm(Self.variable, (known.sorted() + [check.id]).joined(separator: ","))
  }

  func unwatch() { CrashRestart.disarm() }

  static func result(of check: any Check) -> CheckResult {
    CheckResult(
      .unknown, "", "crashed, which is a fault of envtool",
      remedy: "report it with what `envtool doctor --only \(check.id)` shows, and go on with --skip \(check.id)",
      evidence: ["reason": "crash"])
  }
}
