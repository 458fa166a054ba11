extension String {
  /// The lines of a file, the empty ones too, whichever way they end: to Swift CRLF is one character and no `\n`.
  package var textLines: [Substring] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }
}
