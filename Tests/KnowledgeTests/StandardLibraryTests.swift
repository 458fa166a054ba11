import Foundation
import Knowledge
import Testing

@Suite struct StandardLibraryTests {
  @Test(arguments: [
    // module, version that has it, version that has it not
    ("tomllib", (3, 11), (3, 10)), ("asyncio", (3, 4), (3, 3)), ("typing", (3, 5), (3, 4)),
    ("zoneinfo", (3, 9), (3, 8)),
    ("distutils", (3, 11), (3, 12)), ("imp", (2, 7), (3, 12)), ("cgi", (3, 12), (3, 13)),
    ("telnetlib", (3, 0), (3, 13)),
    ("Queue", (2, 7), (3, 0)), ("queue", (3, 0), (2, 7)), ("ConfigParser", (2, 7), (3, 6)),
    ("configparser", (3, 6), (2, 7)),
    ("urllib2", (2, 7), (3, 15)), ("dataclasses", (3, 7), (3, 6)), ("enum", (3, 4), (2, 7)),
    ("argparse", (2, 7), (3, 1)),
    ("annotationlib", (3, 14), (3, 13)), ("sre_parse", (3, 14), (3, 15)), ("_winreg", (2, 7), (3, 8)),
  ])
  func changes(module: String, with: (Int, Int), without: (Int, Int)) {
    #expect(StandardLibrary.contains(module, python: with))
    #expect(!StandardLibrary.contains(module, python: without))
    #expect(StandardLibrary.contains(module, python: nil))
  }

  @Test(arguments: ["os", "sys", "re", "json", "__future__", "__main__", "sqlite3", "test", "unittest"])
  func always(module: String) {
    #expect(StandardLibrary.contains(module, python: (2, 7)))
    for minor in 0...15 { #expect(StandardLibrary.contains(module, python: (3, minor)), "3.\(minor)") }
  }

  @Test(arguments: ["", "django", "yaml", "OS", "os.path", "os 2.7", "six", "panel", "distutil", "distutilsx", "2.7"])
  func never(module: String) {
    #expect(!StandardLibrary.contains(module, python: nil))
    #expect(!StandardLibrary.contains(module, python: (3, 12)))
  }

  @Test func versionsBeyondTheTable() {
    #expect(StandardLibrary.contains("tomllib", python: (3, 99)))
    #expect(StandardLibrary.contains("tomllib", python: (4, 0)))
    #expect(!StandardLibrary.contains("cgi", python: (3, 99)))
    #expect(StandardLibrary.contains("Queue", python: (2, 5)))
    #expect(!StandardLibrary.contains("tomllib", python: (2, 5)))
  }

  /// The interpreter at hand is the judge, in both directions for every name that either knows.
  @Test func agreesWithTheInterpreter() throws {
    let program = """
      import sys
      print(*sys.version_info[:2])
      print(*sorted(getattr(sys, "stdlib_module_names", ())))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n")
    let version = try #require(lines.first).split(separator: " ").compactMap { Int($0) }
    guard lines.count == 2, version.count == 2, version[1] <= 15 else { return }
    let names = lines[1].split(separator: " ").map(String.init)
    #expect(names.count > 200)
    for name in names { #expect(StandardLibrary.contains(name, python: (version[0], version[1])), "\(name)") }
    for name in ["distutils", "imp", "cgi", "tomllib", "asynchat", "formatter", "zoneinfo", "annotationlib", "Queue"] {
      #expect(StandardLibrary.contains(name, python: (version[0], version[1])) == names.contains(name), "\(name)")
    }
  }
}
