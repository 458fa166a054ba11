@testable import Knowledge
import Packaging
import Testing

@Suite struct ModuleTableTests {
  @Test(arguments: [
    ("yaml", ["pyyaml"]), ("PIL", ["pillow"]), ("MySQLdb", ["mysqlclient", "mysql-python"]), ("django", ["django"]),
    ("memcache", ["python-memcached", "memcache"]), ("typing_extensions", ["typing-extensions"]), ("six", ["six"]),
    ("jwt", ["pyjwt", "jwt"]), ("rest_framework", ["djangorestframework"]), ("django_filters", ["django-filter"]),
    ("yaml.nodes", ["pyyaml"]), ("pkg_resources", ["setuptools"]), ("web", ["web-py"]),
    ("consul", ["py-consul", "python-consul", "python-consul2"]), ("mypy_extensions", ["mypy-extensions"]),
    ("uwsgidecorators", ["uwsgi", "pyuwsgi"]), ("dj_search_url", ["dj-search-url"]), ("meinheld", ["meinheld"]),
  ])
  func provides(module: String, distributions: [String]) {
    #expect(ModuleTable.distributions(providing: module).map(\.normalized) == distributions)
  }

  @Test(arguments: [
    "", " ", "=", "no_such_module_anywhere", "google", "google.cloud", "google.nothing", "zope", "backports",
    "settings", "Yaml", "yaml pyyaml", "\n", "#", "requirements_of_mine", ".", "..a",
  ])
  func unknown(module: String) { #expect(ModuleTable.distributions(providing: module).isEmpty) }

  @Test(arguments: ["modules", "corrections", "neverthirdparty", "stdlib"])
  func sortedAndFound(name: String) throws {
    let tables = [
      "modules": ModuleTable.modules, "corrections": ModuleTable.corrections,
      "neverthirdparty": ModuleTable.neverThirdParty, "stdlib": StandardLibrary.table,
    ]
    let table = try #require(tables[name])
    let lines = table.text.description.split(separator: "\n")
    let keys = lines.map { Array($0.utf8.prefix { $0 != UInt8(ascii: " ") }) }
    #expect(keys.count > 100)
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    let lost = zip(lines, keys).filter { line, key in
      let fields = String(decoding: Array(line.utf8.dropFirst(key.count + 1)), as: UTF8.self)
      return table.fields(of: String(decoding: key, as: UTF8.self)) != fields
    }
    #expect(lost.isEmpty)
  }

  /// A typing error in a table must not surface as a missing answer.
  @Test(arguments: ["modules", "corrections"])
  func everyDistributionIsAName(name: String) {
    let table = name == "modules" ? ModuleTable.modules : ModuleTable.corrections
    let wrong = table.text.description.split(separator: "\n").filter { line in
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      if parts.count == 1 { return name == "modules" }
      let names = parts[1].split(separator: ",", omittingEmptySubsequences: false)
      return parts.count > 2 || names.count != Set(names).count || !names.allSatisfy(isDistribution)
    }
    #expect(wrong.isEmpty)
  }

  /// `=` or a normalised name, in the corrections with the mark of a framework.
  private func isDistribution(_ field: Substring) -> Bool {
    let parts = field.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.last, parts.count == 1 || parts.count == 2 && Framework(rawValue: String(parts[0])) != nil
    else { return false }
    return name == "=" || PackageName(String(name))?.normalized == String(name)
  }

  /// A line that says what a shorter one says already can only be forgotten when that one changes.
  @Test func noCorrectionIsSuperfluous() {
    for line in ModuleTable.corrections.text.description.split(separator: "\n") {
      let module = String(line.prefix { $0 != " " })
      guard let dot = module.lastIndex(of: ".") else { continue }
      let shorter = ModuleTable.distributions(providing: String(module[..<dot]), in: Set(Framework.allCases))
      let own = ModuleTable.distributions(providing: module, in: Set(Framework.allCases))
      #expect(own != shorter || own.isEmpty, "\(module)")
    }
  }
}
