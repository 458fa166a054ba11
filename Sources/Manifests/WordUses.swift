import Diagnostics
import Host

/// Which of some words a project's own files write where no import shows it: in strings of its sources, in process, container,
/// CI and configuration files.
///
/// Python sources: strings without blanks (`"celery.worker"`, `"postgresql+psycopg://"`, `"/usr/bin/uwsgi"`) by their words, the
/// first word of others (commands), `{sys.executable, "-m", "name"}` by its last. Notebooks: everything. Other files: every
/// word outside of comment lines. Left out: what `excluding` names, folders of virtual environments, version control and node_modules,
/// files above 1 MiB, documents, styles and pages.
struct WordUses {
  /// The first place of each word that was found.
  private(set) var places: [String: Location] = [:]

  private static let fileLimit = 20_000
  private static let sizeLimit = 1 << 20

  private var words: Set<String>
  private var filesRead = 0
  private let isLeftOut: (SourcePath) -> Bool
  /// Whether only files count that call an installer.
  private var needsInstaller = false

  /// Looks for `words`, each in the form of `WordUses.normal`, below `root`, in files that are not left out; the first place by
  /// path counts.
  init(
    of words: Set<String>, below root: SourcePath, excluding: Set<SourcePath>,
    where isLeftOut: @escaping (SourcePath) -> Bool = { _ in false }
  ) {
    self.words = words
    self.isLeftOut = isLeftOut
    read(folder: "", depth: 0, root, excluding)
  }

  /// Looks for `words` in the container, CI and shell files that call pip or the like.
  init(ofInstalled words: Set<String>, below root: SourcePath, excluding: Set<SourcePath>) {
    self.words = words
    isLeftOut = { path in FileKind(path.name) != .text || path.name.hasSuffix(".ini") }
    needsInstaller = true
    read(folder: "", depth: 0, root, excluding)
  }

