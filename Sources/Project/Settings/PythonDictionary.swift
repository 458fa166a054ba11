/// The entries of a dictionary in source order.
struct PythonDictionary {
  /// A key as Python compares it: `True` is 1.
  enum Key: Hashable {
    case string(String)
    case integer(Int)
    case float(Double)
    case none
    case tuple([Key])
  }

  typealias Entry = (key: PythonValue, value: PythonValue)

  private(set) var entries: [Entry] = []
  private var keys: [Key] = []
  private var places: [Key: Int] = [:]
  /// Why there may be entries that are not known; nil when all are there.
  var rest: PythonValue?

  private static let manyEntries = 8

  func position(of key: Key) -> Int? {
    entries.count > Self.manyEntries ? places[key] : keys.firstIndex(of: key)
  }

  subscript(key: Key) -> PythonValue? { position(of: key).map { entries[$0].value } }

  subscript(text: String) -> PythonValue? { self[.string(text)] }

  func key(at position: Int) -> Key { keys[position] }

  mutating func set(_ key: Key, _ keyValue: PythonValue, to value: PythonValue) {
    if let position = position(of: key) { return entries[position].value = value }
    entries.append((keyValue, value))
    keys.append(key)
    if entries.count == Self.manyEntries + 1 {
      places = Dictionary(uniqueKeysWithValues: zip(keys, 0...))
    } else if entries.count > Self.manyEntries {
      places[key] = entries.count - 1
    }
  }

  mutating func setValue(at position: Int, to value: PythonValue) { entries[position].value = value }

  mutating func remove(_ key: Key) -> PythonValue? {
    guard let position = position(of: key) else { return nil }
    let removed = entries.remove(at: position).value
    keys.remove(at: position)
    if entries.count > Self.manyEntries {
      places = Dictionary(uniqueKeysWithValues: zip(keys, 0...))
    } else {
      places = [:]
    }
    return removed
  }
}
