import ConfigFormats
import Diagnostics
import Host
import Knowledge
import Packaging
import PythonSource

/// Reads code that does not stand in a file named `.py`: notebooks, stubs, Cython, scripts by their `#!`; and the requirements
/// that scripts give for themselves.
struct CodeReader {
  private let localModules: LocalModules
  private var scanner = ImportScanner()
  /// What imports show, without what a comment leaves out.
  private(set) var imports: [Evidence] = []
  /// The distributions that are named.
  private(set) var evidence: [Evidence] = []
  private(set) var localImports: Set<String> = []
  private(set) var notes: [Finding] = []

  /// More imports than anybody wrote into one file or cell.
  private static let importLimit = 10_000

  init(_ localModules: LocalModules) { self.localModules = localModules }

  // MARK: - Sources

  mutating func read(_ bytes: [UInt8], _ kind: ProcessFile.Kind, at path: SourcePath) {
    let group = DependencyGroup(of: path)
    switch kind {
    case .notebook: readNotebook(bytes, path, group)
    case .stub: scan(SourceEncoding.decoded(bytes), path, max(group, .typing))
    case .cython: scan(Self.withoutCImports(bytes), path, group, isCython: true)
    default: scan(SourceEncoding.decoded(bytes), path, group)
    }
  }

  /// The blocks of PEP 723: such a script is run in an environment of its own, so what it asks for is no need of the project.
  /// Those of continuous integration count nothing at all: who runs them installs what they need.
  mutating func readMetadata(_ bytes: [UInt8], at path: SourcePath) {
    if path.isInHiddenFolder || !bytes.holds("# /// script") { return }
    for dependency in ScriptMetadata.dependencies(in: bytes) {
      add(
        requirement: dependency.text, .scriptMetadata, max(DependencyGroup(of: path), .dev), path, dependency.line,
        dependency.column)
    }
  }

  /// `cell` is that of a notebook which the source comes from.
  private mutating func scan(
    _ source: [UInt8], _ path: SourcePath, _ group: DependencyGroup, cell: NotebookSource? = nil, isCython: Bool = false
  ) {
    let padded = source + [UInt8](repeating: 0, count: FileBuffer.padding)
    padded.withUnsafeBufferPointer { bytes in
      scanner.scan(padded: bytes)
      if scanner.imports.count > Self.importLimit {
        let message = "holds more than 10,000 imports, so its last ones were not read"
        notes.append(Finding(.note, at: Location(path: path), message))
      }
      let ignored = scanner.ignoredLines
      for record in scanner.imports.prefix(Self.importLimit) where record.level == 0 {
        let module = scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }
        let names = scanner.names(of: record)
        let top = module.topLevelModule
        if isCython, ["libc", "libcpp", "cpython", "cython", "posix", "openmp"].contains(top) { continue }
        if localModules.provides(module, names: names, importedFrom: path) {
          localImports.insert(top)
          continue
        }
        if StandardLibrary.isInEveryVersion(top) || ignored[record.line]?.covers(record, of: scanner) == true {
          continue
        }
        let line = cell?.fileLine(of: record.line) ?? record.line
        let isDynamic = record.context.contains(.dynamic)
        imports.append(
          Evidence(
            subject: .module(module), kind: isDynamic ? .dynamicImport : .import, group: group.under(record.context),
            location: Location(path: path, line: line, column: record.column),
            text: isDynamic
              ? module : names.isEmpty ? "import \(module)" : "from \(module) import \(names.joined(separator: ", "))",
            names: ModuleTable.hasEntries(below: module) ? names : []))
      }
    }
  }

  /// Cython's `cimport` is read as an import; blanks keep what follows in its column.
  private static func withoutCImports(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let word = Array("cimport".utf8)
    let replacement = Array("import ".utf8)
    var index = 0
    while index + word.count <= bytes.count {
      if bytes[index] == word[0], index == 0 || bytes[index - 1] <= 0x20, bytes[index...].starts(with: word) {
        for (offset, byte) in replacement.enumerated() { bytes[index + offset] = byte }
        index += word.count
      } else {
        index += 1
      }
    }
    return bytes
  }

  // MARK: - Notebooks

  private mutating func readNotebook(_ bytes: [UInt8], _ path: SourcePath, _ group: DependencyGroup) {
    let (sources, areAll) = NotebookSource.cells(in: bytes)
    if !areAll { notes.append(Finding(.note, at: Location(path: path), NotebookSource.excess)) }
    for source in sources {
      for command in source.commands { readInstallation(command, path, group) }
      scan(source.bytes, path, group, cell: source)
    }
  }

  /// `!pip install x`, `%pip install x`: what the author installs by name is declared. Names of conda's are not those of
  /// distributions, so they say nothing.
  private mutating func readInstallation(
    _ command: NotebookSource.Command, _ path: SourcePath, _ group: DependencyGroup
  ) {
    for words in ScriptReader.commands(inLine: Array(command.text.dropFirst())) {
      var words = words[...]
      if words.count > 2, words[1] == "-m" { words = words.dropFirst(2) }
      if words.first == "uv" { words = words.dropFirst() }
      guard let program = words.first, program == "pip" || program == "pip3", words.dropFirst().first == "install"
      else {
        continue
      }
      words = words.dropFirst(2)
      while let word = words.popFirst() {
        if word.hasPrefix("-") {
          let takesValue = [
            "-r", "-c", "-e", "-i", "-f", "-t", "--target", "--index-url", "--extra-index-url", "--find-links",
            "--requirement", "--constraint", "--editable", "--prefix", "--root", "--src",
          ].contains(word)
          if takesValue { words = words.dropFirst() }
        } else {
          add(requirement: word, .notebook, group, path, command.line, command.column)
        }
      }
    }
  }

  private mutating func add(
    requirement text: String, _ kind: EvidenceKind, _ group: DependencyGroup, _ path: SourcePath, _ line: Int,
    _ column: Int
  ) {
    guard let requirement = try? Requirement(parsing: text) else { return }
    evidence.append(
      Evidence(
        subject: .distribution([requirement.name]), kind: kind, group: group,
        location: Location(path: path, line: line, column: column), text: requirement.name.normalized))
  }
}
