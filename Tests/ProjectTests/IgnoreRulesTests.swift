import Diagnostics
import Foundation
import Project
import Testing
import TestSupport

@Suite struct IgnoreRulesTests {
  static let hasGit = RealServer.isInstalled("git")

  /// Compares git's verdicts with ours; some paths must be ignored and some not, or nothing was compared.
  static func expectLikeGit(_ cases: [IgnoreCase]) throws {
    let expected = try IgnoreOracle().verdicts(on: cases)
    var counts: [IgnoreVerdict?: Int] = [:]
    var differences: [String] = []
    for (item, verdicts) in zip(cases, expected) {
      for (path, (verdict, own)) in zip(item.paths, zip(verdicts, item.verdicts())) {
        counts[verdict, default: 0] += 1
        if verdict != own { differences.append("\(item) on \(path): git \(verdict as Any), here \(own as Any)") }
      }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
    #expect(counts[.ignored, default: 0] > 100 && counts[nil, default: 0] > 100, "\(counts)")
    if ProcessInfo.processInfo.environment["ENVTOOL_IGNORE_CASES"] != nil { print(counts) }
  }

  static let samples = [
    "a", "a/", "b/a", "b/a/", "a/b", "a/b/", "b/a/c", "a.py", "b/a.py", "a/b/c/d.py", "#a", "!a", "a ", " a", "a  ",
    "\\a",
    "a*", "a**", "[a]", "a]", "-", "a-c", "b", "ab", "abc", "a/x/y/b", "x/a/y/b", "foo", "foo/bar", "foo/bar/", "a\r",
    "é", "build/", "build/a", "src/build/", "src/build/a", "#", "!", "*", "?", "a\t", "A", ".a", "..a", "a/.b",
  ]

  static let texts = [
    "", "\n", "\n\n", "#a", "\\#a", "!a", "\\!a", "a ", "a\\ ", "a  ", "a \\ ", "a\\  ", "a\\", "\\", "\\\\a", "\\\\",
    " a",
    "a\r\n", "a \r\n", "a\r", "a\r \n", "\r\n", "\u{feff}a", "\u{feff}#a\na", "a\0b", "\0", "a\t", "/", "//", "!/", "!",
    "/a",
    "a/", "/a/", "a//", "//a", "/a//", "a/b", "a/b/", "/a/b", "**", "**/", "/**", "/**/", "**/a", "**/a/", "/**/a",
    "a/**",
    "a/**/", "a/**/b", "a/**/**/b", "**/**/b", "**/**", "**/a/**", "**/*", "*/**", "a/*", "a/*/", "a/*/*", "*", "*/",
    "/*",
    "!*", "/*\n!/a", "*\n!*/\n!*.py", "*.py", "*.py/", "/*.py", "*.*", ".*", ".*.", "a*", "*a", "*a*", "a?", "?", "??",
    "***",
    "a/***/b", "***/b", "?**/b", "[a]", "[!a]", "[^a]", "[a-c]", "[c-a]", "[a", "[]", "[]a]", "[!]a]", "[]-a]", "[a-]",
    "[-a]", "[--a]", "[\\]]", "[\\]a]", "[\\a-c]", "[a-\\c]", "[a\\", "[a-\\", "\\[a]", "[[]a]", "[[:alpha:]]",
    "[[:alpha:]-c]", "[[:x:]]", "[[::]]", "[[:]", "[[:]a]", "[[:a]", "[[:alpha]", "[a-[:alpha:]]", "[-:alpha:]", "[/]",
    "a[/]b", "a[!x]b", "a/[!x]/b", "\\/a", "a\\/b", "a\\/", "**\\/b", "a/**\\/b", "a\\*", "a\\**", "a/\\*", "a\\?",
    "\\a",
    "foo/*\n!foo/bar", "foo/\n!foo/bar", "build/\n!src/build/", "a\n!a\na", "é", "[é]", "A", "a/x/*/b", "*/a/*/b",
    "x/**/b",
  ]

  @Test(.enabled(if: hasGit, "git is not installed")) func knownCasesLikeGit() throws {
    let files = Self.samples.filter { !$0.hasSuffix("/") }
    let cases = Self.texts.flatMap { [IgnoreCase($0, Self.samples), IgnoreCase($0, files)] }
    try Self.expectLikeGit(cases)
  }

  @Test(.enabled(if: hasGit, "git is not installed")) func classesLikeGit() throws {
    let classes = "alnum alpha blank cntrl digit graph lower print punct space upper xdigit ALPHA alph".split(
      separator: " ")
    let names = (UInt8(1)...255).filter { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") }.map {
      SourcePath(bytes: [$0])
    }
    let cases = (classes.flatMap { ["[[:\($0):]]", "[![:\($0):]]"] } + ["?", "[ -~]", "[!a]"]).map { pattern in
      var item = IgnoreCase(pattern, [])
      item.paths = names
      return item
    }
    try Self.expectLikeGit(cases)
  }

  /// ENVTOOL_IGNORE_CASES and ENVTOOL_IGNORE_SEED ask for more cases, of 20 paths each, or others.
  @Test(.enabled(if: hasGit, "git is not installed")) func randomCasesLikeGit() throws {
    let environment = ProcessInfo.processInfo.environment
    var numbers = SeededNumbers(state: environment["ENVTOOL_IGNORE_SEED"].flatMap(UInt64.init) ?? 1)
    let count = environment["ENVTOOL_IGNORE_CASES"].flatMap(Int.init) ?? 500
    let cases = (0..<count).map { _ in IgnoreCase.random(&numbers) }
    try Self.expectLikeGit(cases)
  }

  /// The rules of a folder above the root say of a path below it what they say of it from where they stand.
  @Test func rulesAboveTheRoot() {
    var numbers = SeededNumbers(state: 7)
    for _ in 0..<500 {
      let item = IgnoreCase.random(&numbers)
      let rules = IgnoreRules(item.rules[""] ?? [])
      for path in item.paths {
        let isFolder = item.folders.contains(path)
        let expected = rules.verdict(of: path.bytes.span, isFolder: isFolder)
        for (index, byte) in path.bytes.enumerated() where byte == UInt8(ascii: "/") {
          let stack = IgnoreStack().adding(rules, above: SourcePath(bytes: path.bytes[..<index]))
          #expect(
            stack.verdict(of: path.bytes.span.extracting(droppingFirst: index + 1), isFolder: isFolder) == expected)
        }
      }
    }
  }

