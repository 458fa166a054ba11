/// Reads one logical line of a requirements file.
struct RequirementsLineReader {
  typealias Scalars = RequirementsText.Scalars

  struct Option {
    let option: RequirementsOption
    let value: Scalars?
    let start: Int
  }

  private let line: LogicalLine
  private(set) var warnings: [RequirementsFileProblem] = []

  init(_ line: LogicalLine) { self.line = line }

  mutating func entries() throws(RequirementsFileProblem) -> [RequirementsFile.Entry] {
    let start = optionsStart
    let options = try options(words(from: start))
    let words = line.scalars[..<max(0, start - 1)]
    if start > 0, !words.isEmpty {
      return [entry(.requirement(try requirement(String(scalars: words), options)), at: 0)]
    }
    if let editable = options.first(where: { $0.option == .editable }) {
      return [entry(.requirement(try self.editable(editable, options)), at: editable.start)]
    }
    let files = options.filter { $0.option == .requirement } + options.filter { $0.option == .constraint }
    if let file = files.first {
      ignore(options) { $0.start != file.start }
      let name = CredentialText(String(scalars: file.value ?? []))
      return [entry(.file(name, isConstraint: file.option == .constraint), at: file.start)]
    }
    ignore(options) { !$0.option.belongsToFile }
    return options.filter { $0.option.belongsToFile }.map { option in
      entry(.option(option.option, option.value.map { CredentialText(String(scalars: $0)) }), at: option.start)
    }
  }

  /// Where the first word that begins with `-` stands; one past the end and its blank without any.
  private var optionsStart: Int {
    let scalars = line.scalars
    return scalars.indices.first { scalars[$0] == "-" && ($0 == 0 || scalars[$0 - 1] == " ") } ?? scalars.count + 1
  }

  private func entry(_ content: RequirementsFile.Content, at offset: Int) -> RequirementsFile.Entry {
    let place = line.place(of: offset)
    return RequirementsFile.Entry(
      content: content, line: line.line, lastLine: line.lastLine, column: place.line == line.line ? place.column : 1,
      text: CredentialText(line.written))
  }

  private func problem(_ reason: RequirementsFileProblem.Reason, at offset: Int) -> RequirementsFileProblem {
    let place = line.place(of: offset)
    return RequirementsFileProblem(
      reason: reason, line: place.line, column: place.column, logicalLine: line.line)
  }

  // MARK: - Options

  private func words(from start: Int) throws(RequirementsFileProblem) -> [ShellWords.Word] {
    do { return try ShellWords.split(line.scalars[min(start, line.scalars.count)...]) } catch {
      switch error {
      case .unclosedQuote(let offset): throw problem(.unclosedQuote, at: offset)
      case .danglingBackslash(let offset): throw problem(.danglingBackslash, at: offset)
      }
    }
  }

  private mutating func options(_ words: [ShellWords.Word]) throws(RequirementsFileProblem) -> [Option] {
    var options: [Option] = []
    var ignored: [ShellWords.Word] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.text.elementsEqual("--".unicodeScalars) {
        ignored += rest
        break
      }
      if word.text.starts(with: "--".unicodeScalars) {
        options.append(try longOption(word, &rest))
      } else if word.text.first == "-", word.text.count > 1 {
        options.append(try shortOption(word, &rest))
      } else {
        ignored.append(word)
      }
    }
    if let first = ignored.first {
      let text = ignored.map { String(scalars: $0.text) }.joined(separator: " ")
      warnings.append(problem(.ignoredWords(text), at: first.start))
    }
    return options
  }

  private func longOption(
    _ word: ShellWords.Word, _ rest: inout ArraySlice<ShellWords.Word>
  ) throws(RequirementsFileProblem) -> Option {
    let name = String(scalars: word.text.prefix { $0 != "=" })
    let value = word.text.firstIndex(of: "=").map { Array(word.text[($0 + 1)...]) }
    let candidates = RequirementsOption.matching(name)
    guard let option = candidates.first else {
      throw problem(.unknownOption(name, suggestion: RequirementsOption.closest(to: name)), at: word.start)
    }
    if candidates.count > 1 {
      throw problem(.ambiguousOption(name, candidates: candidates.map(\.rawValue).sorted()), at: word.start)
    }
    if option.valueName == nil {
      if value != nil { throw problem(.unexpectedValue(option), at: word.start) }
      return Option(option: option, value: nil, start: word.start)
    }
    return try checked(option, value ?? rest.popFirst()?.text, word)
  }

  private func shortOption(
    _ word: ShellWords.Word, _ rest: inout ArraySlice<ShellWords.Word>
  ) throws(RequirementsFileProblem) -> Option {
    guard let option = RequirementsOption(short: word.text[1]) else {
      throw problem(.unknownOption("-\(word.text[1])", suggestion: nil), at: word.start)
    }
    let attached = Array(word.text.dropFirst(2))
    return try checked(option, attached.isEmpty ? rest.popFirst()?.text : attached, word)
  }

  private func checked(
    _ option: RequirementsOption, _ value: Scalars?, _ word: ShellWords.Word
  ) throws(RequirementsFileProblem) -> Option {
    guard let value else { throw problem(.missingValue(option), at: word.start) }
    switch option {
    case .hash where ArtifactHash(String(scalars: value)) == nil:
      throw problem(.hash(String(scalars: value)), at: word.start)
    case .configSettings where !value.contains("="):
      throw problem(.configSetting(String(scalars: value)), at: word.start)
    case .noBinary where value.first == "-", .onlyBinary where value.first == "-",
      .allReleases where value.first == "-", .onlyFinal where value.first == "-":
      throw problem(.missingValue(option), at: word.start)
    default: return Option(option: option, value: value, start: word.start)
    }
  }

  /// Tells of the options that have no effect on this line.
  private mutating func ignore(_ options: [Option], where isIgnored: (Option) -> Bool) {
    for option in options where isIgnored(option) {
      warnings.append(problem(.ignoredOption(option.option), at: option.start))
    }
  }

  // MARK: - Requirements

  private mutating func requirement(
    _ text: String, _ options: [Option]
  ) throws(RequirementsFileProblem) -> RequirementLine {
    ignore(options) { !$0.option.belongsToRequirement }
    var result: RequirementLine
    do { result = try RequirementLine(text) } catch { throw problem(error.reason, at: error.offset) }
    take(options, into: &result)
    return result
  }

  private mutating func editable(
    _ editable: Option, _ options: [Option]
  ) throws(RequirementsFileProblem) -> RequirementLine {
    ignore(options) { $0.start != editable.start && $0.option != .configSettings }
    var result: RequirementLine
    do { result = try RequirementLine(editable: String(scalars: editable.value ?? [])) } catch {
      throw problem(error.reason, at: editable.start)
    }
    take(options.filter { $0.option == .configSettings }, into: &result)
    return result
  }

  private mutating func take(_ options: [Option], into result: inout RequirementLine) {
    for option in options {
      let value = String(scalars: option.value ?? [])
      switch option.option {
      case .hash:
        guard let hash = ArtifactHash(value) else { continue }
        if !hash.isPossible {
          warnings.append(problem(.impossibleDigest(algorithm: hash.algorithm.rawValue), at: option.start))
        }
        result.hashes.append(hash)
      case .configSettings: result.configSettings.append(CredentialText(value))
      case .globalOption: result.globalOptions.append(CredentialText(value))
      default: continue
      }
    }
  }
}
