import ConfigFormats
import Diagnostics
import Foundation
import Testing
import TestSupport

/// The cases of toml-test, as Debian's Go library for TOML brings them along, and those of CPython's tomllib.
@Suite struct TOMLSuiteTests {
  static let debianFolder = "/usr/share/gocode/src/github.com/BurntSushi/toml/internal/toml-test/tests"

  static var hasDebianSuite: Bool { FileManager.default.fileExists(atPath: debianFolder) }

  /// The folder of tomllib's cases beside the standard library of python3, if it is installed.
  static func tomllibFolder() async -> String? {
    let code = "import os, sysconfig; print(os.path.join(sysconfig.get_path('stdlib'), 'test/test_tomllib/data'))"
    guard let line = try? await Python.output(of: code).split(separator: "\n").first else { return nil }
    return FileManager.default.fileExists(atPath: String(line)) ? String(line) : nil
  }

  @Test(.enabled(if: hasDebianSuite, "golang-github-burntsushi-toml-dev is not installed"))
  func likeTheSuite() throws {
    // The package has one case of TOML 1.1 among those of 1.0.
    let counts = try check(Self.debianFolder) { $0.hasSuffix("escape-esc.toml") ? .v1_1 : .v1_0 }
    #expect(counts.valid >= 90)
    #expect(counts.invalid >= 200)
  }

  @Test func likeTomllib() async throws {
    guard let folder = await Self.tomllibFolder() else {
      try Test.cancel("the tests of python3's standard library are not installed")
    }
    let counts = try check(folder) { _ in .v1_0 }
    #expect(counts.valid >= 10)
    #expect(counts.invalid >= 40)
  }

  private func check(
    _ folder: String, _ version: (String) -> TOMLVersion
  ) throws -> (valid: Int, invalid: Int) {
    var counts = (valid: 0, invalid: 0)
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names.sorted() where name.hasSuffix(".toml") {
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
      if name.hasPrefix("valid/") {
        counts.valid += 1
        let json = try Data(contentsOf: URL(filePath: "\(folder)/\(name.dropLast(5)).json"))
        let toml = try TOMLReader.read(bytes, as: version(name))
        #expect(TaggedJSON.agrees(toml, try JSONReader.read([UInt8](json))), "\(name)")
      } else {
        counts.invalid += 1
        #expect(throws: ConfigError.self, "\(name)") { try TOMLReader.read(bytes, as: version(name)) }
      }
    }
    return counts
  }
}
