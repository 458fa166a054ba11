import Packaging
import Testing

@testable import Knowledge

@Suite struct InstalledCommandTests {
  @Test(
    arguments: [
      ("gunicorn", "gunicorn", nil), ("watchmedo", "watchdog", .dev), ("supervisord", "supervisor", nil),
      ("pytest", "pytest", .test), ("pybabel", "babel", .dev), ("newrelic-admin", "newrelic", nil),
    ] as [(String, String, InstalledCommand.Purpose?)])
  func knows(program: String, distribution: String, purpose: InstalledCommand.Purpose?) throws {
    let command = try #require(InstalledCommand(program))
    #expect(command.distributions.map(\.normalized) == [distribution])
    #expect(command.purpose == purpose)
  }

  @Test(arguments: ["pip", "python", "git", "node", "poetry", "uv", "echo", "", "gunicor", "gunicorn "])
  func doesNotKnow(program: String) { #expect(InstalledCommand(program) == nil) }

  @Test func wordsOfPlugins() {
    #expect(InstalledCommand("celery", word: "flower")?.distributions.map(\.normalized) == ["flower"])
    #expect(InstalledCommand("pytest", word: "--cov=app")?.distributions.map(\.normalized) == ["pytest-cov"])
    #expect(InstalledCommand("celery", word: "worker") == nil)
    #expect(InstalledCommand("python", word: "pip")?.distributions == [])
  }

  @Test func everyLineIsReadAndSorted() {
    let lines = Facts.commands.description.split(separator: "\n").map(String.init)
    let keys = lines.map { String($0.prefix { $0 != " " }) }
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(Set(keys).count == keys.count)
    for line in lines {
      let fields = line.split(separator: " ")
      #expect(
        fields.count == 2 || fields.count == 3 && InstalledCommand.Purpose(rawValue: String(fields[2])) != nil,
        "\(line)")
      let names = InstalledCommand(String(fields[0]))?.distributions.map(\.normalized)
      #expect(names == (fields[1] == "-" ? [] : fields[1].split(separator: ",").map(String.init)), "\(line)")
    }
  }
}
