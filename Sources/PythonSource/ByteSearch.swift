import CPosix

extension [UInt8] {
  /// Whether the text stands anywhere in these bytes.
  package func holds(_ text: StaticString) -> Bool {
    withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      // SAFETY: both stretches of memory live through the call, and their sizes are given.
      return cposix_find_text(base, 0, bytes.count, text.utf8Start, text.utf8CodeUnitCount) < bytes.count
    }
  }
}
