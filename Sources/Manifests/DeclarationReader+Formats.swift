import ConfigFormats
import Diagnostics
import Host
import Packaging

extension DeclarationReader {
  // MARK: - TOML

  mutating func readPyProject(_ bytes: [UInt8], _ path: SourcePath) {
    let file: PyProject
    do { file = try PyProject(bytes: bytes) } catch { return tell(error, path) }
    for problem in file.problems where !file.remarks.contains(problem) { tell(problem, path) }
    addProject(file.project?.name)
    addPython(file.project?.requiresPython)
    let places = NamePlaces(bytes)
    for dependency in file.dependencies { add(dependency, path, places) }
    for dependency in file.toolDependencies { add(dependency, path, places, otherwise: .dev) }
    readDynamic(file, bytes, path)
    readPixi(bytes, path, isPyProject: true)
  }

  /// The files that setuptools takes dynamic fields from.
  private mutating func readDynamic(_ file: PyProject, _ bytes: [UInt8], _ path: SourcePath) {
    guard file.project?.dynamic.isEmpty == false, let document = try? TOMLReader.read(bytes) else { return }
    let dynamic = document["tool"]?["setuptools"]?["dynamic"]
    for name in DeclaredManifest.files(dynamic?["dependencies"]) ?? [] { add(file: name, of: path, .runtime) }
    for entry in dynamic?["optional-dependencies"]?.table?.entries ?? [] {
      for name in DeclaredManifest.files(entry.value) ?? [] {
        add(file: name, of: path, DeclarationRole(ofPart: entry.key))
      }
    }
  }

  mutating func readPipfile(_ bytes: [UInt8], _ path: SourcePath) {
    let file: Pipfile
    do { file = try Pipfile(bytes: bytes) } catch { return tell(error, path) }
    for problem in file.problems { tell(problem, path) }
    for dependency in file.dependencies { add(dependency, path, NamePlaces(bytes)) }
  }

  private mutating func add(
    _ dependency: DeclaredDependency, _ path: SourcePath, _ places: NamePlaces,
    otherwise fallback: DeclarationRole.Kind = .optional
  ) {
    let role =
      switch dependency.group {
      // A project below tests/ or docs/ is for these, whatever it calls them itself.
      case .project: DeclarationRole(of: path.parent) ?? .runtime
      case .extra(let name): DeclarationRole(ofPart: name)
      case .group(let name): DeclarationRole(ofPart: name, otherwise: fallback)
      case .build: DeclarationRole(.build)
      }
    let column = places.column(of: dependency.line, dependency.column)
    add(dependency.requirement, role, at: Location(path: path, line: dependency.line, column: column))
  }

  // MARK: - setuptools

  mutating func readSetupConfiguration(_ bytes: [UInt8], _ path: SourcePath) {
    let file = SetupConfiguration(String(decoding: bytes, as: UTF8.self))
    addProject(file.name.flatMap { PackageName($0) })
    add(file.requirements, DeclarationRole(of: path.parent) ?? .runtime, path)
    add(file.tests, DeclarationRole(.test), path)
    add(file.builds, DeclarationRole(.build), path)
    for (name, list) in file.extras { add(list, DeclarationRole(ofPart: name), path) }
  }

  private mutating func add(_ list: SetupConfiguration.List, _ role: DeclarationRole, _ path: SourcePath) {
    switch list {
    case .texts(let lines):
      for line in lines { add(line.text, role, at: Location(path: path, line: line.line, column: line.column)) }
    case .files(let names, _): for name in names { add(file: name, of: path, role) }
    }
  }

