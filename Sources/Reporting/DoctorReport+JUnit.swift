import Diagnostics
package import Doctor

extension DoctorReport {
  /// A test suite for each area, a test case for each result, as build servers read it.
  ///
  /// A result of one of the statuses in `failing` is a failure, one that could not be told or does not apply is skipped.
  /// Source: https://github.com/testmoapp/junitxml
  package func junit(failing: Set<CheckStatus>) -> String {
    let areas = CheckDocumentation.Area.allCases.map { area in
      (area, results.filter { $0.documentation.area == area })
    }.filter { !$0.1.isEmpty }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"envtool doctor\"\(counts(of: results, failing))>\n"
    for (area, results) in areas {
      text += "  <testsuite name=\"\(area.rawValue)\"\(counts(of: results, failing))>\n"
      for timed in results { text += testCase(timed, area, failing) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private func counts(of results: [TimedResult], _ failing: Set<CheckStatus>) -> String {
    let failures = results.count { failing.contains($0.result.status) }
    let skipped = results.count { Self.isSkipped($0.result, failing) }
    // A check's time stands at each of its results.
    var seen: Set<String> = []
    let time = results.reduce(0) { seen.insert($1.documentation.id).inserted ? $0 + $1.milliseconds : $0 }
    return " tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" "
      + "time=\"\(Self.seconds(time))\""
  }

  private static func isSkipped(_ result: CheckResult, _ failing: Set<CheckStatus>) -> Bool {
    !failing.contains(result.status) && (result.status == .unknown || result.status == .skipped)
  }

  private func testCase(_ timed: TimedResult, _ area: CheckDocumentation.Area, _ failing: Set<CheckStatus>) -> String {
    let result = timed.result
    let name = result.subject.isEmpty ? timed.documentation.id : "\(timed.documentation.id): \(result.subject)"
    var text =
      "    <testcase classname=\"\(area.rawValue)\" name=\"\(Self.escaped(name))\" "
      + "time=\"\(Self.seconds(timed.milliseconds))\""
    let place = result.location.map { "\($0): " } ?? ""
    let remedy = result.remedy.map { "\n\($0)" } ?? ""
    let details = Self.escaped(place + result.message, keeping: "\n") + Self.escaped(remedy, keeping: "\n")
    if failing.contains(result.status) {
      text += ">\n      <failure type=\"\(result.status.rawValue)\" message=\"\(Self.escaped(result.message))\">"
      text += "\(details)</failure>\n    </testcase>\n"
    } else if Self.isSkipped(result, failing) {
      text += ">\n      <skipped message=\"\(Self.escaped(result.message))\"/>\n    </testcase>\n"
    } else if result.status == .warning {
      text += ">\n      <system-out>warning: \(details)</system-out>\n    </testcase>\n"
    } else {
      text += "/>\n"
    }
    return text
  }

  private static func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
  }

  /// Text for XML: markup as entities, what XML 1.0 cannot hold as `\xNN` or U+FFFD.
  private static func escaped(_ text: String, keeping kept: Unicode.Scalar? = nil) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar == kept: result.unicodeScalars.append(scalar)
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += Escaping.text(String(scalar))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
