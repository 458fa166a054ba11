/// A word of a command line, with its quotes undone.
struct ShellWord {
  var text = ScriptText()
  /// Whether nothing in it was quoted or put in, so that it may be a reserved word or an assignment.
  var isBare = true
  /// Whether all of it is known.
  var isLiteral = true

  init() {}

  init(_ text: ScriptText) { self.text = text }

  var string: String { text.string }

  func equals(_ word: StaticString) -> Bool {
    text.count == word.utf8CodeUnitCount && word.withUTF8Buffer { text.bytes.elementsEqual($0) }
  }

  /// Where the `=` of `NAME=value` or `NAME+=value` stands.
  var assignment: Int? {
    guard let sign = text.bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    var name = text.bytes[..<sign]
    if name.last == UInt8(ascii: "+") { name.removeLast() }
    guard let first = name.first, !(first &- 0x30 < 10), name.allSatisfy(isShellNameByte) else { return nil }
    return sign
  }

  /// What stands behind the last slash.
  var baseName: String {
    let start = text.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return String(decoding: text.bytes[start...], as: UTF8.self)
  }
}

func isShellNameByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte &- 0x30 < 10
}
