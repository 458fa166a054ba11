import Diagnostics
import Host
import Project
import Testing
import TestSupport

@Suite struct SyntaxTests {
  @Test func theFirstPlaceOfEachFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("good.py", "match x:\n  case 1: pass\n")
    try folder.write("old.py", "import a\nprint 'x'\n")
    try folder.write("colon.py", "import a\ndef f(self)\n  return 1\nx = (\n")
    try folder.write("tests/data/bad.py", "x = (\n")
    try folder.write("project_template/{{name}}/views.py", "x = {{ y }} z\n")
    let root = SourcePath(folder.path)
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    let (errors, _, count) = project.syntaxErrors(inPython: (3, 12))
    #expect(count == 3)
    #expect(
      errors.map(\.description) == [
        "colon.py:2:12: expected ':'",
        "old.py:2:1: Missing parentheses in call to 'print'. Did you mean print(...)?",
      ])
    #expect(project.syntaxErrors(inPython: (3, 9)).errors.map(\.location?.path.description).contains("good.py"))
    #expect(project.syntaxErrors(inPython: (2, 7)).errors.map(\.location?.path.description) == ["colon.py", "good.py"])
  }
}
