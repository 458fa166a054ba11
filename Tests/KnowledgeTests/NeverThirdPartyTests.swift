@testable import Knowledge
import Packaging
import Testing

/// Names of a project's own modules, and of what left the standard library.
@Suite struct NeverThirdPartyTests {
  /// Whatever the facts hold for such a name, and for whatever of its parts.
  @Test func noneIsProvidedByAnyone() {
    let names = ModuleTable.neverThirdParty.text.description.split(separator: "\n").map(String.init)
    #expect(names.count > 200)
    for name in names {
      #expect(ModuleTable.isProjectName(name))
      for module in [name, "\(name).models"] {
        #expect(ModuleTable.distributions(providing: module, in: Set(Framework.allCases)).isEmpty, "\(module)")
      }
      #expect(!ModuleTable.hasEntry(name), "\(name) is also a correction")
    }
  }

  @Test(arguments: [
    "__main__", "local_settings", "settings", "config", "utils", "tests", "test", "helpers", "common", "conftest",
    "manage", "wsgi", "asgi", "urls", "models", "views", "setup", "_version", "version", "docs", "examples", "src",
    "scripts", "build", "benchmarks", "mysite", "search", "server", "website",
  ])
  func projectNames(module: String) { #expect(ModuleTable.isProjectName(module)) }

  @Test(arguments: ["django", "yaml", "rules", "schema", "events", "factory", "result", "mock", "", "Settings.x"])
  func others(module: String) { #expect(!ModuleTable.isProjectName(module)) }

  /// A successor, where there is one, is known; what merely has the name is not.
  @Test(arguments: [
    ("distutils", "setuptools"), ("asyncore", "pyasyncore"), ("asynchat", "pyasynchat"), ("cgi", "legacy-cgi"),
    ("telnetlib", "standard-telnetlib"), ("crypt", "standard-crypt"), ("pipes", "standard-pipes"),
    ("smtpd", "standard-smtpd"), ("imp", "zombie-imp"), ("audioop", "audioop-lts"), ("dataclasses", "dataclasses"),
    ("enum", "enum34"), ("commands", nil), ("email", nil), ("exceptions", nil), ("parser", nil), ("logging", nil),
    ("uuid", nil), ("urllib2", nil), ("Queue", nil), ("msilib", nil),
  ])
  func whatTheStandardLibraryHadOrHas(module: String, distribution: String?) {
    #expect(ModuleTable.distributions(providing: module).first?.normalized == distribution)
  }
}
