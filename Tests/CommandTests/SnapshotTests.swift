import Foundation
import TestSupport
import Testing

/// What people see, byte for byte.
@Suite struct SnapshotTests {
  static let cases: [(name: String, arguments: [String])] = [
    ("no-arguments", []),
    ("help", ["--help"]),
    ("version-option", ["--version"]),
    ("scan-help", ["scan", "--help"]),
    ("help-scan", ["help", "scan"]),
    ("freeze-help", ["freeze", "--help"]),
    ("doctor-help", ["doctor", "--help"]),
    ("run-help", ["run", "-h"]),
    ("version-help", ["version", "--help"]),
    ("unknown-command", ["scna"]),
    ("unknown-option", ["--verison"]),
    ("unknown-option-of-command", ["scan", "--formt", "json"]),
    ("unknown-option-in-a-row", ["freeze", "-qx"]),
    ("help-unknown-command", ["help", "docter"]),
    ("missing-value", ["scan", "-o", "--quiet"]),
    ("superfluous-value", ["run", "--dry-run=yes"]),
    ("wrong-number", ["doctor", "--timeout", "0"]),
    ("wrong-value", ["scan", "--format", "yaml"]),
    ("superfluous-argument", ["scan", ".", "more"]),
    ("planned-command", ["preflight"]),
    ("scan-mysite", ["scan", "."]),
    ("scan-mysite-json", ["scan", "--format", "json"]),
    ("scan-mysite-quiet", ["scan", "--quiet", "--group", "all"]),
    ("scan-mysite-table", ["scan", "--format", "table", "--group", "all"]),
    ("scan-mysite-table-colour", ["scan", "--format=table", "--color=always", "--quiet"]),
    ("scan-ambiguous", ["scan", "../ambiguous"]),
    ("scan-ambiguous-table", ["scan", "--format", "table", "../ambiguous"]),
    ("scan-wrong-group", ["scan", "--group", "tests"]),
    ("scan-mysite-imports", ["scan", "--imports"]),
    ("scan-broken", ["scan", "../broken"]),
    ("scan-missing-path", ["scan", "no/such/folder"]),
    ("freeze-without-environment", ["freeze"]),
    ("freeze-wrong-python", ["freeze", "--python", "no/such/python"]),
    ("doctor-list", ["doctor", "--list"]),
    ("doctor-static", ["doctor", "--static"]),
    ("doctor-static-colour", ["doctor", "--static", "--color", "always"]),
    ("doctor-static-json", ["doctor", "--static", "--format", "json"]),
    ("doctor-unknown-check", ["doctor", "--only", "cache-conect"]),
    ("doctor-unknown-settings", ["doctor", "--settings", "mysite.production"]),
    ("run-folder-as-address", ["run", "polls"]),
    ("run-bad-port", ["run", "127.0.0.1:65536"]),
    ("run-no-manage", ["run", "--project", "polls"]),
  ]

  @Test(arguments: cases) func matches(_ name: String, _ arguments: [String]) async throws {
    try expectSnapshot(name, await EnvtoolRun(arguments))
  }
}