  @Test func innerRulesWin() {
    let outer = IgnoreStack().adding(IgnoreRules(Array("*.ini\n/x.py\n".utf8)), in: "")
    let inner = outer.adding(IgnoreRules(Array("!a.ini\n/x.py\n".utf8)), in: "sub")
    func verdict(_ stack: IgnoreStack, _ path: String) -> IgnoreVerdict? {
      stack.verdict(of: SourcePath(path).bytes.span, isFolder: false)
    }
    #expect(verdict(inner, "sub/a.ini") == .included)
    #expect(verdict(inner, "sub/b.ini") == .ignored)
    #expect(verdict(inner, "sub/x.py") == .ignored)
    #expect(verdict(inner, "sub/deep/x.py") == nil)
    #expect(verdict(outer, "sub/x.py") == nil)
    #expect(outer.adding(IgnoreRules(Array("#\n\n".utf8)), in: "sub").isEmpty == false)
    #expect(IgnoreStack().adding(IgnoreRules(Array("#\n\n[a".utf8)), in: "").isEmpty)
  }

  /// As git 2.52 and later, and as documented.
  @Test func twoStarsAfterALiteral() {
    let rules = IgnoreRules(Array("a**/b".utf8))
    #expect(rules.verdict(of: SourcePath("axx/b").bytes.span, isFolder: false) == .ignored)
    #expect(rules.verdict(of: SourcePath("ab").bytes.span, isFolder: false) == nil)
    #expect(rules.verdict(of: SourcePath("a/c/b").bytes.span, isFolder: false) == nil)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["a*a*a*a*a*a*a*a*b", "**/**/**/**/**/x", "**/*a/**/*a/**/*a/**/b", "**\\/a*a*b"])
  func neverExponential(pattern: String) {
    let rules = IgnoreRules(Array(pattern.utf8))
    let name = String(repeating: "a", count: 255)
    let paths = [name, String(repeating: "a/", count: 2000) + "a", String(repeating: name + "/", count: 16) + "a"]
    for path in paths { #expect(rules.verdict(of: SourcePath(path).bytes.span, isFolder: false) == nil) }
  }

  /// No input crashes, however it is cut.
  @Test func anyBytes() {
    var numbers = SeededNumbers(state: 3)
    let alphabet = Array("ab*?[]!^-\\/: #\r\n".utf8) + [0, 0xFF, 0xEF, 0xBB, 0xBF]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...40, using: &numbers)).compactMap { _ in
        alphabet.randomElement(using: &numbers)
      }
      let rules = IgnoreRules(bytes)
      for path in ["", "a", "/", "a/", "a/b", "//", "\n"] {
        _ = rules.verdict(of: SourcePath(path).bytes.span, isFolder: true)
      }
    }
  }
}
