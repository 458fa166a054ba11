import ConfigFormats
import Diagnostics
import Testing

@Suite struct IgnoredLinesTOMLTests {
  @Test(
    arguments: [
      ("a = [\n  \"b\", # envtool: ignore\n  \"c\",\n]\n", [2]), ("a = \"# envtool: ignore\"\n", []),
      ("# envtool: ignore\n[t] # envtool: ignore[x]\n", [1, 2]), ("a = ''' \n# envtool: ignore\n'''\n", []),
      ("a = # envtool: ignore\n", []), ("", []), ("a = 1\r\nb = 2 # envtool: ignore\r\n", [2]),
    ] as [(String, [Int])])
  func commentsCountForTheirLines(_ text: String, _ lines: [Int]) {
    #expect(IgnoredLines(toml: Array(text.utf8)).comments.keys.sorted() == lines)
  }
}
