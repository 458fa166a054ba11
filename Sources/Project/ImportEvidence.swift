import Diagnostics
import Host
import Knowledge
import Packaging
import PythonSource
import Synchronization

/// What the imports of many files show, gathered on several threads.
struct ImportEvidence: Sendable {
  private(set) var filesRead = 0
  private(set) var evidence = EvidenceTable()
  /// Which files import top-level modules of the project.
  private(set) var localImports = EvidenceTable()
  private(set) var partial: [Finding] = []
  private(set) var failures: [Finding] = []
  private(set) var notes: [Finding] = []
  /// Scripts with requirements of their own (PEP 723).
  private(set) var scripts: [SourcePath] = []

  /// How many files are read in one piece.
  private static let pieceSize = 64

  /// The piece of work that this is.
  private let number: Int

  private init(number: Int = -1) { self.number = number }

  /// Reads Python files below `folder`; everything comes in the order of the files. One of the threads calls `other` first.
  static func read(
    _ files: [SourcePath], in folder: SourcePath, _ localModules: LocalModules, jobs: Int,
    beside other: @escaping @Sendable () -> Void
  ) throws(FileError) -> ImportEvidence {
    let root = try Folder(folder)
    let result = Mutex(ImportEvidence())
    Concurrently.run(
      (files.count + pieceSize - 1) / pieceSize, jobs: jobs, beside: other,
      state: { (reader: SourceReader(root: root, seeksMetadata: true), known: KnownModules(localModules)) },
      work: { state, index in
        var piece = ImportEvidence(number: index)
        for path in files[(index * pieceSize)..<min(files.count, (index + 1) * pieceSize)] {
          piece.read(path, with: state.reader, &state.known)
        }
        return piece
      },
      // A piece is taken over as soon as those before it were: no second copy of everything is kept.
      deliver: { piece in result.withLock { $0.add(piece) } })
    return result.withLock { result in
      result.evidence.sort()
      result.evidence.renumber()
      return result
    }
  }

  /// Takes over what was known of other files before.
  mutating func add(_ kept: KeptImports) {
    filesRead += kept.files.count
    evidence.append(kept.evidence)
    evidence.sort()
    evidence.renumber()
    localImports.append(kept.fileImports)
    localImports.sort()
    scripts = (scripts + kept.scripts).sorted()
  }

  private mutating func add(_ other: ImportEvidence) {
    filesRead += other.filesRead
    evidence.append(other.evidence)
    localImports.append(other.localImports)
    partial += other.partial
    failures += other.failures
    notes += other.notes
    scripts += other.scripts
  }

