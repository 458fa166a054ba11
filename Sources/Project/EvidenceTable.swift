import Diagnostics
package import Knowledge
import Packaging

/// The evidence of a project, sorted by location, in little memory: a large tree has hundreds of thousands of places that
/// need a few hundred things.
package struct EvidenceTable: Sendable {
  /// One place; everything in it is a number.
  package struct Item: Sendable, BitwiseCopyable {
    /// Index in `needs`.
    package fileprivate(set) var need: UInt32
    /// Index in `files`.
    fileprivate var file: UInt32
    /// 0 for evidence that a whole file gives.
    fileprivate var line: UInt32
    fileprivate var column: UInt32
    fileprivate var textStart: UInt32
    fileprivate var textCount: UInt16
    fileprivate var kindCode: UInt8
    fileprivate var groupCode: UInt8

    package var kind: EvidenceKind { EvidenceKind.all[Int(kindCode)] }
    package var group: DependencyGroup { DependencyGroup.allCases[Int(groupCode)] }

    package func isAtPlace(of other: Item) -> Bool {
      file == other.file && line == other.line && column == other.column && kindCode == other.kindCode
    }

    fileprivate func precedes(_ other: Item) -> Bool {
      (file, line, column) < (other.file, other.line, other.column)
    }
  }

  /// What is needed, each once.
  package private(set) var needs: [Need] = []
  package private(set) var items: [Item] = []
  private var files: [SourcePath] = []
  private var texts: [UInt8] = []
  private var indices: [Need: UInt32] = [:]

  package init() {}

  /// The index of a need, which it gets when it is new.
  mutating func index(of need: Need) -> UInt32 {
    if let known = indices[need] { return known }
    let index = UInt32(needs.count)
    needs.append(need)
    indices[need] = index
    return index
  }

  /// Begins the evidence of a file.
  mutating func open(_ file: SourcePath) { if files.last != file { files.append(file) } }

  /// Adds a place in the file that was opened last, and lets `write` lay down the text that shows it.
  mutating func add(
    _ need: UInt32, _ kind: EvidenceKind, _ group: DependencyGroup, line: Int, column: Int,
    text write: (inout [UInt8]) -> Void
  ) {
    let start = texts.count
    write(&texts)
    let count = Swift.min(texts.count - start, Int(UInt16.max))
    texts.removeLast(texts.count - start - count)
    items.append(
      Item(
        need: need, file: UInt32(files.count - 1), line: UInt32(clamping: line), column: UInt32(clamping: column),
        textStart: UInt32(clamping: start), textCount: UInt16(count), kindCode: kind.code, groupCode: group.code))
  }

  mutating func add(_ evidence: Evidence) {
    open(evidence.location.path)
    let need = index(of: Need(subject: evidence.subject, names: evidence.names))
    add(need, evidence.kind, evidence.group, line: evidence.location.line ?? 0, column: evidence.location.column ?? 0) {
      $0 += evidence.text.utf8
    }
  }

  /// Takes over the evidence of another table behind this one's.
  mutating func append(_ other: EvidenceTable) {
    let needs = other.needs.map { index(of: $0) }
    let (firstFile, firstText) = (UInt32(files.count), UInt32(clamping: texts.count))
    files += other.files
    texts += other.texts
    items.reserveCapacity(items.count + other.items.count)
    for var item in other.items {
      item.need = needs[Int(item.need)]
      item.file += firstFile
      item.textStart += firstText
      items.append(item)
    }
  }

  /// Removes what scripts in hidden folders (`.github`, `.ci`) import from these distributions: who runs them installs them.
  mutating func removeImports(ofAny distributions: Set<PackageName>) {
    if distributions.isEmpty { return }
    let isBrought = needs.map { need in
      guard case .module(let module) = need.subject else { return false }
      return ModuleTable.distributions(providing: module).contains(where: distributions.contains)
    }
    let isHidden = files.map(\.isInHiddenFolder)
    items.removeAll { isBrought[Int($0.need)] && isHidden[Int($0.file)] }
  }

  /// Sorts by location; of evidence at one place that which came first stays first.
  mutating func sort() {
    let order = files.indices.sorted { files[$0] < files[$1] }
    var places = [UInt32](repeating: 0, count: files.count)
    var sorted: [SourcePath] = []
    for index in order {
      if sorted.last != files[index] { sorted.append(files[index]) }
      places[index] = UInt32(sorted.count - 1)
    }
    files = sorted
    for index in items.indices { items[index].file = places[Int(items[index].file)] }
    items.sort { $0.precedes($1) }
  }
}

extension EvidenceTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { items.count }

  package subscript(position: Int) -> Evidence {
    let item = items[position]
    let need = needs[Int(item.need)]
    let text = texts[Int(item.textStart)..<Int(item.textStart) + Int(item.textCount)]
    return Evidence(
      subject: need.subject, kind: item.kind, group: item.group,
      location: Location(
        path: files[Int(item.file)], line: item.line > 0 ? Int(item.line) : nil,
        column: item.column > 0 ? Int(item.column) : nil),
      text: String(decoding: text, as: UTF8.self), names: need.names)
  }
}
