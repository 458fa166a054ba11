import Diagnostics
package import Knowledge
import Packaging

#if canImport(Glibc)
  import Glibc
#endif

/// The evidence of a project, sorted by location, in little memory: a large tree has hundreds of thousands of places that
/// need a few hundred things.
package struct EvidenceTable: Sendable {
  /// One place; everything in it is a number.
  package struct Item: Sendable, BitwiseCopyable {
    /// Index in `needs`.
    package fileprivate(set) var need: UInt32
    /// Index in `files`.
    fileprivate(set) var file: UInt32
    /// 0 for evidence that a whole file gives.
    fileprivate(set) var line: UInt32
    fileprivate(set) var column: UInt32
    fileprivate(set) var textStart: UInt32
    fileprivate(set) var textCount: UInt16
    fileprivate(set) var kindCode: UInt8
    /// The code of the group in the lowest three bits; the minor version of Python 3 below which alone it counts in the next
    /// four; whether the evidence is of another kind than what a Python source tells by itself.
    fileprivate(set) var groupCode: UInt8
    static let otherMark: UInt8 = 0x80
    static let groupMask: UInt8 = 0x07

    package var kind: EvidenceKind { EvidenceKind.all[Int(kindCode)] }
    package var group: DependencyGroup { DependencyGroup.allCases[Int(groupCode & Self.groupMask)] }
    /// The minor version of Python 3 below which alone the evidence counts; nil when it always does.
    package var limit: Int? {
      let minor = Int(groupCode >> 3 & 0x0F)
      return minor > 0 ? minor : nil
    }

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
  private(set) var files: [SourcePath] = []
  private var ownTexts: [UInt8] = []
  /// Where the last text of each need stands: most places that need the same say the same.
  private var lastTexts: [Range<Int>] = []
  /// Those of a table that was taken up from memory that others use too.
  private var sharedTexts: ArraySlice<UInt8>?
  private var isSorted = true
  private var opened: SourcePath?
  /// By the keys of the needs; of a table that was taken up from memory, and of one numbered anew, when they are asked for.
  private var indices: [String: UInt32] = [:]

  package init() {}

  /// Takes over the parts of a table that was sorted; their numbers fit each other.
  init(needs: [Need], items: [Item], files: [SourcePath], texts: ArraySlice<UInt8>) {
    self.needs = needs
    self.items = items
    self.files = files
    sharedTexts = texts
  }

  /// The texts of all items.
  var texts: ArraySlice<UInt8> { sharedTexts ?? ownTexts[...] }

  private mutating func unshareTexts() {
    guard let shared = sharedTexts else { return }
    ownTexts = Array(shared)
    sharedTexts = nil
  }

  private func text(of item: Item) -> ArraySlice<UInt8> {
    let texts = texts
    let start = texts.startIndex + Int(item.textStart)
    return texts[start..<(start + Int(item.textCount))]
  }

  /// The index of a need, which it gets when it is new.
  mutating func index(of need: Need) -> UInt32 {
    if indices.isEmpty { for (index, need) in needs.enumerated() { indices[need.key] = UInt32(index) } }
    let key = need.key
    if let known = indices[key] { return known }
    let index = UInt32(needs.count)
    needs.append(need)
    indices[key] = index
    return index
  }

  /// Begins the evidence of a file.
  mutating func open(_ file: SourcePath) { opened = file }

  /// Most files have no evidence: only those that have get a place.
  private mutating func settleOpened() {
    guard let file = opened else { return }
    opened = nil
    if let last = files.last {
      if last == file { return }
      if file < last { isSorted = false }
    }
    files.append(file)
  }

  /// Adds a place in the file that was opened last, and lets `write` lay down the text that shows it.
  mutating func add(
    _ need: UInt32, _ kind: EvidenceKind, _ group: DependencyGroup, line: Int, column: Int, limit: Int? = nil,
    text write: (inout [UInt8]) -> Void
  ) {
    settleOpened()
    unshareTexts()
    let start = ownTexts.count
    write(&ownTexts)
    let text = settleText(from: start, of: need)
    let item = Item(
      need: need, file: UInt32(files.count - 1), line: UInt32(clamping: line), column: UInt32(clamping: column),
      textStart: UInt32(clamping: text.lowerBound), textCount: UInt16(text.count), kindCode: kind.code,
      groupCode: group.code | UInt8(Swift.min(limit ?? 0, 15)) << 3)
    if isSorted, let last = items.last, item.precedes(last) { isSorted = false }
    items.append(item)
  }

  private mutating func settle(_ text: ArraySlice<UInt8>, of need: UInt32) -> UInt32 {
    let start = ownTexts.count
    ownTexts += text
    return UInt32(clamping: settleText(from: start, of: need).lowerBound)
  }

  /// Where the text stands that was laid down last: where that of the same need stands already when it says the same.
  private mutating func settleText(from start: Int, of need: UInt32) -> Range<Int> {
    let count = Swift.min(ownTexts.count - start, Int(UInt16.max))
    ownTexts.removeLast(ownTexts.count - start - count)
    while lastTexts.count <= Int(need) { lastTexts.append(0..<0) }
    let last = lastTexts[Int(need)]
    let isSame =
      last.count == count
      && ownTexts.withUnsafeBufferPointer { texts in
        guard let base = texts.baseAddress else { return true }
        // SAFETY: both ranges lie within the buffer.
        return memcmp(base + last.lowerBound, base + start, count) == 0
      }
    if isSame {
      ownTexts.removeLast(count)
      return last
    }
    lastTexts[Int(need)] = start..<(start + count)
    return start..<(start + count)
  }

  /// Adds evidence that the file does not give by itself.
  mutating func add(_ evidence: Evidence) {
    open(evidence.location.path)
    let need = index(of: Need(subject: evidence.subject, names: evidence.names))
    add(need, evidence.kind, evidence.group, line: evidence.location.line ?? 0, column: evidence.location.column ?? 0) {
      $0 += evidence.text.utf8
    }
    items[items.count - 1].groupCode |= Item.otherMark
  }

  /// Takes over the evidence of another table behind this one's.
  mutating func append(_ other: EvidenceTable) {
    let needs = other.needs.map { index(of: $0) }
    unshareTexts()
    let firstFile = UInt32(files.count)
    isSorted = isSorted && other.isSorted
    if let last = files.last, let next = other.files.first, next < last { isSorted = false }
    files += other.files
    for var item in other.items {
      let text = other.text(of: item)
      item.need = needs[Int(item.need)]
      item.file += firstFile
      item.textStart = settle(text, of: item.need)
      items.append(item)
    }
  }

  /// Removes what scripts in hidden folders (`.github`, `.ci`) import from these distributions: who runs them installs them.
  mutating func removeImports(ofAny distributions: Set<PackageName>) {
    if distributions.isEmpty { return }
    let isHidden = files.map(\.isInHiddenFolder)
    var isBrought = [Bool](repeating: false, count: needs.count)
    for index in Set(items.lazy.filter { isHidden[Int($0.file)] }.map { Int($0.need) }) {
      guard case .module(let module) = needs[index].subject else { continue }
      isBrought[index] = ModuleTable.distributions(providing: module).contains(where: distributions.contains)
    }
    let count = items.count
    items.removeAll { isBrought[Int($0.need)] && isHidden[Int($0.file)] }
    // A need without a place is none.
    if items.count < count { renumber() }
  }

  /// Sorts by location; of evidence at one place that which came first stays first.
  mutating func sort() {
    if isSorted { return }
    isSorted = true
    sortFiles()
    items.sortTail { $0.precedes($1) }
  }

  /// Most files are sorted already: what came later is put between them.
  private mutating func sortFiles() {
    let end = files.indices.dropFirst().first { !(files[$0 - 1] < files[$0]) } ?? files.count
    var places = [UInt32](repeating: 0, count: files.count)
    var sorted: [SourcePath] = []
    sorted.reserveCapacity(files.count)
    var head = 0
    func takeHead(upTo limit: Int) {
      for index in head..<limit { places[index] = UInt32(sorted.count + index - head) }
      sorted += files[head..<limit]
      head = limit
    }
    for index in (end..<files.count).sorted(by: { files[$0] < files[$1] }) {
      let file = files[index]
      var (low, high) = (head, end)
      while low < high {
        let middle = (low + high) / 2
        if file < files[middle] { high = middle } else { low = middle + 1 }
      }
      takeHead(upTo: low)
      if sorted.last != file { sorted.append(file) }
      places[index] = UInt32(sorted.count - 1)
    }
    takeHead(upTo: end)
    files = sorted
    for index in items.indices { items[index].file = places[Int(items[index].file)] }
  }

  /// Numbers the needs anew, in the order of their first places.
  mutating func renumber() {
    var numbers = [UInt32](repeating: .max, count: needs.count)
    var ordered: [Need] = []
    ordered.reserveCapacity(needs.count)
    for index in items.indices {
      let old = Int(items[index].need)
      if numbers[old] == .max {
        numbers[old] = UInt32(ordered.count)
        ordered.append(needs[old])
      }
      items[index].need = numbers[old]
    }
    needs = ordered
    indices = [:]
    lastTexts = []
  }

  /// What the files for which `isKept` says so tell by themselves; what else is known of them is left out.
  func keeping(_ isKept: (SourcePath) -> Bool) -> EvidenceTable {
    var kept = EvidenceTable()
    var numbers = [UInt32?](repeating: nil, count: needs.count)
    let keptFiles = files.map(isKept)
    kept.items.reserveCapacity(items.count)
    for var item in items where keptFiles[Int(item.file)] && item.groupCode & Item.otherMark == 0 {
      kept.open(files[Int(item.file)])
      kept.settleOpened()
      item.file = UInt32(kept.files.count - 1)
      let need = numbers[Int(item.need)] ?? kept.index(of: needs[Int(item.need)])
      numbers[Int(item.need)] = need
      item.need = need
      item.textStart = kept.settle(text(of: item), of: need)
      kept.items.append(item)
    }
    return kept
  }
}

extension Array {
  /// Sorts what is sorted but for its end: what is equal stays in its order.
  fileprivate mutating func sortTail(by precedes: (Element, Element) -> Bool) {
    guard let end = indices.dropFirst().first(where: { precedes(self[$0], self[$0 - 1]) }) else { return }
    let tail = self[end...].sorted(by: precedes)
    var (head, next, place) = (end - 1, tail.count - 1, count - 1)
    while next >= 0 {
      if head >= 0, precedes(tail[next], self[head]) {
        self[place] = self[head]
        head -= 1
      } else {
        self[place] = tail[next]
        next -= 1
      }
      place -= 1
    }
  }
}

extension EvidenceTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { items.count }

  package subscript(position: Int) -> Evidence {
    let item = items[position]
    let need = needs[Int(item.need)]
    return Evidence(
      subject: need.subject, kind: item.kind, group: item.group,
      location: Location(
        path: files[Int(item.file)], line: item.line > 0 ? Int(item.line) : nil,
        column: item.column > 0 ? Int(item.column) : nil),
      text: String(decoding: text(of: item), as: UTF8.self), names: need.names)
  }
}
