import Diagnostics
import Foundation
import Project
import TestSupport

/// A folder with .gitignore files, and paths in it, all relative to the folder.
struct IgnoreCase: Sendable {
  /// The bytes of the .gitignore of each folder; empty is the folder of the case.
  var rules: [SourcePath: [UInt8]] = [:]
  /// Folders that exist; everything else is taken for a file.
  var folders: Set<SourcePath> = []
  var paths: [SourcePath] = []

  init() {}

  /// A case of one .gitignore file; a path that ends with `/` is a folder.
  init(_ text: String, _ paths: [String]) {
    rules = ["": Array(text.utf8)]
    for path in paths {
      let isFolder = path.hasSuffix("/")
      let path = SourcePath(isFolder ? String(path.dropLast()) : path)
      self.paths.append(path)
      if isFolder { addFolder(path) }
    }
  }

  mutating func addFolder(_ folder: SourcePath) {
    var folder = folder
    while !folder.isEmpty {
      folders.insert(folder)
      folder = folder.parent
    }
  }

  /// What a walk makes of each path: it does not enter an ignored folder.
  func verdicts() -> [IgnoreVerdict?] {
    let rules = rules.mapValues { IgnoreRules($0) }
    return paths.map { path in
      var stack = IgnoreStack()
      if let top = rules[""] { stack = stack.adding(top, in: "") }
      for (index, byte) in path.bytes.enumerated() where byte == UInt8(ascii: "/") {
        let folder = SourcePath(bytes: path.bytes[..<index])
        if stack.ignores(folder.bytes.span, isFolder: true) { return .ignored }
        if let inner = rules[folder] { stack = stack.adding(inner, in: folder) }
      }
      return stack.verdict(of: path.bytes.span, isFolder: folders.contains(path))
    }
  }
}

extension IgnoreCase: CustomStringConvertible {
  var description: String {
    let rules = rules.sorted { $0.key < $1.key }.map { "\($0.key)/.gitignore \(SourcePath(bytes: $0.value))" }
    return "\(rules.joined(separator: ", ")), folders \(folders.sorted())"
  }
}

/// What git says of many cases, asked in one call: each is a folder of one repository.
struct IgnoreOracle {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }.merging(
      [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": folder.path,
        "XDG_CONFIG_HOME": folder.path,
      ]
    ) { $1 }
    try folder.write("input")
    _ = try git("init", "--quiet", folder.file("tree"))
  }

  /// The verdicts on the paths of each case.
  func verdicts(on cases: [IgnoreCase]) throws -> [[IgnoreVerdict?]] {
    var input: [UInt8] = []
    for (index, item) in cases.enumerated() {
      let top = SourcePath(folder.file("tree/\(index)"))
      make(top)
      for path in (item.folders.union(item.rules.keys)).sorted() where !path.isEmpty { make(top.appending(path)) }
      for (path, bytes) in item.rules { try write(bytes, to: top.appending(path).appending(".gitignore")) }
      for path in item.paths { input += SourcePath("\(index)").appending(path).bytes + [0] }
    }
    try write(input, to: SourcePath(folder.file("input")))
    let output = try git("-C", folder.file("tree"), "check-ignore", "--no-index", "--stdin", "-z", "-v", "-n")
    let fields = Array(output).split(separator: 0, omittingEmptySubsequences: false)
    var verdicts = stride(from: 0, to: fields.count - 3, by: 4).map { start -> IgnoreVerdict? in
      if fields[start].isEmpty { return nil }
      return fields[start + 2].first == UInt8(ascii: "!") ? .included : .ignored
    }[...]
    guard verdicts.count == cases.reduce(0, { $0 + $1.paths.count }) else { throw Failed(reason: "git left paths out") }
    return cases.map { item in
      defer { verdicts = verdicts.dropFirst(item.paths.count) }
      return Array(verdicts.prefix(item.paths.count))
    }
  }

  private func make(_ path: SourcePath) {
    _ = (path.bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { name in
      name.baseAddress.map { mkdir($0, 0o755) }
    }
  }

  private func write(_ bytes: [UInt8], to path: SourcePath) throws {
    let file = (path.bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { name in
      name.baseAddress.flatMap { fopen($0, "w") }
    }
    guard let file, fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else {
      throw Failed(reason: "cannot write \(path)")
    }
  }

  private func git(_ arguments: String...) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.environment = environment
    try folder.write("output")
    process.standardInput = FileHandle(forReadingAtPath: folder.file("input"))
    process.standardOutput = FileHandle(forWritingAtPath: folder.file("output"))
    try process.run()
    process.waitUntilExit()
    // 1 says that nothing is ignored.
    guard process.terminationStatus <= 1 else { throw Failed(reason: "git: status \(process.terminationStatus)") }
    return try Data(contentsOf: URL(filePath: folder.file("output")))
  }

  struct Failed: Error {
    let reason: String
  }
}
