#if canImport(Glibc)
  import Glibc
#endif

/// A month of the calendar, in UTC.
package struct CalendarMonth: Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  /// From 1.
  package let month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// `2028-04`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 2, let year = parts[0], let month = parts[1], (1...12).contains(month) else { return nil }
    self.init(year: year, month: month)
  }

  /// The month that holds so many seconds since 1970.
  package init(secondsSince1970 seconds: Int64) {
    // Days from civil in reverse, counted in eras of 400 years that begin in March.
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  /// The month that a text of seconds since 1970 says, as SOURCE_DATE_EPOCH does; else the one that the clock says.
  /// https://reproducible-builds.org/specs/source-date-epoch/
  init(now epoch: String?) {
    self.init(secondsSince1970: epoch.flatMap { Int64($0) } ?? Int64(time(nil)))
  }

  package static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  /// `2028-04`
  package var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
}
