/// A moment by the calendar and the clock of UTC.
struct UTCTime {
  /// RFC 3339: `2026-01-31T23:59:59Z`.
  let text: String

  /// Nil beyond the years 1970 to 9999.
  init?(secondsSince1970 seconds: Int) {
    guard (0...253_402_300_799).contains(seconds) else { return nil }
    let (year, month, day) = UTCTime.date(day: seconds / 86_400)
    let time = seconds % 86_400
    let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    text = "\(year)-\(pad(month))-\(pad(day))T\(pad(time / 3600)):\(pad(time / 60 % 60)):\(pad(time % 60))Z"
  }

  /// The date of a day counted from 1970-01-01, which is 0.
  private static func date(day: Int) -> (year: Int, month: Int, day: Int) {
    let isLeap = { (year: Int) in year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    // A period of 400 years has 146,097 days, in whichever year it begins.
    var year = 1970 + day / 146_097 * 400
    var rest = day % 146_097
    while rest >= (isLeap(year) ? 366 : 365) {
      rest -= isLeap(year) ? 366 : 365
      year += 1
    }
    var month = 1
    for length in [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
      if rest < length { break }
      rest -= length
      month += 1
    }
    return (year, month, rest + 1)
  }
}
