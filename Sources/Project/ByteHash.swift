/// A quick hash of some bytes, for tables that live as long as a scan: names of modules are short and nobody's enemy, and a
/// table of them is bounded by what was read.
struct ByteHash {
  let value: UInt64

  /// `behind` is the hash of what stood before, of a sequence that is hashed in its order.
  init(_ bytes: UnsafeBufferPointer<UInt8>, behind before: UInt64 = 0) {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = before ^ UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= raw.count {
      hash = Self.mixed(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var last: UInt64 = 0
    while offset < raw.count {
      last = last << 8 | UInt64(raw[offset])
      offset += 1
    }
    value = Self.mixed(hash ^ last)
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    let product = number.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
