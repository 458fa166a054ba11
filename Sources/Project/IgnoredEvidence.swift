import Diagnostics
import Host
import Knowledge
import Packaging
import PythonSource

/// Which evidence of settings and process files a comment `# envtool: ignore` on its line leaves out.
struct IgnoredEvidence {
  private let root: SourcePath
  private let files: ObservedFiles
  private var lines: [SourcePath: IgnoredLines] = [:]

  init(root: SourcePath, files: ObservedFiles) {
    self.root = root
    self.files = files
  }

  mutating func contains(_ evidence: Evidence) -> Bool {
    let path = evidence.location.path
    let known = lines[path] ?? read(path)
    lines[path] = known
    guard let line = evidence.location.line, let comment = known[line] else { return false }
    switch evidence.subject {
    case .module(let module): return comment.covers(need: module)
    case .rule(let rule): return comment.covers(rule)
    case .distribution(let names):
      return comment.covers { name in
        names.contains { $0.normalized == PackageName.normalize(name) } || evidence.text == name
      }
    }
  }

  /// The comments of a file; none of one that cannot be read, of which is told elsewhere.
  private func read(_ path: SourcePath) -> IgnoredLines {
    guard let bytes = try? files.read(root.appending(path), limit: SourceReader.sizeLimit) else {
      return IgnoredLines()
    }
    // Most files hold no such comment.
    guard bytes.holds("envtool") else { return IgnoredLines() }
    return path.bytes.ends(with: ".py") ? IgnoredLines(python: bytes) : IgnoredLines(inLinesOf: bytes)
  }
}

extension IgnoreComment {
  /// Whether it is about what a rule asks for in a project of any framework.
  func covers(_ rule: RuleKey) -> Bool {
    let distributions = FrameworkRules.all[rule]?.distributions(in: Set(Framework.allCases)) ?? []
    return covers { name in distributions.contains { $0.normalized == PackageName.normalize(name) } }
  }

  /// Whether it is about what an import brings.
  func covers(_ record: ImportRecord, of scanner: borrowing ImportScanner) -> Bool {
    let module = scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }
    return covers(need: module)
      || scanner.names(of: record).contains { name in !names.isEmpty && covers(module: "\(module).\(name)") }
  }

  /// Whether it is about a dotted module, by its name or by that of a distribution that provides it.
  func covers(need module: String) -> Bool {
    if covers(module: module) { return true }
    let distributions = ModuleTable.distributions(providing: module)
    return covers { name in distributions.contains { $0.normalized == PackageName.normalize(name) } }
  }
}
