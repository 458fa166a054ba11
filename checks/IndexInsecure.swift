import ConfigFormats
import Diagnostics
import Doctor
import Manifests
import Packaging
import Project

/// Packages come from indexes that prove who they are.
struct IndexInsecure: Check {
  let documentation = CheckDocumentation(
    id: "index-insecure", area: .environment, reach: .static, severity: .warning,
    title: "indexes asked with TLS",
    what: """
      Looks for indexes with http:// and for trusted hosts in the commands of scripts, Dockerfiles and pipelines, in \
      requirements files, pip.conf and pip.ini, pyproject.toml, uv.toml and Pipfile, and in the variables of pip and uv. \
      Addresses of this machine are left alone.
      """,
    why: """
      Whoever sits on the way can put another package in the place of one that is installed, and its code runs at once. \
      --trusted-host turns the check of the certificate off.
      """,
    example: "pip install -i http://mirror.example/simple/ --trusted-host mirror.example -r requirements.txt",
    remedy: "write https:// and leave --trusted-host out; give a private index a certificate, and pip its --cert")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    var results = context.commands.filter { !$0.path.isMaterial }.compactMap { command, path in
      InstallerCommand(command).flatMap { installer in
        result(
          indexes(of: installer), among: installer.values(of: "--index-url", "--extra-index-url", "--trusted-host"),
          at: Location(path: path, line: command.line, column: command.column))
      }
    }
    for path in requirementsFiles(in: context) { results += inRequirements(path, context) }
    let tree = context.project.tree
    for path in tree.files + tree.otherFiles + tree.processFiles.map(\.path) where !path.isMaterial {
      switch path.name {
      case "pip.conf", "pip.ini": results += inConfiguration(path, context)
      case "setup.cfg": results += inConfiguration(path, context, section: "easy_install")
      case "tox.ini": results += inTox(path, context) + inVariables(path, context)
      case "environment.yml", "environment.yaml": results += inConda(path, context)
      case "pyproject.toml", "uv.toml", "Pipfile": results += inTables(path, context)
      default: break
      }
    }
    for file in context.project.tree.processFiles where !file.kind.isCode && !file.path.isMaterial {
      results += inVariables(file.path, context)
    }
    return results
  }

  /// `values` are the addresses and hosts that were given.
  private func result(_ found: [InsecureIndex], among values: [String] = [], at place: Location) -> CheckResult? {
    guard let first = found.first else {
      guard let value = values.first(where: { $0.hasPrefix("$") }) else { return nil }
      // The name alone: a default behind it may hold a password.
      let name = value.drop { "${".contains($0) }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let hidden = "$\(name)"
      return CheckResult(
        .unknown, Escaping.text(hidden), "whether the index is asked by TLS is not known: a variable holds its address",
        at: place)
    }
    var told: [String] = []
    for index in found where !told.contains(index.description) { told.append(index.description) }
    return CheckResult(
      .warning, first.host, told.joined(separator: ", and "),
      remedy: found.contains { $0.way == .plainHTTP }
        ? "write https://\(found.contains { $0.way == .unverified } ? ", and leave the trusted host out" : "")"
        : "leave the trusted host out; --cert FILE takes a certificate of your own",
      at: place)
  }

  // MARK: - Commands

  private func indexes(of installer: InstallerCommand) -> [InsecureIndex] {
    var found = installer.values(
      of: "--index-url", "--extra-index-url", "--index", "--default-index", "--find-links", "--pypi-mirror",
      "--pypi-url"
    ).compactMap { InsecureIndex(url: Self.address($0)) }
    found += installer.values(of: "--trusted-host", "--allow-insecure-host").compactMap { InsecureIndex(trusted: $0) }
    // `pip config set global.index-url URL`, `poetry source add NAME URL`
    if installer.words.starts(with: ["config", "set"]), installer.words.count > 3 {
      let (key, value) = (installer.words[2], installer.words[3])
      if key.hasSuffix("index-url") { found += [InsecureIndex(url: value)].compactMap(\.self) }
      if key.hasSuffix("trusted-host") { found += Self.hosts(value) }
    } else if installer.words.starts(with: ["source", "add"]) {
      found += installer.words.compactMap { InsecureIndex(url: $0) }
    }
    return found
  }

  /// `name=http://...`, as uv names an index.
  private static func address(_ text: String) -> String {
    guard let sign = text.firstIndex(of: "="), !text[..<sign].contains(":") else { return text }
    return String(text[text.index(after: sign)...])
  }

  private static func hosts(_ text: String) -> [InsecureIndex] {
    text.split { $0.isWhitespace || $0 == "," }.compactMap { InsecureIndex(trusted: String($0)) }
  }

  // MARK: - Files

  private func requirementsFiles(in context: CheckContext) -> [SourcePath] {
    let named = context.project.tree.otherFiles.filter { $0.description.lowercased().contains("requirement") }
    return Set(context.declared.files + context.declared.locks.map(\.path) + named)
      .filter { path in !path.isMaterial && [".txt", ".in", ".pip"].contains { path.name.hasSuffix($0) } }.sorted()
  }

  private func inRequirements(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    guard let bytes = context.code.bytes(of: path) else { return [] }
    return RequirementsFile(bytes).entries.compactMap { entry in
      guard case .option(let option, let value?) = entry.content else { return nil }
      let place = Location(path: path, line: entry.line, column: entry.column)
      switch option {
      case .indexURL, .extraIndexURL, .findLinks:
        return result([InsecureIndex(url: value.revealed)].compactMap(\.self), among: [value.revealed], at: place)
      case .trustedHost:
        return result([InsecureIndex(trusted: value.revealed)].compactMap(\.self), among: [value.revealed], at: place)
      default: return nil
      }
    }
  }

  /// `install_command = pip install -i http://... {opts} {packages}`
  private func inTox(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    guard let text = context.code.text(of: path) else { return [] }
    return ConfigParserFile(text).entries.filter { $0.key == "install_command" }.compactMap { entry in
      guard let first = entry.lines.first(where: { !$0.text.isEmpty }) else { return nil }
      let words = entry.lines.flatMap { $0.text.split(separator: " ").map(String.init) }
      let command = ProcessCommand(words: words, line: first.line, column: first.column, place: .testRunner)
      return InstallerCommand(command).flatMap {
        result(indexes(of: $0), at: Location(path: path, line: first.line, column: first.column))
      }
    }
  }

  /// `- --index-url http://...` in the list of what conda lets pip install.
  private func inConda(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    zip(1..., context.code.text(of: path)?.textLines ?? []).compactMap { number, line in
      let words = line.split { $0.isWhitespace || "\"'".contains($0) }.drop { $0 == "-" }.map(String.init)
      guard let first = words.first, first.hasPrefix("-"), let start = line.firstRange(of: first)?.lowerBound else {
        return nil
      }
      let column = line.distance(from: line.startIndex, to: start) + 1
      let command = ProcessCommand(words: ["pip", "install"] + words, line: number, column: column, place: .task)
      return InstallerCommand(command).flatMap {
        result(indexes(of: $0), at: Location(path: path, line: number, column: column))
      }
    }
  }

  private func inConfiguration(
    _ path: SourcePath, _ context: CheckContext, section: String? = nil
  ) -> [CheckResult] {
    guard let text = context.code.text(of: path) else { return [] }
    return ConfigParserFile(text).entries.filter { section == nil || $0.section == section }.flatMap { entry in
      entry.lines.compactMap { line in
        let place = Location(path: path, line: line.line, column: line.column)
        switch entry.key.map({ $0 == "_" ? "-" : String($0) }).joined().lowercased() {
        case "index-url", "extra-index-url", "find-links":
          return result(line.text.split(separator: " ").compactMap { InsecureIndex(url: String($0)) }, at: place)
        case "trusted-host": return result(Self.hosts(line.text), at: place)
        default: return nil
        }
      }
    }
  }

  private func inTables(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    guard let bytes = context.code.bytes(of: path), let document = try? TOMLReader.read(bytes) else { return [] }
    let tools = document["tool"]
    let uv = path.name == "uv.toml" ? document : tools?["uv"]
    var results: [CheckResult] = []
    func place(_ node: ConfigNode) -> Location {
      Location(path: path, line: node.place.line, column: node.place.column)
    }
    func add(url node: ConfigNode?) {
      guard let node, let index = node.string.flatMap({ InsecureIndex(url: $0) }) else { return }
      results += [result([index], at: place(node))].compactMap(\.self)
    }
    let sources = [uv?["index"], tools?["poetry"]?["source"], tools?["pdm"]?["source"], document["source"]]
    for source in sources.flatMap({ $0?.array ?? [] }) {
      add(url: source["url"])
      // Pipfile and pdm
      if let verified = source["verify_ssl"], verified.boolean == false, let url = source["url"]?.string,
        url.hasPrefix("https://"), let index = InsecureIndex(url: "http://\(url.dropFirst(8))")
      {
        let unverified = InsecureIndex(trusted: index.host)
        results += [result([unverified].compactMap(\.self), at: place(verified))].compactMap(\.self)
      }
    }
    for options in [uv, uv?["pip"]] {
      add(url: options?["index-url"])
      for node in options?["extra-index-url"]?.array ?? [] { add(url: node) }
      for node in options?["allow-insecure-host"]?.array ?? [] {
        results += [result(node.string.map(Self.hosts) ?? [], at: place(node))].compactMap(\.self)
      }
    }
    return results
  }

  // MARK: - Variables

  private static let addresses = [
    "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL",
    "UV_INDEX", "PIPENV_PYPI_MIRROR", "PIPENV_INDEX_URL",
  ]
  private static let trusted = ["PIP_TRUSTED_HOST", "UV_INSECURE_HOST"]

  /// `ENV PIP_INDEX_URL=http://...`, `PIP_TRUSTED_HOST: mirror.example`, `export PIP_INDEX_URL=...`
  private func inVariables(_ path: SourcePath, _ context: CheckContext) -> [CheckResult] {
    guard let text = context.code.text(of: path),
      text.contains("PIP_") || text.contains("UV_") || text.contains("PIPENV_")
    else { return [] }
    var results: [CheckResult] = []
    for (number, line) in zip(1..., text.textLines) {
      guard line.first(where: { !$0.isWhitespace }) != "#" else { continue }
      let words = line.split { $0.isWhitespace || "=\"'\\".contains($0) }.map(String.init)
      for (name, value) in zip(words, words.dropFirst()) {
        let name = name.last == ":" ? String(name.dropLast()) : name
        let index =
          Self.addresses.contains(name)
          ? InsecureIndex(url: value) : Self.trusted.contains(name) ? InsecureIndex(trusted: value) : nil
        guard let index else { continue }
        results += [result([index], at: Location(path: path, line: number, column: 1))].compactMap(\.self)
      }
    }
    return results
  }
}
