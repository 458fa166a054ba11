import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting
import Testing
import TestSupport

@Suite struct ScanTableTests {
  private func table(_ source: String, groups: Set<DependencyGroup> = [.runtime]) throws -> ScanTable {
    let folder = try TemporaryFolder()
    try folder.write("a.py", source)
    let root = SourcePath(folder.path)
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    let manifest = Manifest(of: project, installed: InstalledDistributions())
    return ScanReport(manifest, of: project, groups: groups, pinning: .none).table
  }

  @Test func nothing() throws {
    #expect(try table("import os").text(paint: Paint(isOn: false)).isEmpty)
    #expect(try table("try: import yaml\nexcept ImportError: pass").text(paint: Paint(isOn: false)).isEmpty)
  }

  @Test func columns() throws {
    let text = try table("import yaml, flask\nimport yaml\nimport google.cloud.storage\nimport zope, settings\n")
      .text(paint: Paint(isOn: false))
    #expect(
      text == """
        REQUIREMENT           GROUP    PROOF  NEEDED BY
        flask                 runtime  table  a.py:1
        google-cloud-storage  runtime  table  a.py:3
        pyyaml                runtime  table  a.py:1 +1

        UNRESOLVED            GROUP    PROOF  NEEDED BY
        settings              runtime  none   a.py:4
        zope                  runtime  none   a.py:4

        """)
  }

  @Test func aLongNameHasALineOfItsOwn() throws {
    let text = try table(
      "import yaml, opentelemetry.instrumentation.django\nimport \(String(repeating: "x", count: 90))"
    )
    .text(paint: Paint(isOn: false))
    #expect(
      text == """
        REQUIREMENT  GROUP    PROOF  NEEDED BY
        opentelemetry-instrumentation-django
                     runtime  table  a.py:1
        pyyaml       runtime  table  a.py:1

        UNRESOLVED   GROUP    PROOF  NEEDED BY
        \(String(repeating: "x", count: 90))
                     runtime  none   a.py:2

        """)
  }

  /// Without its colours a table is the same text.
  @Test func colours() throws {
    let table = try table("import yaml, zope\nimport opentelemetry.instrumentation.django")
    let coloured = table.text(paint: Paint(isOn: true))
    #expect(coloured.contains("\u{1B}[1mpyyaml\u{1B}[0m       runtime"))
    #expect(coloured.replacing(/\u{1B}\[\d+m/, with: "") == table.text(paint: Paint(isOn: false)))
  }
}
