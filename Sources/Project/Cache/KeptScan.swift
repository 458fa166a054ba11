import Diagnostics
import Host
import Packaging

/// What an earlier scan left behind, as far as it holds.
enum KeptScan: Sendable {
  /// Nothing has changed.
  case whole(ProjectScan)
  /// The files have changed, their names have not.
  case imports(KeptImports)
}

/// What an earlier scan found in the imports of files that have not changed since.
struct KeptImports: Sendable {
  let files: Set<SourcePath>
  let evidence: EvidenceTable
  let fileImports: EvidenceTable
  let scripts: [SourcePath]
}

extension KeptScan {
  /// Nil when nothing of it holds; throws when the bytes are none that were written for this state.
  init?(from reader: inout CacheReader, of state: TreeState) throws(CacheDamage) {
    guard try reader.arrayEquals(state.shape) else { return nil }
    let stamps = try reader.array(of: FileStamp.self)
    let observations = try reader.list { reader throws(CacheDamage) in try reader.observation() }
    guard stamps.count == state.paths.count else { throw CacheDamage() }
    var scan = try ProjectScan(from: &reader)
    if Self.areEqual(stamps, state), observations.allSatisfy(\.holds) {
      self = .whole(scan)
      return
    }
    scan.fileImports = try EvidenceTable(from: &reader)
    scan.scripts = try reader.list { reader throws(CacheDamage) in try reader.path() }
    // What was read in part is told of anew.
    let partial = Set(scan.partial.compactMap(\.location?.path))
    var files: Set<SourcePath> = []
    for (index, path) in state.paths.enumerated()
    where stamps[index] == state.stamp(at: index) && stamps[index] != .unknown && path.bytes.ends(with: ".py")
      && !partial.contains(path)
    {
      files.insert(path)
    }
    self = .imports(
      KeptImports(
        files: files, evidence: scan.evidence.keeping(files.contains),
        fileImports: scan.fileImports.keeping(files.contains),
        scripts: scan.scripts.filter(files.contains)))
  }

  private static func areEqual(_ stamps: [FileStamp], _ state: TreeState) -> Bool {
    for (index, stamp) in stamps.enumerated() where stamp != state.stamp(at: index) || stamp == .unknown {
      return false
    }
    return true
  }
}

extension ProjectScan {
  /// Lays down what `KeptScan` takes up behind the state of the tree.
  func write(to writer: inout CacheWriter, of state: TreeState) {
    let lost = Set((failures + notes).compactMap(\.location?.path))
    writer.add(state.shape)
    state.writeLastingStamps(without: lost, to: &writer)
    writer.add(each: observations) { $0.add($1, settledAt: state.limit) }
    writer.add(filesRead)
    writer.add(hasSettings ? UInt8(1) : 0)
    writer.add(each: localImports) { $0.add($1) }
    writer.add(each: toolsOfPipelines) { $0.add($1.normalized) }
    writer.add(each: partial) { $0.add($1) }
    evidence.write(to: &writer)
    // Needed only where something has changed.
    fileImports.write(to: &writer)
    writer.add(each: scripts) { $0.add($1.bytes) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    filesRead = try reader.value()
    hasSettings = try reader.value(of: UInt8.self) == 1
    localImports = try reader.list { reader throws(CacheDamage) in try reader.text() }
    toolsOfPipelines = try reader.list { reader throws(CacheDamage) in
      guard let name = PackageName(try reader.text()) else { throw CacheDamage() }
      return name
    }
    partial = try reader.list { reader throws(CacheDamage) in try reader.warning() }
    evidence = try EvidenceTable(from: &reader)
  }
}
