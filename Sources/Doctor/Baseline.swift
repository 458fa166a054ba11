package import ConfigFormats

/// The findings of an earlier report in the schema envtool.doctor/1, which do not count any more.
package struct Baseline: Sendable {
  private let fingerprints: Set<String>

  /// Throws the place where the bytes are no such report.
  package init(_ bytes: [UInt8]) throws(ConfigError) {
    let report = try JSONReader.read(bytes)
    guard try report.string("schema") == "envtool.doctor/1" else {
      throw ConfigError(at: report.place, "no report of the schema envtool.doctor/1")
    }
    var found: Set<String> = []
    for check in try report.tableNodes("checks") ?? [] {
      guard let status = try check.string("status").flatMap({ CheckStatus(rawValue: $0) }), status != .ok,
        status != .skipped
      else { continue }
      found.insert(
        TimedResult.fingerprint(
          try check.string("id") ?? "", try check.string("subject") ?? "",
          try (check["location"]?.table == nil ? nil : check.tableNode("location"))?.string("path")))
    }
    fingerprints = found
  }

  /// Whether the finding was there already, wherever in its file.
  package func holds(_ finding: TimedResult) -> Bool { fingerprints.contains(finding.fingerprint) }
}
