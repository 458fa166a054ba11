// Supported: RUN, CMD, ENTRYPOINT, HEALTHCHECK CMD and ONBUILD of these, as a script or as a JSON list; `\` at the end of a line,
// comment lines inside; here-documents of RUN (`RUN <<EOF`, `RUN sh <<EOF`), skipped where another program gets them;
// values of ENV and ARG, for variables that name a program.
// Unsupported: another `escape`, another SHELL, stages (each is read), what base images start.

/// Finds the commands of a Dockerfile.
///
/// Source: https://docs.docker.com/reference/dockerfile/
package struct DockerfileReader {
  private let file: [UInt8]
  private let lines: [Range<Int>]
  private var index = 0
  private var collector: CommandCollector
  private var variables: [[UInt8]: [UInt8]] = [:]
  /// Ends of here-documents that no line behind has.
  private var missingEnds: Set<[UInt8]> = []

  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var reader = DockerfileReader(file)
    while reader.index < reader.lines.count { reader.readInstruction() }
    return reader.collector.commands
  }

  private init(_ file: [UInt8]) {
    self.file = file
    lines = FileLines.ranges(of: file)
    collector = CommandCollector(file, .image)
  }

  /// Reads one instruction with the lines that it goes on in.
  private mutating func readInstruction() {
    var text = ScriptText()
    while index < lines.count {
      let line = lines[index]
      index += 1
      let start = FileLines.content(of: line, in: file)
      // Comments and empty lines between the lines of an instruction are none of it.
      if start == line.upperBound || file[start] == UInt8(ascii: "#") {
        if text.isEmpty { return } else { continue }
      }
      let isContinued = FileLines.isContinued(line, in: file)
      text.append(file, line.lowerBound..<(isContinued ? line.upperBound - 1 : line.upperBound))
      guard isContinued else { break }
      text.append(UInt8(ascii: " "), at: line.upperBound)
    }
    readInstruction(text)
  }

  private mutating func readInstruction(_ text: ScriptText) {
    let (name, rest) = Self.split(text)
    switch name {
    case "RUN": readRun(rest)
    case "CMD", "ENTRYPOINT": take(rest, in: .image)
    case "HEALTHCHECK":
      var (word, inner) = Self.split(rest)
      while word.hasPrefix("--") { (word, inner) = Self.split(inner) }
      if word == "CMD" { take(inner, in: .image) }
    case "ONBUILD": readInstruction(rest)
    case "ENV", "ARG": readVariables(rest)
    case "COPY", "ADD": _ = readHereDocuments(in: rest.bytes)
    default: break
    }
  }

  /// The first word in capitals, and what follows the blanks behind it.
  private static func split(_ text: ScriptText) -> (String, ScriptText) {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = text.bytes.firstIndex { !isBlank($0) } ?? text.count
    let end = text.bytes[start...].firstIndex(where: isBlank) ?? text.count
    let next = text.bytes[end...].firstIndex { !isBlank($0) } ?? text.count
    let word = text.bytes[start..<end].map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }
    return (String(decoding: word, as: UTF8.self), text.part(next..<text.count))
  }

  private mutating func readRun(_ text: ScriptText) {
    var text = text
    // `--mount=...`, `--network=...`
    while text.bytes.starts(with: "--".utf8) { text = Self.split(text).1 }
    let documents = readHereDocuments(in: text.bytes)
    guard !documents.isEmpty, let first = documents.first else { return take(text, in: .imageBuild) }
    let before = text.bytes.prefix { $0 != UInt8(ascii: "<") }
    let program = ShellWord(text.part(0..<before.count)).baseName.split(separator: " ").first
    if program.map({ ["sh", "bash", "dash", "ash"].contains($0) }) ?? true {
      if !first.bytes.starts(with: "#!".utf8) || first.bytes.prefix(40).contains(UInt8(ascii: "h")) {
        collector.take(first, in: .imageBuild, variables: variables)
      }
    } else {
      take(text, in: .imageBuild)
    }
  }

  /// Takes the lines of the here-documents that an instruction names.
  private mutating func readHereDocuments(in instruction: [UInt8]) -> [ScriptText] {
    var documents: [ScriptText] = []
    var position = 0
    while position + 2 < instruction.count {
      defer { position += 1 }
      guard instruction[position] == UInt8(ascii: "<"), instruction[position + 1] == UInt8(ascii: "<"),
        position == 0 || instruction[position - 1] != UInt8(ascii: "<")
      else { continue }
      let name = instruction[(position + 2)...].drop { "-'\"".utf8.contains($0) }.prefix(while: isShellNameByte)
      guard !name.isEmpty, !missingEnds.contains(Array(name)) else { continue }
      guard lines[min(index, lines.count)...].contains(where: { ends($0, name) }) else {
        missingEnds.insert(Array(name))
        continue
      }
      var document = ScriptText()
      while index < lines.count, !ends(lines[index], name) {
        document.append(file, lines[index])
        document.append(UInt8(ascii: "\n"), at: lines[index].upperBound)
        index += 1
      }
      index += 1
      documents.append(document)
    }
    return documents
  }

  private func ends(_ line: Range<Int>, _ name: ArraySlice<UInt8>) -> Bool {
    file[line].drop { $0 == UInt8(ascii: "\t") }.elementsEqual(name)
  }

  /// A JSON list, or a script.
  private mutating func take(_ text: ScriptText, in place: ProcessPlace) {
    if text.bytes.first == UInt8(ascii: "["), let words = Self.list(text) {
      collector.take(words: words, in: place)
    } else {
      collector.take(text, in: place, variables: variables)
    }
  }

  private static func list(_ text: ScriptText) -> [ScriptText]? {
    do {
      return try JSONReader.read(text.bytes).array?.compactMap { node in
        node.string == nil ? nil : text.part((node.place.bytes.lowerBound + 1)..<(node.place.bytes.upperBound - 1))
      }
    } catch { return nil }
  }

  /// `NAME=value ...`, `NAME value`
  private mutating func readVariables(_ text: ScriptText) {
    for words in ShellReader.commands(of: text, dialect: .words) {
      if words.count == 2, words[0].assignment == nil {
        variables[words[0].text.bytes] = words[1].isLiteral ? words[1].text.bytes : nil
        continue
      }
      for word in words {
        guard let sign = word.assignment else { continue }
        let value = word.text.bytes[(sign + 1)...]
        variables[Array(word.text.bytes[..<sign])] = value.contains(UInt8(ascii: "$")) ? nil : Array(value)
      }
    }
  }
}
