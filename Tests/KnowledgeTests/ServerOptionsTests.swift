import Testing

@testable import Knowledge

@Suite struct ServerOptionsTests {
  @Test func uwsgi() {
    #expect(ServerOptions.uwsgi("master") == .flag)
    #expect(ServerOptions.uwsgi("processes") == .number)
    #expect(ServerOptions.uwsgi("chdir") == .text)
    #expect(ServerOptions.uwsgi("theads") == nil)
    #expect(ServerOptions.uwsgi("") == nil)
  }

  @Test func gunicorn() throws {
    #expect(ServerOptions.isGunicornSetting("workers"))
    #expect(!ServerOptions.isGunicornSetting("wokers"))
    let workers = try #require(ServerOptions.gunicorn(option: "-w"))
    #expect(workers.setting == "workers" && workers.takesValue)
    #expect(ServerOptions.gunicorn(option: "--preload")?.takesValue == false)
    // One that is meant by its beginning, and one that two begin with.
    #expect(ServerOptions.gunicorn(option: "--access-logfi")?.setting == "accesslog")
    #expect(ServerOptions.gunicorn(option: "--worker") == nil)
  }

  @Test(arguments: [Facts.uwsgiOptions, Facts.gunicornSettings]) func everyLineIsSorted(_ table: StaticString) {
    let keys = table.description.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(Set(keys).count == keys.count)
  }
}
