import Foundation
import TestSupport
import Testing

/// Status, stdout and stderr of a run together, as Snapshots/NAME.txt holds them.
///
/// ENVTOOL_RECORD=1 writes the files anew: look at the difference before it is committed.
func expectSnapshot(
  _ name: String, _ run: EnvtoolRun, replacing replacements: [String: String] = [:],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var text = "status \(run.status)\n--- stdout\n\(run.output)--- stderr\n\(run.errors)"
  text.replace(/\ in \d+(\.\d)? m?s\b/, with: " in <time>")
  text.replace(/"milliseconds": \d+/, with: "\"milliseconds\": <number>")
  for (old, new) in replacements { text = text.replacingOccurrences(of: old, with: new) }
  text = text.replacingOccurrences(of: EnvtoolRun.repository.path, with: "<repository>")
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["ENVTOOL_RECORD"] == "1" { return try Data(text.utf8).write(to: file) }
  let recorded = try String(contentsOf: file, encoding: .utf8)
  #expect(text == recorded, "\(name) differs from its snapshot", sourceLocation: sourceLocation)
}