  /// Lower case, runs of `-`, `_` and `.` as one `-`.
  static func normal(_ word: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in word {
      let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      if isSeparator, text.last == UInt8(ascii: "-") { continue }
      text.append(isSeparator ? UInt8(ascii: "-") : byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: - Folders

  private mutating func read(folder: SourcePath, depth: Int, _ root: SourcePath, _ excluding: Set<SourcePath>) {
    guard depth < 30, let listing = try? Files.list(root.appending(folder)) else { return }
    let names = Set(listing.map(\.name.name))
    if depth > 0, names.contains("pyvenv.cfg") || names.contains("conda-meta") { return }
    for (name, kind) in listing.sorted(by: { $0.name < $1.name }) {
      if words.isEmpty || filesRead >= Self.fileLimit { return }
      let path = folder.appending(name)
      if kind == .folder {
        if !Self.isSkipped(name.name) { read(folder: path, depth: depth + 1, root, excluding) }
      } else if !excluding.contains(path), !isLeftOut(path), let kind = FileKind(name.name),
        let bytes = try? Files.read(root.appending(path), limit: Self.sizeLimit)
      {
        filesRead += 1
        read(bytes, kind, at: path)
      }
    }
  }

  private static func isSkipped(_ name: String) -> Bool {
    switch name {
    case ".git", ".hg", ".svn", "node_modules", "__pycache__", "__pypackages__", "site-packages", ".tox", ".nox",
      ".mypy_cache",
      ".ruff_cache", ".pytest_cache", ".idea", ".build":
      true
    default: false
    }
  }

  private enum FileKind {
    case python
    case text

    init?(_ name: String) {
      let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      switch parts.last.map({ String(decoding: $0, as: UTF8.self).lowercased() }) ?? "" {
      case "py", "pyw", "pyi": self = .python
      case "toml", "ini", "cfg", "conf", "yml", "yaml", "sh", "bash", "service", "ipynb", "env", "mk", "in", "j2",
        "tmpl",
        "template", "ps1", "bat", "nix", "pyx", "example", "sample", "json", "http", "hcl", "tf", "xml", "spec":
        // Locks of other languages and data are large lists of words that mean nothing here.
        if name.hasSuffix("package-lock.json") || name.hasSuffix("-lock.yaml") { return nil }
        self = .text
      case "txt", "md", "rst", "lock", "html", "htm", "js", "jsx", "ts", "tsx", "css", "scss", "less", "po", "mo",
        "pot",
        "svg", "png", "jpg", "csv", "map", "vue", "pyc", "so":
        return nil
      default:
        // Procfile, Dockerfile, Dockerfile.dev, Makefile, Justfile, crontab, scripts without an ending.
        let lower = name.lowercased()
        let isKnown = ["dockerfile", "procfile", "makefile", "justfile", "containerfile", ".env", "."].contains {
          lower.hasPrefix($0)
        }
        if parts.count > 1, !isKnown { return nil }
        self = .text
      }
    }
  }

  // MARK: - Words

  private mutating func read(_ bytes: [UInt8], _ kind: FileKind, at path: SourcePath) {
    if bytes.prefix(512).contains(0) || (needsInstaller && !Self.callsInstaller(bytes)) { return }
    switch kind {
    case .python:
      var strings = StringLiterals(bytes)
      while let (text, line) = strings.next() { take(string: text, Location(path: path, line: line)) }
    case .text:
      for (number, line) in zip(1..., bytes.split(separator: 0x0A, omittingEmptySubsequences: false)) {
        let content = line.drop { $0 == 0x20 || $0 == 0x09 }
        if content.first == UInt8(ascii: "#"), !content.starts(with: "#!".utf8) { continue }
        takeWords(of: content, Location(path: path, line: number))
      }
    }
  }

  private static func callsInstaller(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return [
      "pip install", "pip3 install", "pip wheel", "pip3 wheel", "uv pip", "uv add", "pipx install", "uv tool",
      "apt-get install", "apt install", "apk add", "dnf install", "yum install",
    ].contains { text.contains($0) }
  }

  private mutating func take(string: ArraySlice<UInt8>, _ place: Location) {
    let isOneWord = !string.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    takeWords(of: isOneWord ? string : string.prefix { $0 > 0x20 }, place)
  }

  private mutating func takeWords(of text: ArraySlice<UInt8>, _ place: Location) {
    for token in text.split(whereSeparator: { !Self.isWord($0) }) where token.count > 1 {
      check(token, place)
      // What stands before the first dot of a path: `celery.worker`.
      if let dot = token.firstIndex(of: UInt8(ascii: ".")), dot > token.startIndex { check(token[..<dot], place) }
    }
  }

  private mutating func check(_ token: ArraySlice<UInt8>, _ place: Location) {
    if words.remove(Self.normal(token)).map({ places[$0] = place }) != nil { return }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".") || byte >= 0x80
  }
}

/// The string literals of Python bytes, without their quotes, as far as brackets and f-strings need no thought.
private struct StringLiterals {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> (text: ArraySlice<UInt8>, line: Int)? {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): return literal(byte)
      default:
        if byte == 0x0A { line += 1 }
        position += 1
      }
    }
    return nil
  }

  private mutating func literal(_ quote: UInt8) -> (ArraySlice<UInt8>, Int) {
    let isTriple = bytes[position...].starts(with: [quote, quote, quote])
    let first = line
    position += isTriple ? 3 : 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        if position + 1 < bytes.count, bytes[position + 1] == 0x0A { line += 1 }
        position = min(position + 2, bytes.count)
        continue
      }
      if byte == 0x0A {
        if !isTriple { break }
        line += 1
      }
      if byte == quote, !isTriple || bytes[position...].starts(with: [quote, quote, quote]) {
        let text = bytes[start..<position]
        position += isTriple ? 3 : 1
        return (text, first)
      }
      position += 1
    }
    return (bytes[start..<position], first)
  }
}
