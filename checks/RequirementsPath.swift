import ConfigFormats
import Diagnostics
import Doctor
import Manifests
import Packaging
import Project

/// The requirements files that commands and other files name are there.
struct RequirementsPath: Check {
  let documentation = CheckDocumentation(
    id: "requirements-path", area: .environment, reach: .static, severity: .error,
    title: "requirements files exist",
    what: """
      Looks for the files behind -r and -c in the commands of scripts, Dockerfiles and pipelines, and in requirements \
      files. A command may stand in any folder of the project, and a file that something of the project writes counts.
      """,
    why: "pip stops with \"Could not open requirements file\", at the first line of an installation.",
    example: "pip install -r requriements.txt",
    remedy: "correct the name, or add the file")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let commands = context.commands.flatMap { command, path -> [CheckResult] in
      guard !path.isMaterial, let installer = InstallerCommand(command) else { return [] }
      return files(of: installer).compactMap { name in
        guard missing(name, path, in: context) else { return nil }
        let place = Location(path: path, line: command.line, column: command.column)
        if fetches(path, in: context) {
          return CheckResult(
            .unknown, SourcePath(name).description,
            "there is no file \(Escaping.text(name)), but \(path) fetches others",
            at: place)
        }
        return result(name, at: place, in: context)
      }
    }
    let inFiles = requirementsFiles(in: context).flatMap { inFile($0, context) }
    return commands + inFiles + inTables(context) + inTox(context) + inLists(context)
  }

  /// `base` is the folder that the name is relative to, where that is known.
  private func result(
    _ name: String, at place: Location, from base: SourcePath? = nil, in context: CheckContext
  ) -> CheckResult {
    let files = context.project.tree.otherFiles.filter { path in
      (path.name.hasSuffix(".txt") || path.name.hasSuffix(".in")) && path != place.path
    }
    let close = Suggestion.closest(to: SourcePath(name).name, among: Set(files.map(\.name)).sorted())
    let path = close.flatMap { close in
      let named = files.filter { $0.name == close }
      return named.first { $0.parent == base } ?? named.first
    }
    let remedy = path.map { path in "write \(base.map { Self.relative(path, to: $0) } ?? path.description)" }
    return CheckResult(
      .error, SourcePath(name).description, "there is no file \(Escaping.text(name))",
      remedy: remedy ?? "correct the name, or add the file", at: place)
  }

  private static func relative(_ path: SourcePath, to folder: SourcePath) -> String {
    var folder = folder
    var ups = ""
    while !folder.isEmpty {
      if let rest = path.relative(to: folder) { return "\(ups)\(rest)" }
      folder = folder.parent
      ups += "../"
    }
    return "\(ups)\(path)"
  }

  // MARK: - Commands

  private func files(of installer: InstallerCommand) -> [String] {
    switch installer.program {
    case "pip", "uv", "pipenv", "pipx":
      var names = installer.values(of: "--requirement", "--requirements", "--constraint", "--constraints")
      if installer.words.starts(with: ["pip", "sync"]) || installer.words.starts(with: ["pip", "compile"]) {
        names += installer.words.dropFirst(2).filter(Self.isFile)
      }
      return names
    case "pip-sync", "pip-compile": return installer.words.filter(Self.isFile)
    default: return []
    }
  }

  /// Values of options that are not known here stand among the words.
  private static func isFile(_ word: String) -> Bool { word.hasSuffix(".txt") || word.hasSuffix(".in") }

  private func missing(_ name: String, _ path: SourcePath, in context: CheckContext) -> Bool {
    if name.isEmpty || name == "-" || name.contains("://") || name.hasPrefix("<") || name.hasPrefix("/dev/") {
      return false
    }
    // What a shell or a template engine puts in is not known.
    if name.contains(where: { "${}*?[]()<>%~`@,".contains($0) }) || name.hasSuffix(".py") || name.hasSuffix(".toml") {
      return false
    }
    let file = SourcePath(name).normalized
    if file.isAbsolute || name.hasPrefix("..") {
      // Of an image or another machine: its name is what can be judged.
      if context.exists(file) { return false }
      return !isNamedAnywhere(file.name, in: context)
    }
    let folders = context.project.tree.folders + ["", path.parent]
    if folders.contains(where: { context.exists($0.appending(file)) }) { return false }
    return !isNamedAnywhere(file.name, in: context)
  }

  /// Whether a file of the project has that name, or a file that starts commands names it other than to read it: what is
  /// copied, downloaded or written by a command counts.
  private func isNamedAnywhere(_ name: String, in context: CheckContext) -> Bool {
    if context.project.tree.otherFiles.contains(where: { $0.name == name }) { return true }
    let texts = context.project.tree.processFiles.compactMap { file in
      context.code.text(of: file.path).map { file.kind == .dockerfile ? withoutCopies($0, of: name) : $0 }
    }
    let mentions = texts.filter { $0.contains(name) }.reduce(0) { count, text in
      count + text.split { $0.isWhitespace || "\"',[]();=".contains($0) }.count { $0.hasSuffix(name) }
    }
    let reads = context.commands.reduce(0) { count, entry in
      count + (InstallerCommand(entry.command).map { files(of: $0) } ?? []).count { $0.hasSuffix(name) }
    }
    return mentions > reads
  }

  /// A Dockerfile without the lines that copy a file of that name from the project, where there is none; not without those
  /// that copy another to that name, or from another image.
  private func withoutCopies(_ text: String, of name: String) -> String {
    text.textLines.filter { line in
      let words = line.split { $0.isWhitespace || "\"'[],".contains($0) }
      guard let first = words.first?.uppercased(), first == "COPY" || first == "ADD",
        !words.contains(where: { $0.hasPrefix("--from") || $0.contains("://") })
      else { return true }
      return !words.dropFirst().dropLast().contains { $0 == name || $0.hasSuffix("/\(name)") }
    }.joined(separator: "\n")
  }

  /// Whether a file brings sources from elsewhere, among which the requirements file may be.
  private func fetches(_ path: SourcePath, in context: CheckContext) -> Bool {
    if context.code.text(of: path)?.contains("repository:") == true { return true }
    let programs: Set<String> = ["curl", "wget", "tar", "unzip", "svn", "hg", "rsync", "scp"]
    return context.commands.contains { command, place in
      guard place == path, let program = command.words.first else { return false }
      return programs.contains(program) || program == "git" && command.words.contains("clone")
    }
  }

  // MARK: - Requirements files

  private func requirementsFiles(in context: CheckContext) -> [SourcePath] {
    let named = context.project.tree.otherFiles.filter { $0.name.lowercased().contains("requirement") }
    return Set(context.declared.files + named).filter { path in
      !path.isMaterial && [".txt", ".in", ".pip"].contains { path.name.hasSuffix($0) }
    }.sorted()
  }

  private func inFile(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    guard let bytes = context.code.bytes(of: path) else { return [] }
    return RequirementsFile(bytes).entries.compactMap { entry in
      guard case .file(let name, _) = entry.content, !name.revealed.contains("://"), !name.revealed.contains("${")
      else {
        return nil
      }
      let file = path.parent.appending(SourcePath(name.revealed)).normalized
      if context.exists(file) { return nil }
      let place = Location(path: path, line: entry.line, column: entry.column)
      return result(name.revealed, at: place, from: path.parent, in: context)
    }
  }

  // MARK: - Other manifests

  /// `dependencies = {file = ["requirements.txt"]}` of setuptools
  private func inTables(_ context: CheckContext) -> [CheckResult] {
    context.declared.files.filter { $0.name == "pyproject.toml" }.flatMap { path -> [CheckResult] in
      guard let bytes = context.code.bytes(of: path), let document = try? TOMLReader.read(bytes) else { return [] }
      let dynamic = document["tool"]?["setuptools"]?["dynamic"]
      let groups = (dynamic?["optional-dependencies"]?.table?.entries ?? []).map(\.value)
      let files = ([dynamic?["dependencies"]].compactMap(\.self) + groups).compactMap { $0["file"] }
      return files.flatMap { $0.array ?? [$0] }.compactMap { node in
        guard let name = node.string, !context.exists(path.parent.appending(name)) else { return nil }
        return result(name, at: Location(path: path, line: node.place.line, column: node.place.column), in: context)
      }
    }
  }

  /// `- requirements: docs/requirements.txt` of Read the Docs, `- -r requirements.txt` of conda.
  private func inLists(_ context: CheckContext) -> [CheckResult] {
    let services = [".readthedocs.yaml", ".readthedocs.yml", "readthedocs.yml"]
    let environments = ["environment.yml", "environment.yaml"]
    return context.project.tree.otherFiles.filter { !$0.isMaterial }.flatMap { path -> [CheckResult] in
      let isService = services.contains(path.name)
      guard isService || environments.contains(path.name), let text = context.code.text(of: path) else { return [] }
      return zip(1..., text.textLines).compactMap { number, line in
        let words = line.split { $0.isWhitespace || "\"'".contains($0) }.drop { $0 == "-" }.map(String.init)
        let options = isService ? ["requirements:"] : ["-r", "--requirement", "-c", "--constraint"]
        guard words.count > 1, options.contains(words[0]), !words[1].contains("$"), !words[1].contains("://"),
          !context.exists(path.parent.appending(words[1])), !context.exists(SourcePath(words[1])),
          let start = line.firstRange(of: words[1])?.lowerBound
        else { return nil }
        let column = line.unicodeScalars.distance(from: line.startIndex, to: start) + 1
        return result(
          words[1], at: Location(path: path, line: number, column: column), from: path.parent, in: context)
      }
    }
  }

  /// `deps = -r{toxinidir}/requirements.txt`
  private func inTox(_ context: CheckContext) -> [CheckResult] {
    context.project.tree.files.filter { $0.name == "tox.ini" && !$0.isMaterial }.flatMap { path -> [CheckResult] in
      guard let text = context.code.text(of: path) else { return [] }
      return ConfigParserFile(text).entries.filter { $0.key == "deps" }.flatMap(\.lines).compactMap { line in
        guard line.text.hasPrefix("-r") || line.text.hasPrefix("-c") else { return nil }
        var name = String(line.text.dropFirst(2).drop { $0 == " " })
        for folder in ["{toxinidir}/", "{tox_root}/"] where name.hasPrefix(folder) { name.removeFirst(folder.count) }
        guard !name.contains(where: { "{}$ ".contains($0) }), !name.contains("://"),
          !context.exists(path.parent.appending(name))
        else { return nil }
        return result(name, at: Location(path: path, line: line.line, column: line.column), in: context)
      }
    }
  }
}
