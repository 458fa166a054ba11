import Foundation

// checkgen checks OUTPUT FILE...: `CheckCatalog.all`, an instance of the type that each FILE.swift is named for, and
// `CheckCatalog.ruleFiles`, the text of each FILE.toml.
// checkgen facts OUTPUT TABLE.txt...: `Facts.<table>`, each table's text as one string literal, without its comment lines
// (`#`).
// checkgen commit OUTPUT FOLDER: `BuildCommit.identifier`, the commit that the git folder's HEAD names, or "unknown".

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("checkgen: \(message)\n".utf8))
  exit(1)
}

func name(of path: String) -> String { URL(filePath: path).deletingPathExtension().lastPathComponent }

func catalogue(of files: [String]) throws -> String {
  let names = files.filter { $0.hasSuffix(".swift") }.map(name(of:)).sorted()
  let rules = try files.filter { $0.hasSuffix(".toml") }.sorted().map { path in
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    guard !text.contains("\"\"\"##") else { fail("\(path): a quote that cannot be embedded") }
    return "    (\"checks/rules/\(name(of: path)).toml\", ##\"\"\"\n\(text)\"\"\"##),\n"
  }
  return """
    package import Doctor

    /// Every check of checks/, sorted by type name.
    package enum CheckCatalog {
      package static let all: [any Check] = [
    \(names.map { "    \($0)()," }.joined(separator: "\n"))
      ]

      /// The rules of checks/rules/, by the path of their file.
      package static let ruleFiles: [(path: String, text: String)] = [
    \(rules.joined())  ]
    }

    """
}

func literals(of tables: [String]) throws -> String {
  let members = try tables.map { path in
    let lines = try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    guard !lines.contains(where: { $0.contains("\"\"\"##") }) else { fail("\(path): a quote that cannot be embedded") }
    let text = lines.joined(separator: "\n")
    return "  static let \(name(of: path)): StaticString = ##\"\"\"\n\(text)\n\"\"\"##\n"
  }
  return "/// The tables of Facts/, a line an entry.\nenum Facts {\n\(members.joined(separator: "\n"))}\n"
}

func commit(in git: URL) -> String {
  func read(_ name: String) -> String? {
    (try? String(contentsOf: git.appending(path: name), encoding: .utf8))?.trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
  guard var head = read("HEAD") else { return "unknown" }
  if head.hasPrefix("ref: ") {
    let name = String(head.dropFirst(5))
    let packed = read("packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }?.prefix(40)
    head = read(name) ?? packed.map(String.init) ?? "unknown"
  }
  return String(head.prefix(12))
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else { fail("usage: checkgen checks|facts|commit OUTPUT INPUT...") }
let inputs = Array(arguments[3...])
do {
  let text =
    switch arguments[1] {
    case "checks": try catalogue(of: inputs)
    case "facts": try literals(of: inputs)
    case "commit":
      "/// The commit that this program was built from.\nenum BuildCommit {\n  static let identifier = "
        + "\"\(commit(in: URL(filePath: inputs[0])))\"\n}\n"
    default: fail("unknown mode \(arguments[1])")
    }
  try Data(text.utf8).write(to: URL(filePath: arguments[2]), options: .atomic)
} catch {
  fail("\(error)")
}