  private mutating func read(_ path: SourcePath, with reader: SourceReader, _ known: inout KnownModules) {
    do {
      known.beginFile()
      try reader.imports(of: path) { scanner in
        if let problem = scanner.problem {
          partial.append(Finding(.warning, at: Location(path: path, line: problem.line), problem.reason))
        }
        var file = File(path: path)
        evidence.open(path)
        localImports.open(path)
        var frameworks: [String] = []
        for (index, record) in scanner.imports.enumerated() where record.level == 0 {
          let limit = record.context.mayBeBackport ? Backport.limit(of: index, among: scanner) : nil
          if let top = add(record, of: scanner, limit, &file, &known), limit == nil, !frameworks.contains(top) {
            frameworks.append(top)
          }
        }
        for framework in frameworks { addWords(of: framework, in: scanner, &file, known) }
        addSchemes(in: scanner, &file)
      }
      filesRead += 1
      if reader.hasScriptMetadata { scripts.append(path) }
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

  private struct File {
    let path: SourcePath
    let group: DependencyGroup
    /// Looked for when something of the file counts: in most of a project nothing does.
    private var ignored: IgnoredLines?

    init(path: SourcePath) {
      self.path = path
      group = DependencyGroup(of: path)
    }

    /// The comment on a line that says what is not to be counted.
    mutating func comment(on line: Int, in scanner: borrowing ImportScanner) -> IgnoreComment? {
      let lines = ignored ?? scanner.ignoredLines
      ignored = lines
      return lines[line]
    }

    mutating func ignores(_ rule: RuleKey, line: Int, in scanner: borrowing ImportScanner) -> Bool {
      comment(on: line, in: scanner)?.covers(rule) ?? false
    }

    mutating func ignores(_ record: ImportRecord, of scanner: borrowing ImportScanner) -> Bool {
      comment(on: record.line, in: scanner)?.covers(record, of: scanner) ?? false
    }
  }

  /// Returns the top-level module when there are rules for words in files that import it.
  private mutating func add(
    _ record: ImportRecord, of scanner: borrowing ImportScanner, _ limit: Int?, _ file: inout File,
    _ known: inout KnownModules
  ) -> String? {
    let index = scanner.withModule(of: record) { known.index(of: $0) }
    let top = known.entries[index].top
    let standing = known.tops[top].standing
    switch standing {
    case .everyPython: return nil
    case .local:
      note(top, in: &known)
      return nil
    case .perhapsLocal:
      let isLocal = known.localModules.provides(
        known.entries[index].module, names: scanner.names(of: record), importedFrom: file.path,
        isPublished: known.tops[top].isPublished)
      if isLocal {
        note(top, in: &known)
        return nil
      }
      if known.tops[top].isInEveryPython { return nil }
    case .foreign: break
    }
    if file.ignores(record, of: scanner) { return nil }
    let entry = known.entries[index]
    let isDynamic = record.context.contains(.dynamic)
    let group = file.group.under(record.context)
    let kind: EvidenceKind = isDynamic ? .dynamicImport : .import
    func add(_ need: UInt32) {
      evidence.add(need, kind, group, line: record.line, column: record.column, limit: limit) { text in
        Self.write(record, of: scanner, isDynamic: isDynamic, to: &text)
      }
    }
    add(need(entry, index, record, of: scanner, &known))
    if let rule = entry.rule { add(evidence.index(of: Need(subject: .rule(rule)))) }
    if entry.hasNameRules {
      for name in scanner.names(of: record) {
        guard let rule = FrameworkRules.all.importing(name, from: entry.module) else { continue }
        add(evidence.index(of: Need(subject: .rule(rule))))
      }
    }
    return entry.hasWords ? known.tops[top].name : nil
  }

  /// What words say in a file that imports `framework`.
  private mutating func addWords(
    of framework: String, in scanner: borrowing ImportScanner, _ file: inout File, _ known: KnownModules
  ) {
    for word in FrameworkRules.all.words(with: framework) {
      guard let place = scanner.firstPlace(of: word.text), !file.ignores(word.rule, line: place.line, in: scanner)
      else {
        continue
      }
      let need = evidence.index(of: Need(subject: .rule(word.rule)))
      evidence.add(need, word.kind, file.group, line: place.line, column: place.column) { $0 += word.text.utf8 }
    }
    for function in FrameworkRules.all.arguments(with: framework) {
      scanner.forEachArgument(of: function) { text, line, column in
        let isIgnored = file.comment(on: line, in: scanner)?.covers(need: text) == true
        if !isIgnored { addNamed(text, in: file, known, line: line, column: column) }
      }
    }
    for function in FrameworkRules.all.requirements(with: framework) {
      scanner.forEachArgument(of: function, isDotted: false) { text, line, column in
        guard let name = (try? Requirement(parsing: text))?.name else { return }
        let comment = file.comment(on: line, in: scanner)
        if comment?.covers({ PackageName.normalize($0) == name.normalized }) == true { return }
        add(name, in: file, known, line: line, column: column)
      }
    }
  }

  /// A distribution that a requirement in a string names, `pkg_resources.require("celery>=5")`; of the project's own name
  /// there is a module.
  private mutating func add(_ name: PackageName, in file: File, _ known: KnownModules, line: Int, column: Int) {
    let module = String(name.normalized.map { $0 == "-" ? "_" : $0 })
    if known.localModules.provides(module) { return }
    let need = evidence.index(of: Need(subject: .distribution([name])))
    // The name alone: a URL behind it may hold a password.
    evidence.add(need, .dynamicImport, file.group, line: line, column: column) { $0 += name.normalized.utf8 }
  }

  /// A module that a string names.
  private mutating func addNamed(_ module: String, in file: File, _ known: KnownModules, line: Int, column: Int) {
    let top = module.topLevelModule
    if known.localModules.provides(module, importedFrom: file.path) {
      addLocal(localImports.index(of: Need(subject: .module(top))))
      return
    }
    if StandardLibrary.isInEveryVersion(top) { return }
    let need = evidence.index(of: Need(subject: .module(module)))
    evidence.add(need, .dynamicImport, file.group, line: line, column: column) { $0 += module.utf8 }
  }

  private mutating func addSchemes(in scanner: borrowing ImportScanner, _ file: inout File) {
    scanner.forEachScheme { scheme, line, column in
      let rule = RuleKey.scheme(String(decoding: scheme, as: UTF8.self).lowercased())
      // Those of settings are looked at where the settings are evaluated.
      guard FrameworkRules.all[rule] != nil, !file.path.isSettingsModule,
        !file.ignores(rule, line: line, in: scanner)
      else { return }
      let need = evidence.index(of: Need(subject: .rule(rule)))
      evidence.add(need, .urlScheme, file.group, line: line, column: column) { text in
        text += scheme
        text += "://".utf8
      }
    }
  }

  /// An import of a module of the project's own, by its top-level module.
  private mutating func note(_ top: Int, in known: inout KnownModules) {
    let file = known.file
    if known.tops[top].lastFile == file { return }
    let isKnown = known.tops[top].piece == number
    let need = isKnown ? known.tops[top].need : localImports.index(of: Need(subject: .module(known.tops[top].name)))
    known.update(top: top) { top in
      top.lastFile = file
      top.piece = number
      top.need = need
    }
    addLocal(need)
  }

  private mutating func addLocal(_ need: UInt32) {
    localImports.add(need, .import, .runtime, line: 0, column: 0) { _ in }
  }

  private mutating func need(
    _ entry: KnownModules.Entry, _ index: Int, _ record: ImportRecord, of scanner: borrowing ImportScanner,
    _ known: inout KnownModules
  ) -> UInt32 {
    if entry.isToldApart {
      return evidence.index(of: Need(subject: .module(entry.module), names: scanner.names(of: record)))
    }
    if entry.piece == number { return entry.need }
    let need = evidence.index(of: Need(subject: .module(entry.module)))
    known.update(index) { entry in
      entry.need = need
      entry.piece = number
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
  func under(_ context: ImportContext) -> DependencyGroup {
    if context.contains(.typeChecking) { return max(self, .typing) }
    return context.contains(.optional) ? max(self, .optional) : self
  }
}
