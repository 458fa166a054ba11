// Supported: the whole language of https://git-scm.com/docs/gitignore, read byte by byte: comments, `!`, folder-only
// and anchored patterns, `*`, `?`, `**`, bracket expressions with POSIX classes, escapes, a byte order mark, CRLF.
// Unsupported: core.ignoreCase; letters are always told apart. Which files count (links, core.excludesFile) is the
// caller's business.
//
//   file      = [BOM] line *(LF line)
//   line      = "#" comment / ["!"] ["/"] pattern ["/"] *SP [CR]
//   pattern   = 1*(literal / "\" byte / "?" / "*" / "**" / bracket)
//
// A pattern with a `/` that is not its last byte is matched with the path below the folder of the file, any other with
// the last name of the path. What can match nothing (an unclosed bracket, a `\` at the end) is dropped when it is read.

/// What a rule says about a path.
package enum IgnoreVerdict: Sendable {
  case ignored
  /// Taken back by a pattern that begins with `!`.
  case included
}

/// The rules of one .gitignore file, as git reads them: https://git-scm.com/docs/gitignore
///
///     let rules = IgnoreRules(Array("*.pyc\n!keep.pyc\nbuild/\n".utf8))
///     rules.verdict(of: path.bytes.span, isFolder: false)
package struct IgnoreRules: Sendable {
  private var patterns: [IgnorePattern] = []
  private var literals: [UInt8] = []
  private var tokens: [GlobToken] = []
  private var index = IgnoreIndex()

  /// Reads the bytes of a .gitignore file; no input is an error, as none is to git.
  package init(_ bytes: [UInt8]) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") { read(line) }
  }

  /// Whether no rule can ever match.
  package var isEmpty: Bool { patterns.isEmpty }

  /// What the last pattern that matches says; nil when none does.
  ///
  /// `path` is relative to the folder that holds the file, without a `/` at either end. A link to a folder is no
  /// folder. Whether a folder above `path` is ignored is not looked at: see `IgnoreStack`.
  package func verdict(of path: Span<UInt8>, isFolder: Bool) -> IgnoreVerdict? {
    verdict(of: path, name: path.extracting(last: path.lastNameCount), below: [], isFolder: isFolder)
  }

  /// As above, for a path that lacks `prefix` at its beginning; `name` is what follows its last `/`.
  func verdict(of path: Span<UInt8>, name: Span<UInt8>, below prefix: [UInt8], isFolder: Bool) -> IgnoreVerdict? {
    guard !name.isEmpty else { return nil }
    for group in (0..<index.groupCount).reversed() {
      var candidates = index.candidates(group, lastByte: name[name.count - 1], isFolder: isFolder)
      while candidates != 0 {
        let last = 63 - candidates.leadingZeroBitCount
        candidates ^= 1 << UInt64(last)
        let pattern = patterns[group * 64 + last]
        if matches(pattern, path: path, name: name, prefix: prefix) {
          return pattern.isNegated ? .included : .ignored
        }
      }
    }
    return nil
  }

  private func matches(_ pattern: IgnorePattern, path: Span<UInt8>, name: Span<UInt8>, prefix: [UInt8]) -> Bool {
    switch pattern.form {
    case .name: return name.count == pattern.range.count && begins(name, with: pattern)
    case .nameBeginning: return begins(name, with: pattern)
    case .nameEnding:
      return name.count >= pattern.range.count && begins(name.extracting(last: pattern.range.count), with: pattern)
    case .nameGlob: return GlobMatch.matches(tokens.span.extracting(pattern.range), name)
    case .path, .pathGlob:
      if prefix.isEmpty { return matches(pattern, path: path) }
      var whole = prefix
      whole.reserveCapacity(prefix.count + path.count)
      for index in path.indices { whole.append(path[index]) }
      return matches(pattern, path: whole.span)
    }
  }

  private func matches(_ pattern: IgnorePattern, path: Span<UInt8>) -> Bool {
    if pattern.form == .path { return path.count == pattern.range.count && begins(path, with: pattern) }
    return GlobMatch.matches(tokens.span.extracting(pattern.range), path)
  }

  private func begins(_ text: Span<UInt8>, with pattern: IgnorePattern) -> Bool {
    let literal = literals.span.extracting(pattern.range)
    guard text.count >= literal.count else { return false }
    for index in literal.indices where literal[index] != text[index] { return false }
    return true
  }
}

extension IgnoreRules {
  private mutating func read(_ line: ArraySlice<UInt8>) {
    guard let line = IgnoreLine(line) else { return }
    guard let tokens = GlobCompiler.tokens(of: line.pattern, crossesFolders: !line.isName) else { return }
    let shape = GlobShape(of: tokens)
    let form = IgnorePattern.Form(shape, isName: line.isName)
    let range: Range<Int>
    switch form {
    case .name, .nameBeginning, .nameEnding, .path:
      range = literals.count..<(literals.count + shape.literal.count)
      literals += shape.literal
    case .nameGlob, .pathGlob:
      range = self.tokens.count..<(self.tokens.count + tokens.count)
      self.tokens += tokens
    }
    patterns.append(IgnorePattern(form: form, isNegated: line.isNegated, range: range))
    index.append(lastToken: tokens.last, needsFolder: line.needsFolder)
  }
}

extension Span<UInt8> {
  /// The length of what follows the last `/`.
  var lastNameCount: Int {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return count - start
  }
}
