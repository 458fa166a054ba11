import Doctor
import Testing

@Suite struct CalendarMonthTests {
  @Test(
    arguments: [
      (0, "1970-01"), (-1, "1969-12"), (951_782_399, "2000-02"), (951_868_800, "2000-03"), (1_709_164_800, "2024-02"),
      (1_709_251_200, "2024-03"), (1_798_761_599, "2026-12"), (1_798_761_600, "2027-01"), (4_102_444_800, "2100-01"),
    ] as [(Int64, String)])
  func months(_ seconds: Int64, _ expected: String) {
    #expect(CalendarMonth(secondsSince1970: seconds).description == expected)
  }

  @Test func reading() throws {
    let month = try #require(CalendarMonth("2028-04"))
    #expect(month.year == 2028 && month.month == 4)
    #expect(month < CalendarMonth(year: 2028, month: 5) && CalendarMonth(year: 2027, month: 12) < month)
    for text in ["", "2028", "2028-13", "2028-x", "2028-04-01"] { #expect(CalendarMonth(text) == nil) }
  }
}
