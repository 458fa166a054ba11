import Glibc

/// The system's words for an error number.
enum SystemError {
  /// `strerror_r`'s text, for example "Permission denied".
  static func text(_ number: Int32) -> String {
    let words = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      // SAFETY: the buffer is valid for its 256 bytes, and strerror_r ends what it writes with NUL.
      guard let start = buffer.baseAddress else { return "" }
      start.initialize(repeating: 0, count: 256)
      return strerror_r(number, start, 255) == 0 ? String(cString: start) : ""
    }
    return words.isEmpty ? "error \(number)" : words
  }
}
