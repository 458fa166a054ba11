/// What readers of the environment make of text.
enum EnvironmentText {
  private static let trueWords: Set<String> = ["y", "yes", "t", "true", "on", "1", "ok"]
  private static let falseWords: Set<String> = ["n", "no", "f", "false", "off", "0", "", "none"]

  /// The truth that a word names; nil for other words.
  static func boolean(_ text: String) -> Bool? {
    let word = PythonText.stripped(text).lowercased()
    if trueWords.contains(word) { return true }
    return falseWords.contains(word) ? false : nil
  }

  /// `text` with `%41` and, where `plusIsSpace`, `+` as what they stand for.
  static func percentDecoded(_ text: String, plusIsSpace: Bool = false) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16),
        bytes[index + 1] != UInt8(ascii: "+"), bytes[index + 1] != UInt8(ascii: "-")
      {
        result.append(value)
        index += 3
        continue
      }
      result.append(plusIsSpace && bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
