/// What Python's string methods say of text that need not be ASCII.
enum PythonText {
  /// `str.isidentifier`
  static func isIdentifier(_ text: String) -> Bool {
    if let ascii = all(text, { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }) {
      return ascii && !(text.utf8.first.map(ASCII.isDigit) ?? true)
    }
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let properties = scalar.properties
      // Unicode 15.1 alone lets U+200C and U+200D continue an identifier.
      if scalar.value == 0x200C || scalar.value == 0x200D { return false }
      guard scalar == "_" || (index == 0 ? properties.isXIDStart : properties.isXIDContinue) else { return false }
    }
    return true
  }

  /// Whether `\w` of a regular expression matches: `str.isalnum` or `_`.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return ASCII.isWord(UInt8(scalar.value)) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return scalar.properties.numericType != nil
    }
  }

  /// `str.lower`, but that a capital sigma at the end of a word becomes σ.
  static func lowercased(_ text: String) -> String {
    if all(text, { ASCII.lowercased($0) == $0 }) == true { return text }
    return text.lowercased()
  }

  /// The text as `packaging.utils.canonicalize_name` writes it, valid name or not.
  static func normalizedName(_ text: String) -> String { PackageName.normalize(lowercased(text)) }

  /// Whether every byte satisfies the predicate; nil when the text is not ASCII.
  private static func all(_ text: String, _ predicate: (UInt8) -> Bool) -> Bool? {
    var result = true
    for byte in text.utf8 {
      if byte >= 0x80 { return nil }
      result = result && predicate(byte)
    }
    return result
  }
}
