/// The members of a TOML table or a JSON object in the order of the file, each with the place of its key.
package struct ConfigTable: Sendable {
  /// One `key = value`.
  package struct Entry: Sendable {
    package let key: String
    /// Of the key where it is first written, quotes included; in a dotted key or a header, of that part alone.
    package let keyPlace: ConfigPlace
    package internal(set) var value: ConfigNode
  }

  package private(set) var entries: [Entry] = []
  /// Where each key stands, once there are many.
  private var positions: [ConfigKey: Int] = [:]

  /// Up to so many entries are quicker to look through than to hash.
  private static let manyEntries = 16
  /// Most tables have about so many.
  private static let fewEntries = 4

  init() {}

  /// A table that no file holds: its places are `ConfigPlace.nowhere`. Of two equal keys the last counts.
  package init(_ members: [(key: String, value: ConfigNode.Value)]) {
    for (key, value) in members {
      let node = ConfigNode(value, at: .nowhere)
      if let position = position(of: key) {
        replaceValue(at: position, by: node)
      } else {
        append(Entry(key: key, keyPlace: .nowhere, value: node))
      }
    }
  }

  package var isEmpty: Bool { entries.isEmpty }

  package subscript(key: String) -> ConfigNode? { position(of: key).map { entries[$0].value } }

  /// The entry of a key, for its place.
  package func entry(_ key: String) -> Entry? { position(of: key).map { entries[$0] } }

  func position(of key: String) -> Int? {
    if entries.count > Self.manyEntries { return positions[ConfigKey(key)] }
    let count = key.utf8.count
    // By index, so that no entry is copied.
    for index in entries.indices where entries[index].key.utf8.count == count && entries[index].key == key {
      if ConfigKey(entries[index].key) == ConfigKey(key) { return index }
    }
    return nil
  }

  /// Adds an entry whose key the table does not have yet.
  mutating func append(_ entry: Entry) {
    if entries.isEmpty { entries.reserveCapacity(Self.fewEntries) }
    entries.append(entry)
    if entries.count == Self.manyEntries + 1 {
      for (index, entry) in entries.enumerated() { positions[ConfigKey(entry.key)] = index }
    } else if entries.count > Self.manyEntries {
      positions[ConfigKey(entry.key)] = entries.count - 1
    }
  }

  mutating func replaceValue(at position: Int, by value: ConfigNode) { entries[position].value = value }
}

extension ConfigTable: Equatable {
  /// Whether both have the same keys with equal values, in whatever order.
  package static func == (left: ConfigTable, right: ConfigTable) -> Bool {
    left.entries.count == right.entries.count && left.entries.allSatisfy { $0.value == right[$0.key] }
  }
}
