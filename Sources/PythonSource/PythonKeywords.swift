/// Which words name things in Python.
extension StringProtocol {
  /// Whether it is a name: letters, digits and underscores, no digit first, and no keyword. Letters are those of ASCII and all
  /// beyond.
  package var isPythonIdentifier: Bool { hasPythonLetters && !isPythonKeyword }

  /// Whether it is written as a name is, keywords included.
  package var hasPythonLetters: Bool {
    guard let first = utf8.first, !(0x30...0x39).contains(first) else { return false }
    return utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
  }

  /// https://docs.python.org/3/reference/lexical_analysis.html#keywords; soft keywords are names.
  package var isPythonKeyword: Bool { keywords.contains(String(self)) }
}

private let keywords: Set<String> = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
  "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
  "pass", "raise", "return", "try", "while", "with", "yield",
]
