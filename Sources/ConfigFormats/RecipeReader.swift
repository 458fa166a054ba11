// Supported: recipes of a Makefile (lines that begin with a tab below a rule, `target: ; command`), of a justfile (indented
// lines below a rule); `@`, `-` and `+` in front of a command; `\` at the end of a line; variables with a plain value
// (`NAME = words`, `:=`, `::=`, `?=`, `export NAME=`), `$(NAME)`, `${NAME}`, `{{NAME}}`; recipes of a justfile that begin
// with `#!`.
// Unsupported: functions of make (`$(shell ...)`), `define`, included files, another `.RECIPEPREFIX`. Conditions are passed over:
// both branches are read.

/// Finds the commands in the recipes of a Makefile or a justfile.
///
/// Source: https://www.gnu.org/software/make/manual/html_node/Recipes.html, https://just.systems/man/en/
package struct RecipeReader {
  package enum Dialect: Sendable {
    case make
    case just
  }

  /// How deep variables may name each other, how long a value may be, and how much all may put in.
  private static let maximumDepth = 8
  private static let longestValue = 1024
  private static let maximumExpansion = 1 << 20

  private let file: [UInt8]
  private let dialect: Dialect
  private let lines: [Range<Int>]
  private var variables: [[UInt8]: Range<Int>] = [:]
  private var expanded = 0
  private var collector: CommandCollector

  package static func commands(in file: [UInt8], _ dialect: Dialect) -> [ProcessCommand] {
    var reader = RecipeReader(file, dialect)
    reader.readVariables()
    reader.readRecipes()
    return reader.collector.commands
  }

  private init(_ file: [UInt8], _ dialect: Dialect) {
    self.file = file
    self.dialect = dialect
    lines = FileLines.ranges(of: file)
    collector = CommandCollector(file, .task)
  }

  private func isRecipe(_ line: Range<Int>) -> Bool {
    let first = file[line].first
    return first == UInt8(ascii: "\t") || dialect == .just && first == UInt8(ascii: " ")
  }

  // MARK: - Variables

  private mutating func readVariables() {
    for line in lines where !isRecipe(line) {
      var start = FileLines.content(of: line, in: file)
      if file[start..<line.upperBound].starts(with: "export ".utf8) {
        start = FileLines.content(of: (start + 7)..<line.upperBound, in: file)
      }
      let name = file[start..<line.upperBound].prefix { isShellNameByte($0) || $0 == UInt8(ascii: "-") }
      var position = FileLines.content(of: name.endIndex..<line.upperBound, in: file)
      while position < line.upperBound, file[position] == UInt8(ascii: ":") || file[position] == UInt8(ascii: "?") {
        position += 1
      }
      guard !name.isEmpty, position < line.upperBound, file[position] == UInt8(ascii: "="),
        !FileLines.isContinued(line, in: file)
      else { continue }
      var value = FileLines.content(of: (position + 1)..<line.upperBound, in: file)..<line.upperBound
      if dialect == .just {
        guard value.count >= 2, let quote = file[value].first, quote == file[value].last, "'\"".utf8.contains(quote)
        else {
          continue
        }
        value = (value.lowerBound + 1)..<(value.upperBound - 1)
      }
      if value.count <= Self.longestValue { variables[Array(name)] = value }
    }
  }

  // MARK: - Recipes

  private mutating func readRecipes() {
    var index = 0
    while index < lines.count {
      var line = lines[index]
      index += 1
      guard isRecipe(line) else {
        readRule(line)
        continue
      }
      if dialect == .just, file[line].drop(while: isBlank).starts(with: "#!".utf8) {
        readScript(at: &index, line)
        continue
      }
      var text = recipe(line)
      while FileLines.isContinued(line, in: file), index < lines.count {
        line = lines[index]
        index += 1
        text.append(UInt8(ascii: "\n"), at: line.lowerBound)
        expand(line, into: &text, depth: 0, at: nil)
      }
      collector.take(text)
    }
  }

  /// `target: dependencies ; command`
  private mutating func readRule(_ line: Range<Int>) {
    guard dialect == .make, let colon = file[line].firstIndex(of: UInt8(ascii: ":")),
      colon + 1 < line.upperBound, file[colon + 1] != UInt8(ascii: "="), file[line].first != UInt8(ascii: "#"),
      let sign = file[colon..<line.upperBound].firstIndex(of: UInt8(ascii: ";"))
    else { return }
    collector.take(recipe((sign + 1)..<line.upperBound))
  }

  private mutating func recipe(_ line: Range<Int>) -> ScriptText {
    var start = line.lowerBound
    while start < line.upperBound, " \t@-+".utf8.contains(file[start]) { start += 1 }
    var text = ScriptText()
    expand(start..<line.upperBound, into: &text, depth: 0, at: nil)
    return text
  }

  /// A recipe of a justfile that is a script as a whole.
  private mutating func readScript(at index: inout Int, _ first: Range<Int>) {
    var text = ScriptText()
    while index < lines.count, lines[index].isEmpty || isRecipe(lines[index]) {
      expand(lines[index], into: &text, depth: 0, at: nil)
      text.append(UInt8(ascii: "\n"), at: lines[index].upperBound)
      index += 1
    }
    if file[first].elements(contain: "sh") { collector.take(text) }
  }

  /// Puts a line into a text, the values of its variables in their places; `offset` is that of a use, for what a value holds.
  private mutating func expand(_ line: Range<Int>, into text: inout ScriptText, depth: Int, at offset: Int?) {
    var position = line.lowerBound
    while position < line.upperBound {
      let byte = file[position]
      let next = position + 1 < line.upperBound ? file[position + 1] : 0
      if dialect == .make, byte == UInt8(ascii: "$"), next == byte {
        text.append(byte, at: offset ?? position)
        position += 2
      } else if dialect == .make, byte == UInt8(ascii: "$"), next == UInt8(ascii: "(") || next == UInt8(ascii: "{") {
        position = put(
          position, line, close: next == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}"), &text, depth, offset
        )
      } else if dialect == .just, byte == UInt8(ascii: "{"), next == byte {
        position = put(position, line, close: UInt8(ascii: "}"), &text, depth, offset)
      } else {
        text.append(byte, at: offset ?? position)
        position += 1
      }
    }
  }

  /// Puts the value of the variable in that begins at `start`, and returns where it ends.
  private mutating func put(
    _ start: Int, _ line: Range<Int>, close: UInt8, _ text: inout ScriptText, _ depth: Int, _ offset: Int?
  ) -> Int {
    let open = file[start + 1]
    var count = 0
    var end = start + 1
    while end < line.upperBound {
      if file[end] == open { count += 1 }
      if file[end] == close { count -= 1 }
      end += 1
      if count == 0 { break }
    }
    if dialect == .just, end < line.upperBound, file[end] == close { end += 1 }
    let name = file[start..<end].drop { "$({} ".utf8.contains($0) }.prefix {
      isShellNameByte($0) || $0 == UInt8(ascii: "-")
    }
    let isWhole = file[name.endIndex..<end].allSatisfy { " })".utf8.contains($0) }
    if isWhole, let value = variables[Array(name)], depth < Self.maximumDepth, expanded < Self.maximumExpansion {
      expanded += value.count + 1
      expand(value, into: &text, depth: depth + 1, at: offset ?? start)
    } else {
      // Written as a variable of the shell, so that it stays one word.
      text.append("${".utf8, allAt: offset ?? start)
      text.append(isWhole ? Array(name) : [UInt8(ascii: "_")], allAt: offset ?? start)
      text.append(UInt8(ascii: "}"), at: offset ?? start)
    }
    return end
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
  /// Whether the text stands anywhere in these bytes.
  func elements(contain text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      indices.contains { self[$0...].starts(with: wanted) }
    }
  }
}
