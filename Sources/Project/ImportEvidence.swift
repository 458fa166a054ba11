import Diagnostics
import Host
import Knowledge
import PythonSource
import Synchronization

/// What the imports of many files show, gathered on several threads.
struct ImportEvidence: Sendable {
  private(set) var filesRead = 0
  private(set) var evidence = EvidenceTable()
  /// The top-level modules of the project that it imports itself.
  private(set) var localImports: Set<String> = []
  private(set) var partial: [Finding] = []
  private(set) var failures: [Finding] = []
  private(set) var notes: [Finding] = []

  /// How many files are read in one piece.
  private static let pieceSize = 64

  /// The piece of work that this is.
  private let number: Int

  private init(number: Int = -1) { self.number = number }

  /// Reads the Python files of `tree`; everything comes in the order of the files.
  static func read(_ tree: ProjectTree, _ localModules: LocalModules, jobs: Int) throws(FileError) -> ImportEvidence {
    let files = tree.files(ending: ".py")
    let root = try Folder(tree.root)
    let result = Mutex(ImportEvidence())
    Concurrently.run(
      (files.count + pieceSize - 1) / pieceSize, jobs: jobs,
      state: { (reader: SourceReader(root: root), known: KnownModules(localModules)) },
      work: { state, index in
        var piece = ImportEvidence(number: index)
        for path in files[(index * pieceSize)..<min(files.count, (index + 1) * pieceSize)] {
          piece.read(path, with: state.reader, state.known)
        }
        return piece
      },
      // A piece is taken over as soon as those before it were: no second copy of everything is kept.
      deliver: { piece in result.withLock { $0.add(piece) } })
    return result.withLock { $0 }
  }

  private mutating func add(_ other: ImportEvidence) {
    filesRead += other.filesRead
    evidence.append(other.evidence)
    localImports.formUnion(other.localImports)
    partial += other.partial
    failures += other.failures
    notes += other.notes
  }

  private mutating func read(_ path: SourcePath, with reader: SourceReader, _ known: KnownModules) {
    do {
      try reader.imports(of: path) { scanner in
        if let problem = scanner.problem {
          partial.append(Finding(.warning, at: Location(path: path, line: problem.line), problem.reason))
        }
        if scanner.imports.isEmpty { return }
        let group = DependencyGroup(of: path)
        evidence.open(path)
        for record in scanner.imports where record.level == 0 { add(record, of: scanner, group, path, known) }
      }
      filesRead += 1
    } catch {
      if error.isTooLarge {
        partial.append(Finding(.warning, at: Location(path: path), "larger than 64 MiB, so it was not read"))
        return
      }
      let isGone = error.isMissing || error.isNoFile
      let finding = Finding(isGone ? .note : .error, at: Location(path: path), "cannot read: \(error.reason)")
      if isGone { notes.append(finding) } else { failures.append(finding) }
    }
  }

  private mutating func add(
    _ record: ImportRecord, of scanner: borrowing ImportScanner, _ group: DependencyGroup, _ path: SourcePath,
    _ known: KnownModules
  ) {
    let index = scanner.withModule(of: record) { known.index(of: $0) }
    let entry = known.entries[index]
    switch entry.standing {
    case .everyPython: return
    case .local: return note(entry, index, in: known)
    case .perhapsLocal:
      let names = scanner.names(of: record)
      if known.localModules.provides(entry.module, names: names, importedFrom: path) {
        return note(entry, index, in: known)
      }
      if StandardLibrary.isInEveryVersion(entry.top) { return }
    case .foreign: break
    }
    let isDynamic = record.context.contains(.dynamic)
    evidence.add(
      need(entry, index, record, of: scanner, known), isDynamic ? .dynamicImport : .import, group.under(record.context),
      line: record.line, column: record.column
    ) { text in Self.write(record, of: scanner, isDynamic: isDynamic, to: &text) }
  }

  /// The import of a module of the project's own.
  private mutating func note(_ entry: KnownModules.Entry, _ index: Int, in known: KnownModules) {
    if entry.piece == number { return }
    known.update(index) { $0.piece = number }
    localImports.insert(entry.top)
  }

  private mutating func need(
    _ entry: KnownModules.Entry, _ index: Int, _ record: ImportRecord, of scanner: borrowing ImportScanner,
    _ known: KnownModules
  ) -> UInt32 {
    if entry.isToldApart {
      return evidence.index(of: Need(subject: .module(entry.module), names: scanner.names(of: record)))
    }
    if entry.piece == number, entry.standing == .foreign { return entry.need }
    let need = evidence.index(of: Need(subject: .module(entry.module)))
    known.update(index) { entry in
      entry.need = need
      if entry.standing == .foreign { entry.piece = number }
    }
    return need
  }

  /// `import a.b`, `from a import b, c`; of a call the module alone.
  private static func write(
    _ record: ImportRecord, of scanner: borrowing ImportScanner, isDynamic: Bool, to text: inout [UInt8]
  ) {
    if !isDynamic { text += (record.takesNames ? "from " : "import ").utf8 }
    scanner.withModule(of: record) { text += $0 }
    var separator = " import "
    scanner.forEachName(of: record) { name in
      text += separator.utf8
      text += name
      separator = ", "
    }
  }
}

extension DependencyGroup {
  /// The group of an import in a file of this group, by what surrounds it.
  fileprivate func under(_ context: ImportContext) -> DependencyGroup {
    if context.contains(.typeChecking) { return max(self, .typing) }
    return context.contains(.optional) ? max(self, .optional) : self
  }
}
