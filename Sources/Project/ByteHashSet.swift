/// A set of the hashes of some bytes, by open addressing: cheaper than `Set` for the tens of thousands of names of a tree.
struct ByteHashSet: Sendable {
  /// 0 for a free place.
  private var slots: [UInt64]
  private var count = 0

  /// With room for so many before it grows.
  init(minimumCapacity: Int = 0) {
    var size = 16
    while size < minimumCapacity * 2 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
  }

  mutating func insert(_ hash: UInt64) {
    if count * 2 >= slots.count { grow() }
    let slot = slot(of: hash)
    if slots[slot] == 0 { count += 1 }
    slots[slot] = Self.stored(hash)
  }

  func contains(_ hash: UInt64) -> Bool { slots[slot(of: hash)] != 0 }

  /// Where the hash stands, or would stand.
  private func slot(of hash: UInt64) -> Int {
    let hash = Self.stored(hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private static func stored(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  private mutating func grow() {
    var larger = ByteHashSet(minimumCapacity: slots.count)
    for hash in slots where hash != 0 { larger.insert(hash) }
    self = larger
  }
}
