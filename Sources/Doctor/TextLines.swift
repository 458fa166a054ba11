extension String {
  /// The lines of a file, the empty ones too, whichever way they end: to Swift CRLF is one character and no `\n`.
  package var textLines: [Substring] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }
}

extension String {
  /// Whether the text is a number or a truth value and nothing else, which no password is.
  package var isPlainNumber: Bool {
    let word = filter { !$0.isWhitespace }
    return !word.isEmpty && word.utf8.count < 8 && word.allSatisfy { $0.isASCII && $0.isNumber }
      || ["true", "false", "yes", "no", "on", "off"].contains(word.lowercased())
  }
}
