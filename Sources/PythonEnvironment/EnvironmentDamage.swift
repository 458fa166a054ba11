package import Diagnostics
import Host
import Packaging

/// What keeps a virtual environment from working.
package struct EnvironmentDamage: Sendable {
  package enum Kind: Sendable {
    /// The interpreter is a link that leads nowhere; the text is what it says.
    case brokenLink(String)
    case noInterpreter
    case noConfiguration
    /// The Python that it was made with is gone.
    case missingHome(String)
    /// It was made with one Python, two numbers, and its interpreter is another now.
    case otherPython(made: String, now: String)
    /// It was made in that folder, and moved or copied from there.
    case moved(from: String)
  }

  package let kind: Kind
  /// The file that shows it, absolute, with the line where it is text.
  package let location: Location

  /// What is wrong with the environment in `prefix`, absolute; nil for a folder that works, or is no environment. Nothing is run.
  package init?(in prefix: SourcePath) {
    let bin = prefix.appending(Files.kind(of: prefix.appending("bin")) == .folder ? "bin" : "Scripts")
    let configuration = prefix.appending("pyvenv.cfg")
    let isVirtual = Files.exists(configuration)
    guard isVirtual || Files.exists(bin.appending("activate")) else { return nil }
    // Those of conda and of virtualenv before 20 have no such file.
    if !isVirtual, Files.exists(prefix.appending("conda-meta")) || Self.isOld(prefix) { return nil }
    guard isVirtual else {
      (kind, location) = (.noConfiguration, Location(path: prefix))
      return
    }
    if let found = Self.interpreter(in: bin) {
      (kind, location) = found
      return
    }
    if let home = VirtualEnvironmentConfiguration(at: prefix)?.home, home.isAbsolute, !Files.exists(home) {
      let line = Self.line(of: configuration) { $0.drop { $0 == " " }.hasPrefix("home") }
      (kind, location) = (.missingHome(home.description), Location(path: configuration, line: line, column: 1))
      return
    }
    guard let found = Self.otherPython(prefix, bin) ?? Self.moved(prefix, bin) else { return nil }
    (kind, location) = found
  }

  private static func isOld(_ prefix: SourcePath) -> Bool {
    let libraries = (try? Files.list(prefix.appending("lib"))) ?? []
    return libraries.contains { Files.exists(prefix.appending("lib").appending($0.name).appending("orig-prefix.txt")) }
  }

  private static func interpreter(in bin: SourcePath) -> (Kind, Location)? {
    let names = ["python", "python3", "python.exe"].map { bin.appending($0) }
    guard let python = names.first(where: { Files.kind(of: $0, followingLinks: false) != nil }) else {
      return (.noInterpreter, Location(path: bin))
    }
    if names.contains(where: { Files.exists($0) }) { return nil }
    // `python` leads to `python3`, and that one out of the environment: the last link tells.
    var link = python
    for _ in 0..<8 {
      guard let target = Files.destination(ofLink: link) else { break }
      let next = link.parent.appending(target).normalized
      guard Files.kind(of: next, followingLinks: false) != nil else { break }
      link = next
    }
    return (.brokenLink(Files.destination(ofLink: link)?.description ?? ""), Location(path: python))
  }

  /// By the name of the file that the interpreter leads to, `/usr/bin/python3.11`, and the folders of what is installed.
  private static func otherPython(_ prefix: SourcePath, _ bin: SourcePath) -> (Kind, Location)? {
    guard let version = VirtualEnvironmentConfiguration(at: prefix)?.version,
      let name = Files.resolved(bin.appending("python"))?.name, name.hasPrefix("python"),
      let now = Version(String(name.dropFirst("python".count))), now.release.count == 2,
      now.major != version.major || now.minor != version.minor
    else { return nil }
    let made = "\(version.major).\(version.minor)"
    let library = prefix.appending("lib")
    guard Files.exists(library.appending("python\(made)")), !Files.exists(library.appending("python\(now)")) else {
      return nil
    }
    let configuration = prefix.appending("pyvenv.cfg")
    let line = line(of: configuration) { $0.drop { $0 == " " }.hasPrefix("version") }
    return (.otherPython(made: made, now: "\(now)"), Location(path: configuration, line: line, column: 1))
  }

  private static func line(of file: SourcePath, where matches: (Substring) -> Bool) -> Int? {
    guard let text = try? Files.text(file) else { return nil }
    return text.split(omittingEmptySubsequences: false) { $0.isNewline }.firstIndex(where: matches).map { $0 + 1 }
  }

  // MARK: - Moved

  private static func moved(_ prefix: SourcePath, _ bin: SourcePath) -> (Kind, Location)? {
    let activate = bin.appending("activate")
    if let text = try? Files.text(activate) {
      for (number, line) in zip(1..., text.split(omittingEmptySubsequences: false) { $0.isNewline }) {
        guard let folder = written(line), isOther(folder, prefix) else { continue }
        return (.moved(from: folder.description), Location(path: activate, line: number, column: 1))
      }
    }
    for name in ["pip", "pip3", "django-admin", "gunicorn"] {
      let script = bin.appending(name)
      guard let bytes = try? Files.read(script, limit: 1 << 20), bytes.starts(with: "#!/".utf8) else { continue }
      let word = bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: " ") }
      let python = SourcePath(bytes: word)
      guard python.name.hasPrefix("python"), isOther(python.parent.parent, prefix) else { continue }
      return (.moved(from: python.parent.parent.description), Location(path: script, line: 1, column: 1))
    }
    return nil
  }

  /// The folder of `VIRTUAL_ENV=/srv/site/.venv`; nil where the script finds it out.
  private static func written(_ line: Substring) -> SourcePath? {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    for word in ["export ", "VIRTUAL_ENV="] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
    guard rest.startIndex != line.startIndex, line.contains("VIRTUAL_ENV=") else { return nil }
    let text = rest.prefix { $0 != ";" && $0 != "\r" }.filter { $0 != "'" && $0 != "\"" }
    return text.hasPrefix("/") && !text.contains("$") ? SourcePath(text) : nil
  }

  /// Whether the folder is another one, by whatever links it is reached.
  private static func isOther(_ folder: SourcePath, _ prefix: SourcePath) -> Bool {
    folder.normalized != prefix.normalized && Files.resolved(folder) != Files.resolved(prefix)
  }
}
