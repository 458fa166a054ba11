import ConfigFormats

/// Values as lines `line:column[bytes] key = value`, for comparing all that a reader gives.
enum PlacedText {
  static func lines(_ node: ConfigNode) -> [String] { lines(node, "") }

  private static func lines(_ node: ConfigNode, _ path: String) -> [String] {
    let place = "\(node.place.line):\(node.place.column)"
    switch node.value {
    case .null: return ["\(place) \(path) null"]
    case .boolean(let value): return ["\(place) \(path) \(value)"]
    case .integer(let text): return ["\(place) \(path) integer \(text)"]
    case .float(let text): return ["\(place) \(path) float \(text)"]
    case .string(let text): return ["\(place) \(path) \"\(text)\""]
    case .time(let kind, let text): return ["\(place) \(path) \(kind.rawValue) \(text)"]
    case .array(let nodes):
      return ["\(place) \(path) array"] + nodes.enumerated().flatMap { lines($1, "\(path)[\($0)]") }
    case .table(let table):
      return ["\(place) \(path) table"]
        + table.entries.flatMap { entry in
          ["\(entry.keyPlace.line):\(entry.keyPlace.column) \(path).\(entry.key)"]
            + lines(entry.value, "\(path).\(entry.key)")
        }
    }
  }

  /// What each place's bytes hold, in order.
  static func slices(_ node: ConfigNode, of bytes: [UInt8]) -> [String] {
    let own = String(decoding: bytes[node.place.bytes], as: UTF8.self)
    switch node.value {
    case .array(let nodes): return [own] + nodes.flatMap { slices($0, of: bytes) }
    case .table(let table):
      return [own]
        + table.entries.flatMap { entry in
          [String(decoding: bytes[entry.keyPlace.bytes], as: UTF8.self)] + slices(entry.value, of: bytes)
        }
    default: return [own]
    }
  }
}
