import Testing

@testable import Commands
import Diagnostics

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("scna", "scan"), ("Scan", "scan"), ("docter", "doctor"), ("freze", "freeze"), ("rn", "run"),
    ("versoin", "version"),
  ]) func typingMistakes(_ typed: String, _ meant: String) {
    #expect(Suggestion.closest(to: typed, among: CommandList.available.map(\.name)) == meant)
  }

  @Test(arguments: ["install", "xyz", ""]) func somethingElse(_ typed: String) {
    #expect(Suggestion.closest(to: typed, among: CommandList.available.map(\.name)) == nil)
  }

  @Test(arguments: [
    ("cache-connect", "cache-*", true), ("cache-connect", "*", true), ("cache-connect", "*-connect", true),
    ("cache-connect", "c*e*t", true), ("cache-connect", "cache-connect", true), ("cache-connect", "cache", false),
    ("cache-connect", "*-connected", false), ("cache-connect", "database-*", false),
  ]) func globs(_ text: String, _ pattern: String, _ matches: Bool) { #expect(Glob.matches(text, pattern) == matches) }
}
