package import Diagnostics
import Host
import Project
import PythonSource

#if canImport(Glibc)
  import Glibc
#endif

/// Paths that settings name, as checks look at them.
extension CheckContext {
  /// Whether a file that starts programs sets PYTHONPATH, so that modules may be found in more places than are known.
  package var mentionsPythonPath: Bool {
    project.tree.processFiles.contains { code.mentions("PYTHONPATH", in: $0.path) }
      || !code.sources(mentioning: "sys.path", "addsitedir").isEmpty
  }

  /// Where a path of the settings may lead, absolute: a relative one to the folder of manage.py and to the project's.
  package func places(of path: SourcePath) -> [SourcePath] {
    if path.isAbsolute { return [path.normalized] }
    let home = project.root.appending(project.managePath?.parent ?? "").appending(path).normalized
    let outer = project.root.appending(path).normalized
    return home == outer ? [home] : [home, outer]
  }

  package func fileExists(_ file: SourcePath) -> Bool { Files.kind(of: file) == .regular }

  /// Whether something else than a folder stands there.
  package func isNoFolder(_ path: SourcePath) -> Bool { Files.kind(of: path).map { $0 != .folder } ?? false }

  /// Whether this user may write into a file that exists.
  package func canWriteFile(_ file: SourcePath) -> Bool { Files.isAccessible(file, W_OK) }

  /// Whether the settings may make a folder when they are read: what is missing now may be there then.
  package func settingsMayMake(_ folder: SourcePath) -> Bool {
    settings?.sources.contains { path in
      guard let tree = code.tree(of: path) else { return false }
      return (tree.mentions(of: "mkdir") + tree.mentions(of: "makedirs")).contains { name in
        let calls = tree.calls.filter { $0.range.contains(name.offset) && $0.range.upperBound > name.range.upperBound }
        guard let call = calls.min(by: { $0.range.count < $1.range.count }) else { return true }
        let written = folderNames(in: call, of: tree)
        return written.isEmpty || written.contains(folder.name)
      }
    } ?? false
  }

  /// The names of folders that a call writes out, those of the constants that it takes too.
  private func folderNames(in call: PythonExpression, of tree: PythonTree) -> [String] {
    var ranges = [call.range]
    for (target, value) in tree.assignments {
      guard let name = target.dottedName, tree.mentions(of: name).contains(where: { call.range.contains($0.offset) })
      else { continue }
      ranges.append(value.range)
    }
    return ranges.flatMap { tree.strings(within: $0) }.compactMap(\.stringValue).map { SourcePath($0).name }
  }

  /// Whether the project is made for containers too, whose folders are not this machine's.
  package var hasContainers: Bool {
    (project.tree.otherFiles + project.tree.processFiles.map(\.path)).contains { path in
      let name = path.name.lowercased()
      return name.hasPrefix("dockerfile") || name.hasSuffix(".dockerfile") || name.hasPrefix("containerfile")
        || name.hasPrefix("docker-compose") || name.hasPrefix("compose.") || name == "vagrantfile"
    }
  }
}

extension SourcePath {
  /// `c:/data`, `C:\data`, `\\server\share`.
  package var isOfWindows: Bool {
    let text = bytes.prefix(3)
    if bytes.starts(with: [0x5C, 0x5C]) { return true }
    guard text.count == 3, let letter = text.first, (0x41...0x5A).contains(letter & 0xDF) else { return false }
    return text.dropFirst().first == UInt8(ascii: ":") && (text.last == UInt8(ascii: "/") || text.last == 0x5C)
  }
}

extension CheckContext {
  /// Whether a value stands in a branch for tests alone, in which Django makes databases of its own: `if "test" in sys.argv:`.
  package func isOfTests(_ place: Location) -> Bool {
    guard let line = place.line, let tree = code.tree(of: place.path) else { return false }
    func speaksOfTests(_ condition: PythonExpression) -> Bool {
      String(decoding: tree.source[condition.range], as: UTF8.self).lowercased().contains("test")
    }
    for choice in tree.choices {
      guard case .conditional(let value, let condition, let otherwise) = choice.node, speaksOfTests(condition) else {
        continue
      }
      if [value, otherwise].contains(where: { $0.line == line && $0.column == place.column }) { return true }
    }
    func holdsPlace(_ statement: PythonStatement) -> Bool {
      statement.line <= line && line <= tree.lines.line(of: statement.range.upperBound)
    }
    var statements = tree.statements
    while case .if(let condition, let body, let otherwise)? = statements.first(where: holdsPlace)?.kind {
      let isNegated = if case .unary = condition.node { true } else { false }
      if speaksOfTests(condition), (isNegated ? otherwise : body).contains(where: holdsPlace) { return true }
      statements = body + otherwise
    }
    return false
  }
}
