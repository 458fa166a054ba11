import Diagnostics
import Host

extension CacheWriter {
  /// Lays down a warning; it has no remedy.
  mutating func add(_ warning: Finding) {
    add(warning.location?.path.bytes ?? [])
    add(warning.location?.line ?? 0)
    add(warning.message)
  }

  mutating func add(_ observation: ObservedFiles.Observation, settledAt limit: Int64) {
    switch observation {
    case .content(let path, let stamp):
      add(UInt8(0))
      add(path.bytes)
      add(stamp.map { [$0.isRecent(since: limit) ? .unknown : $0] } ?? [])
    case .existence(let path, let isThere):
      add(UInt8(isThere ? 2 : 1))
      add(path.bytes)
    case .destination(let path, let target):
      add(UInt8(3))
      add(path.bytes)
      add(each: target.map { [$0] } ?? []) { $0.add($1.bytes) }
    }
  }
}

extension CacheReader {
  mutating func warning() throws(CacheDamage) -> Finding {
    let path = try path()
    let line = try value(of: Int.self)
    return Finding(.warning, at: Location(path: path, line: line > 0 ? line : nil), try text())
  }

  mutating func observation() throws(CacheDamage) -> ObservedFiles.Observation {
    let kind = try value(of: UInt8.self)
    let path = try path()
    switch kind {
    case 0: return .content(path, try array(of: FileStamp.self).first)
    case 1, 2: return .existence(path, kind == 2)
    case 3:
      return .destination(path, try list { reader throws(CacheDamage) in try reader.path() }.first)
    default: throw CacheDamage()
    }
  }
}
