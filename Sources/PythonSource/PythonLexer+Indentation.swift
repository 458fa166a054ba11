extension PythonLexer {
  /// Reads the white space of a line that starts a statement; blank lines and comments are skipped with their ends.
  mutating func readIndentation() {
    while true {
      let lineStart = position
      var (column, alternative) = (0, 0)
      var continued: (Int, Int)?
      scan: while true {
        switch bytes[position] {
        case 0x20: (column, alternative) = (column + 1, alternative + 1)
        case 0x09: (column, alternative) = ((column / 8 + 1) * 8, alternative + 1)
        case 0x0C: (column, alternative) = (0, 0)
        case UInt8(ascii: "\\") where position + 1 < count && isLineEnd(bytes[position + 1]):
          // White space before the first backslash counts, that of the lines behind it does not.
          if continued == nil, column > 0 { continued = (column, alternative) }
          position += lineEndLength(at: position + 1)
        default: break scan
        }
        position += 1
      }
      if let continued { (column, alternative) = continued }
      guard position < count else { return }
      if bytes[position] == UInt8(ascii: "#") { skipComment() }
      if position >= count { return }
      guard isLineEnd(bytes[position]) else {
        return setIndentation(column, alternative, lineStart: lineStart)
      }
      position += lineEndLength(at: position)
    }
  }

  private mutating func setIndentation(_ column: Int, _ alternative: Int, lineStart: Int) {
    let current = indents[indents.count - 1]
    if column == current.column {
      if alternative != current.alternative { noteTabs() }
    } else if column > current.column {
      if alternative <= current.alternative { noteTabs() }
      if indents.count == 100 { note("too many levels of indentation", at: position, isOnDemand: true) }
      indents.append((column, alternative))
      add(.indent, from: lineStart)
    } else {
      while indents.count > 1, column < indents[indents.count - 1].column {
        let left = indents.removeLast()
        if column > indents[indents.count - 1].column {
          // Between two levels: read as if it stood in the inner one.
          note("unindent does not match any outer indentation level", at: position, isOnDemand: true)
          indents.append((column, min(alternative, left.alternative)))
          return
        }
        add(.dedent, from: position)
      }
      if alternative != indents[indents.count - 1].alternative { noteTabs() }
    }
  }

  private mutating func noteTabs() {
    note("inconsistent use of tabs and spaces in indentation", at: position, isOnDemand: true)
  }
}
