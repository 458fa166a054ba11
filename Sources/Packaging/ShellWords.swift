/// Words as Python's `shlex.split` finds them, each with its place: quotes and backslashes as in a POSIX shell.
enum ShellWords {
  typealias Scalars = RequirementsText.Scalars

  struct Word {
    var text: Scalars = []
    /// Index of its first scalar in what was split.
    let start: Int
  }

  enum Failure: Error {
    /// Where the open quote stands.
    case unclosedQuote(at: Int)
    case danglingBackslash(at: Int)
  }

  static func split(_ text: ArraySlice<Unicode.Scalar>) throws(Failure) -> [Word] {
    var words: [Word] = []
    var word: Word?
    var position = text.startIndex
    while position < text.endIndex {
      let scalar = text[position]
      if scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n" {
        if let word { words.append(word) }
        word = nil
        position += 1
        continue
      }
      var current = word ?? Word(start: position)
      switch scalar {
      case "\"", "'": position = try quoted(text, from: position, into: &current.text)
      case "\\":
        guard position + 1 < text.endIndex else { throw .danglingBackslash(at: position) }
        current.text.append(text[position + 1])
        position += 2
      default:
        current.text.append(scalar)
        position += 1
      }
      word = current
    }
    if let word { words.append(word) }
    return words
  }

  /// The index behind the closing quote.
  private static func quoted(
    _ text: ArraySlice<Unicode.Scalar>, from start: Int, into word: inout Scalars
  ) throws(Failure) -> Int {
    let quote = text[start]
    var position = start + 1
    while position < text.endIndex, text[position] != quote {
      if quote == "\"", text[position] == "\\" {
        guard position + 1 < text.endIndex else { throw .danglingBackslash(at: position) }
        // Between double quotes a backslash means itself, except before another or the quote.
        if text[position + 1] != "\\" && text[position + 1] != quote { word.append("\\") }
        position += 1
      }
      word.append(text[position])
      position += 1
    }
    guard position < text.endIndex else { throw .unclosedQuote(at: start) }
    return position + 1
  }
}
