import Packaging
import Project
import Testing

@Suite struct ProjectRulesTests {
  @Test(arguments: [("yaml", true), ("yaml.cyaml", true), ("yamlx", false), ("x.yaml", false), ("", false)])
  func aModuleIsIgnoredWithAllBelowIt(_ module: String, _ isIgnored: Bool) {
    var rules = ProjectRules()
    rules.ignored = ["yaml"]
    #expect(rules.ignores(module: module) == isIgnored)
  }

  @Test func distributionsAreIgnoredHoweverTheyAreSpelt() throws {
    var rules = ProjectRules()
    rules.ignored = ["Django_Redis"]
    #expect(rules.ignores(try #require(PackageName("django-redis"))))
    #expect(!rules.ignores(try #require(PackageName("django"))))
  }

  @Test(arguments: [
    ("google.cloud.storage", "a"), ("google.cloud.storage.blob", "a"), ("google.cloud", "b"), ("google", nil),
    ("googles.cloud", nil), ("google.cloud.", "b"),
  ])
  func theLongestNameOfTheMapCounts(_ module: String, _ name: String?) throws {
    var rules = ProjectRules()
    rules.providers = [
      "google.cloud.storage": [try #require(PackageName("a"))], "google.cloud": [try #require(PackageName("b"))],
    ]
    #expect(rules.providers(of: module)?.map(\.normalized) == name.map { [$0] })
  }
}