  mutating func readSetupScript(_ bytes: [UInt8], _ path: SourcePath) {
    let script = SetupScript(bytes)
    addProject(script.name.flatMap { PackageName($0) })
    let places = NamePlaces(bytes)
    func take(_ texts: [SetupScript.Text], _ role: DeclarationRole, marker: String? = nil) {
      for text in texts {
        let column = places.column(of: text.line, text.column)
        let condition = marker.map { text.text.utf8.contains(UInt8(ascii: ";")) ? "" : "; \($0)" } ?? ""
        add(text.text + condition, role, at: Location(path: path, line: text.line, column: column))
      }
    }
    take(script.requirements, DeclarationRole(of: path.parent) ?? .runtime)
    take(script.tests, DeclarationRole(.test))
    take(script.builds, DeclarationRole(.build))
    for (key, texts) in script.extras {
      // Behind `:` stands a marker; with nothing before it they are everybody's.
      let parts = key.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
      let marker = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
      take(texts, name.isEmpty ? .runtime : DeclarationRole(ofPart: name), marker: marker)
    }
    if let place = script.unknownRequirements {
      tell(DeclaredManifest.unknown("install_requires", at: place, path, .warning))
    }
  }

  // MARK: - tox and conda

  /// `deps` of the test environments: requirements, `-r FILE`, either behind a `factor:`.
  /// https://tox.wiki/en/stable/config.html#deps
  mutating func readTox(_ bytes: [UInt8], _ path: SourcePath) {
    let file = ConfigParserFile(String(decoding: bytes, as: UTF8.self))
    for entry in file.entries where entry.key == "deps" && entry.section.hasPrefix("testenv") {
      let name = String(entry.section.dropFirst("testenv".count).drop { $0 == ":" })
      let role = name.isEmpty ? DeclarationRole(.test) : DeclarationRole(ofPart: name, otherwise: .test)
      for line in entry.lines { readTox(line, role, path) }
    }
  }

  private mutating func readTox(_ line: ConfigParserFile.Line, _ role: DeclarationRole, _ path: SourcePath) {
    var text = Substring(line.text)
    if let comment = text.firstRange(of: " #") { text = text[..<comment.lowerBound] }
    if let factor = text.firstRange(of: ": "), !text[..<factor.lowerBound].contains(" ") {
      text = text[factor.upperBound...].drop { $0 == " " }
    }
    for option in ["--requirement", "-r", "--constraint", "-c"] where text.hasPrefix(option) {
      let name = text.dropFirst(option.count).drop { $0 == " " || $0 == "=" }.replacing("{toxinidir}/", with: "")
      let kind = option.hasSuffix("c") || option.hasSuffix("constraint") ? DeclarationRole(.constraint) : role
      if !name.contains("{") { add(file: String(name), of: path, kind) }
      return
    }
    guard let requirement = try? Requirement(parsing: String(text)) else { return }
    let column = line.column + line.text.unicodeScalars.distance(from: line.text.startIndex, to: text.startIndex)
    add(requirement, role, at: Location(path: path, line: line.line, column: column))
  }

  mutating func readConda(_ bytes: [UInt8], _ path: SourcePath) {
    let role = DeclarationRole(of: path) ?? .runtime
    for entry in CondaEnvironment(String(decoding: bytes, as: UTF8.self)).entries {
      let location = Location(path: path, line: entry.line, column: entry.column)
      if entry.isPip {
        if let requirement = try? Requirement(parsing: entry.text) { add(requirement, role, at: location) }
      } else if let name = PackageName(entry.text), !["python", "pip"].contains(name.normalized) {
        add(Requirement(name: CondaEnvironment.pythonName(of: name)), role, at: location, isConda: true)
      }
    }
  }

  mutating func readPixi(_ bytes: [UInt8], _ path: SourcePath, isPyProject: Bool) {
    let manifest: PixiManifest
    do { manifest = try PixiManifest(bytes: bytes, isPyProject: isPyProject) } catch { return tell(error, path) }
    let places = NamePlaces(bytes)
    for entry in manifest.entries {
      let role =
        if entry.isForBuilding {
          DeclarationRole(.build)
        } else if let feature = entry.feature {
          DeclarationRole(ofPart: feature)
        } else {
          DeclarationRole.runtime
        }
      let location = Location(path: path, line: entry.line, column: places.column(of: entry.line, entry.column))
      let name = entry.isConda ? CondaEnvironment.pythonName(of: entry.name) : entry.name
      add(Requirement(name: name, extras: entry.extras), role, at: location, isConda: entry.isConda)
    }
  }
}
