import ConfigFormats
import Diagnostics
import Host
import Packaging

extension DeclaredManifest {
  /// What a setup.cfg in `folder` declares; nil when there is none.
  init?(setupConfiguration path: SourcePath, in folder: SourcePath, _ host: Host) throws(Finding) {
    guard let text = try Self.bytes(path, in: folder).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
    self.init(path: path)
    let configuration = SetupConfiguration(text)
    name = configuration.name.flatMap { PackageName($0) }
    var requirements = SetupRequirements(path: path, folder: folder, host: host)
    roots = try requirements.roots(of: configuration.requirements, "\(path)")
    for (name, list) in configuration.extras {
      extras.append((name, try requirements.roots(of: list, "\(path) (extra \(Escaping.text(name)))")))
    }
    findings = requirements.findings
    if roots.isEmpty && extras.isEmpty { return }
    if let problem = configuration.problems.first { throw Self.finding(problem, path) }
  }

  private static func finding(_ problem: ConfigParserFile.Problem, _ path: SourcePath) -> Finding {
    let (message, remedy) =
      switch problem.reason {
      case .noSection: ("this stands before the first [section]", "put it below a section")
      case .repeatedSection(let name): ("the section [\(Escaping.text(name))] is there twice", "join the two")
      case .repeatedKey(let name): ("\(Escaping.text(name)) is given twice", "join the two")
      case .noValue: ("this line is neither a section nor KEY = VALUE", "indent it if it belongs to the value above")
      }
    return Finding(.error, at: Location(path: path, line: problem.line), message, remedy: remedy)
  }

  /// What a setup.py in `folder` declares as literals; nil when there is none.
  init?(setupScript path: SourcePath, in folder: SourcePath) throws(Finding) {
    guard let bytes = try Self.bytes(path, in: folder) else { return nil }
    self.init(path: path)
    let script = SetupScript(bytes)
    name = script.name.flatMap { PackageName($0) }
    let requirements = SetupRequirements(path: path, folder: folder, host: nil)
    // A part of the requirements alone would be a wrong answer, and extras may hold some for everybody.
    if let place = script.unknownRequirements {
      findings = [Self.unknown("install_requires", at: place, path, .warning)]
      return
    }
    for text in script.requirements { roots.append(try requirements.root(text, "\(path)", marker: nil)) }
    for (key, texts) in script.extras { try take(key, texts, requirements) }
    unknownExtras = script.unknownExtras.map { Self.unknown("extras_require", at: $0, path, .error) }
  }

  static func unknown(
    _ keyword: String, at place: SetupScript.Place, _ path: SourcePath, _ severity: Severity
  ) -> Finding {
    Finding(
      severity, at: Location(path: path, line: place.line, column: place.column),
      "\(keyword) is not written out here, and \(path) is not run", remedy: "name the requirements: --requirements FILE"
    )
  }

  /// `extras_require` has markers behind `:` of its keys; with nothing before it they are everybody's requirements.
  private mutating func take(
    _ key: String, _ texts: [SetupScript.Text], _ requirements: SetupRequirements
  ) throws(Finding) {
    let parts = key.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.flatMap { String($0) } ?? ""
    let marker = parts.count > 1 ? String(parts[1]) : nil
    let origin = name.isEmpty ? "\(path)" : "\(path) (extra \(Escaping.text(name)))"
    var found: [Root] = []
    for text in texts { found.append(try requirements.root(text, origin, marker: marker)) }
    if name.isEmpty {
      roots += found
    } else if let index = extras.firstIndex(where: { $0.name == name }) {
      extras[index].roots += found
    } else {
      extras.append((name, found))
    }
  }

  /// The bytes of a file of the project; nil when it is not there.
  static func bytes(_ path: SourcePath, in folder: SourcePath) throws(Finding) -> [UInt8]? {
    do { return try Files.read(folder.appending(path), limit: 64 << 20) } catch {
      if error.isMissing || error.isNoFile { return nil }
      throw Finding(.error, at: Location(path: path), "\(error)", remedy: "make the file readable")
    }
  }
}

/// Makes roots of what setup.cfg and setup.py ask for.
private struct SetupRequirements {
  let path: SourcePath
  let folder: SourcePath
  let host: Host?
  private(set) var findings: [Finding] = []

  init(path: SourcePath, folder: SourcePath, host: Host?) {
    self.path = path
    self.folder = folder
    self.host = host
  }

  mutating func roots(of list: SetupConfiguration.List, _ origin: String) throws(Finding) -> [Root] {
    switch list {
    case .texts(let lines):
      var roots: [Root] = []
      for line in lines { roots.append(try root((line.text, line.line, line.column), origin, marker: nil)) }
      return roots
    case .files(let names, let place):
      guard let host else { return [] }
      var tree = RequirementsTree(in: folder, host: host)
      for name in names {
        let file = SourcePath(name)
        guard Files.kind(of: folder.appending(file)) == .regular else {
          throw Finding(
            .error, at: Location(path: path, line: place.line, column: place.column),
            "there is no file \(file) to take requirements from", remedy: "correct the name behind `file:`")
        }
        try tree.add(file)
      }
      let manifest = try DeclaredManifest(tree, path: path, in: folder)
      findings += manifest.findings
      return manifest.roots
    }
  }

  func root(_ text: SetupScript.Text, _ origin: String, marker: String?) throws(Finding) -> Root {
    let location = Location(path: path, line: text.line)
    let word = String(text.text.prefix { $0.isLetter || $0 == "_" })
    if word.contains("_"), MarkerVariable(rawValue: word) != nil {
      throw Finding(
        .error, at: Location(path: path, line: text.line, column: text.column),
        "a marker behind a `;` in a list on one line is read as a distribution named \(word)",
        remedy: "write each requirement on a line of its own")
    }
    var requirement: Requirement
    do {
      requirement = try Requirement(parsing: text.text)
      if let marker {
        let both = requirement.marker.map { "(\($0)) and (\(marker))" } ?? marker
        requirement = Requirement(
          name: requirement.name, extras: requirement.extras, specifiers: requirement.specifiers, url: requirement.url,
          marker: try Marker(parsing: both))
      }
    } catch {
      throw Finding(
        .error, at: Location(path: path, line: text.line, column: text.column),
        "not a requirement: \(CredentialText(text.text)): \(error)", remedy: "correct it, for example django>=5.2")
    }
    let source = requirement.url.map { Root.Source.url(CredentialText($0)) } ?? .index
    return Root(requirement: requirement.withoutCredentials, origin: origin, location: location, source: source)
  }
}
