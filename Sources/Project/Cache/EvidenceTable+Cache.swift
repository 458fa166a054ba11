import Diagnostics
import Knowledge
import Packaging

extension EvidenceTable {
  /// Lays down a sorted table; most of it as it lies in memory.
  func write(to writer: inout CacheWriter) {
    writer.add(each: needs) { $0.add($1) }
    writer.add(each: files) { $0.add($1.bytes) }
    writer.add(items)
    writer.add(Array(texts))
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    let needs = try reader.list { reader throws(CacheDamage) in try reader.need() }
    let files = try reader.list { reader throws(CacheDamage) in try reader.path() }
    let items = try reader.array(of: Item.self)
    let texts = try reader.slice()
    let (kinds, groups) = (EvidenceKind.all.count, DependencyGroup.allCases.count)
    for item in items {
      guard item.need < needs.count, item.file < files.count, item.kindCode < kinds,
        item.groupCode & Item.groupMask < groups, Int(item.textStart) + Int(item.textCount) <= texts.count
      else { throw CacheDamage() }
    }
    self.init(needs: needs, items: items, files: files, texts: texts)
  }
}

extension CacheWriter {
  mutating func add(_ need: Need) {
    switch need.subject {
    case .module(let module):
      add(UInt8(0))
      add(module)
    case .distribution(let names):
      add(UInt8(1))
      add(each: names) { $0.add($1.normalized) }
    case .rule(let rule):
      add(UInt8(2))
      let (kind, text) = rule.parts
      add(UInt8(kind))
      add(text)
    }
    add(each: need.names) { $0.add($1) }
  }
}

extension CacheReader {
  mutating func path() throws(CacheDamage) -> SourcePath {
    try slice().withUnsafeBufferPointer { SourcePath(bytes: $0) }
  }

  mutating func need() throws(CacheDamage) -> Need {
    let subject: Evidence.Subject
    switch try value(of: UInt8.self) {
    case 0: subject = .module(try text())
    case 1:
      subject = .distribution(
        try list { reader throws(CacheDamage) in
          guard let name = PackageName(try reader.text()) else { throw CacheDamage() }
          return name
        })
    case 2: subject = .rule(try rule())
    default: throw CacheDamage()
    }
    return Need(subject: subject, names: try list { reader throws(CacheDamage) in try reader.text() })
  }

  private mutating func rule() throws(CacheDamage) -> RuleKey {
    let kind = Int(try value(of: UInt8.self))
    guard let rule = RuleKey(kind: kind, subject: try text()) else { throw CacheDamage() }
    return rule
  }
}
