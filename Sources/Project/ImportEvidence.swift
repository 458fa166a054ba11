import Diagnostics
import Host
import Knowledge
import PythonSource
import Synchronization

/// What the imports of many files show, gathered on several threads.
struct ImportEvidence: Sendable {
  private(set) var filesRead = 0
  private(set) var evidence: [Evidence] = []
  /// The top-level modules of the project that it imports itself.
  private(set) var localImports: Set<String> = []
  private(set) var partial: [Finding] = []
  private(set) var failures: [Finding] = []
  private(set) var notes: [Finding] = []

  /// How many files are read in one piece.
  private static let pieceSize = 64

  private init() {}

  /// Reads the Python files of `tree`; everything comes in the order of the files.
  static func read(_ tree: ProjectTree, _ localModules: LocalModules, jobs: Int) throws(FileError) -> ImportEvidence {
    let files = tree.files(ending: ".py")
    let root = try Folder(tree.root)
    let result = Mutex(ImportEvidence())
    Concurrently.run(
      (files.count + pieceSize - 1) / pieceSize, jobs: jobs,
      state: { (reader: SourceReader(root: root), known: KnownModules(localModules)) },
      work: { state, index in
        var piece = ImportEvidence()
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
    evidence += other.evidence
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
        let group = DependencyGroup(of: path)
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
    let module = scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }
    let top = module.topLevelModule
    let standing = known.standing(of: top)
    if standing == .everyPython { return }
    let names = scanner.names(of: record)
    if standing == .perhapsLocal {
      if known.localModules.provides(module, names: names, importedFrom: path) {
        localImports.insert(top)
        return
      }
      if StandardLibrary.isInEveryVersion(top) { return }
    }
    let isDynamic = record.context.contains(.dynamic)
    evidence.append(
      Evidence(
        subject: .module(module), kind: isDynamic ? .dynamicImport : .import, group: group.under(record.context),
        location: Location(path: path, line: record.line, column: record.column),
        text: isDynamic ? module : Self.text(module, names), names: known.isToldApart(below: module) ? names : []))
  }

  private static func text(_ module: String, _ names: [String]) -> String {
    names.isEmpty ? "import \(module)" : "from \(module) import \(names.joined(separator: ", "))"
  }
}

extension DependencyGroup {
  /// The group of an import in a file of this group, by what surrounds it.
  fileprivate func under(_ context: ImportContext) -> DependencyGroup {
    if context.contains(.typeChecking) { return max(self, .typing) }
    return context.contains(.optional) ? max(self, .optional) : self
  }
}
