package import Diagnostics
package import Host
package import Packaging

/// Requirements files with the files that they name.
///
/// Supported: `-r` and `-c` to any depth below 100, relative to the file that names them; each file is read once as
/// requirements and once as constraints. A file that includes itself is an error, as it is for pip. Unsupported: URLs.
package struct RequirementsTree: Sendable {
  /// A requirement or constraint, with its file.
  package struct Line: Sendable {
    package let line: RequirementLine
    package let location: Location
    /// Where it begins in its line, from 1.
    package let column: Int
    /// The lines that led to its file.
    package let includes: [Location]
  }

  package struct Option: Sendable {
    package let option: RequirementsOption
    package let value: CredentialText?
    package let location: Location
  }

  package private(set) var requirements: [Line] = []
  package private(set) var constraints: [Line] = []
  /// In the order in which pip meets them.
  package private(set) var options: [Option] = []
  /// What pip passes over.
  package private(set) var findings: [Finding] = []

  private struct Visit: Hashable {
    let path: SourcePath
    let isConstraint: Bool
  }

  private let folder: SourcePath
  private let host: Host
  /// Whether what pip would refuse is told among the findings, and the rest read all the same.
  private let isLenient: Bool
  private var seen: Set<Visit> = []
  /// The files that are being read, each with the line that named the next.
  private var open: [(path: SourcePath, place: Location?)] = []

  /// Reads a file, `file` relative to `folder` or absolute; the environment variables are `host`'s.
  package init(_ file: SourcePath, in folder: SourcePath, host: Host) throws(Finding) {
    self.init(in: folder, host: host)
    try read(file, isConstraint: false, namedAt: nil)
  }

  /// A lenient one throws nothing: what pip would refuse is among the findings, and the rest is read all the same.
  package init(in folder: SourcePath, host: Host, isLenient: Bool = false) {
    self.folder = folder
    self.host = host
    self.isLenient = isLenient
  }

  /// Adds one more file.
  package mutating func add(_ file: SourcePath) throws(Finding) { try read(file, isConstraint: false, namedAt: nil) }

  /// Adds the bytes of a file that has no place of its own, standard input for one; what it includes starts at the folder.
  package mutating func add(_ bytes: [UInt8], named name: SourcePath) throws(Finding) {
    try take(bytes, of: name, isConstraint: false)
  }

  /// Whether a lock was read: a requirement from an index is there, and each of them names its one version.
  package var isPinned: Bool {
    let fromIndex = requirements.filter { $0.line.source == .index }.compactMap(\.line.requirement)
    return !fromIndex.isEmpty && fromIndex.allSatisfy { $0.specifiers.pinnedVersion != nil }
  }

  // MARK: - Reading

  private mutating func refuse(_ finding: Finding) throws(Finding) {
    if !isLenient { throw finding }
    findings.append(finding)
  }

  private var includes: [Location] { open.compactMap(\.place) }

  private mutating func read(_ file: SourcePath, isConstraint: Bool, namedAt place: Location?) throws(Finding) {
    let path = folder.appending(file).normalized
    if open.contains(where: { $0.path == path }) {
      return try refuse(
        Finding(.error, at: place, "\(file) includes itself: \(trail(to: file))", remedy: "remove one of these lines"))
    }
    guard open.count < 100 else {
      return try refuse(
        Finding(.error, at: place, "the files include one another 100 deep", remedy: "put them into fewer files"))
    }
    guard seen.insert(Visit(path: path, isConstraint: isConstraint)).inserted else { return }
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limit: 64 << 20) } catch {
      let kind = isConstraint ? "constraints" : "requirements"
      return try refuse(
        Finding(.error, at: place, "\(error)\(way(to: place))", remedy: "name a \(kind) file that can be read"))
    }
    open.append((path, nil))
    try take(bytes, of: file, isConstraint: isConstraint)
    open.removeLast()
  }

  private mutating func take(_ bytes: [UInt8], of file: SourcePath, isConstraint: Bool) throws(Finding) {
    let content = RequirementsFile(bytes) { host.environment[$0] }
    for problem in content.problems {
      let location = Location(path: file, line: problem.line, column: problem.column)
      let finding = Finding(
        problem.isError ? .error : .warning, at: location, "\(problem)\(problem.isError ? way : "")",
        remedy: problem.remedy)
      if problem.isError { try refuse(finding) } else { findings.append(finding) }
    }
    for entry in content.entries {
      let location = Location(path: file, line: entry.line)
      switch entry.content {
      case .requirement(let line):
        let found = Line(line: line, location: location, column: entry.column, includes: includes)
        if isConstraint { try constrain(found) } else { requirements.append(found) }
      case .option(let option, let value):
        options.append(Option(option: option, value: value, location: location))
      case .file(let name, let isConstraint):
        try include(name, isConstraint: isConstraint, at: location)
      }
    }
  }

  private mutating func include(_ name: CredentialText, isConstraint: Bool, at location: Location) throws(Finding) {
    let url = RequirementURL(name.revealed)
    var path = SourcePath(name.revealed)
    if url.scheme == "file" {
      path = SourcePath(url.path)
    } else if url.scheme == "http" || url.scheme == "https" {
      return try refuse(
        Finding(
          .error, at: location, "\(name) is a URL, and only files are read\(way)",
          remedy: "download it, and name the file here"))
    }
    let file = location.path.parent.appending(path).normalized
    if file.name.hasSuffix(".toml") {
      return try refuse(
        Finding(
          .error, at: location, "\(file) is no requirements file\(way)",
          remedy: "name a requirements file; a lock is no source of roots"))
    }
    if !open.isEmpty { open[open.count - 1].place = location }
    try read(file, isConstraint: isConstraint, namedAt: location)
    if !open.isEmpty { open[open.count - 1].place = nil }
  }

  /// Takes a constraint, which pip wants with a name and without extras.
  private mutating func constrain(_ found: Line) throws(Finding) {
    let wrong: String? =
      if found.line.isEditable {
        "an editable requirement cannot be a constraint"
      } else if found.line.requirement == nil {
        "a constraint without a name"
      } else if !found.line.extras.isEmpty {
        "a constraint cannot have extras"
      } else {
        nil
      }
    if let wrong {
      return try refuse(
        Finding(.error, at: found.location, "\(wrong)\(way)", remedy: "write NAME and its versions: django<6"))
    }
    constraints.append(found)
  }

  private var way: String { way(to: nil) }

  /// Who named the file of `place`, or the file that is being read, for the end of a message; empty for one that the user
  /// named.
  private func way(to place: Location?) -> String {
    let trail = (place == nil ? includes : includes.dropLast()).map {
      Location(path: $0.path, line: $0.line).description
    }
    return trail.isEmpty ? "" : " (included by \(trail.joined(separator: " -> ")))"
  }

  private func trail(to file: SourcePath) -> String { IncludeTrail.text(includes, Location(path: file)) }
}
