import Synchronization

/// What is found for a key, by the first that asks: others that ask meanwhile wait for it.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private final class Entry: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// The value of `key`; `find` is called for it once, and must not ask for the same key.
  func value(of key: Key, find: () -> Value) -> Value {
    let entry = entries.withLock { entries in
      if let known = entries[key] { return known }
      let new = Entry()
      entries[key] = new
      return new
    }
    return entry.value.withLock { known in
      if let known { return known }
      let found = find()
      known = found
      return found
    }
  }
}
