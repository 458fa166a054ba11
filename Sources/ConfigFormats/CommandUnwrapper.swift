// Supported: what CommandWrapper lists, assignments before a command, `sh -c SCRIPT` and its kin, `eval`, `find -exec`,
// `python -m MODULE` with Python's own options, programs that run a module (`coverage run -m MODULE`).
// Unsupported: the same behind variables whose value is not known.

/// Frees commands of what wraps them.
struct CommandUnwrapper {
  /// How deep wrappers and scripts may lie in each other.
  private static let maximumDepth = 16

  private(set) var commands: [[ShellWord]] = []
  private let variables: [[UInt8]: [UInt8]]

  init(variables: [[UInt8]: [UInt8]] = [:]) { self.variables = variables }

  /// Takes a text apart.
  mutating func take(_ text: ScriptText, _ dialect: ShellReader.Dialect = .shell, depth: Int = 0) {
    guard depth < Self.maximumDepth else { return }
    for words in ShellReader.commands(of: text, dialect: dialect, variables: variables) {
      take(words[...], depth: depth)
    }
  }

  /// Takes words that no shell splits any more.
  mutating func take(_ words: ArraySlice<ShellWord>, depth: Int = 0) {
    let words = words.drop { $0.isBare && $0.assignment != nil }
    guard depth < Self.maximumDepth, let first = words.first else { return }
    let program = first.baseName
    let rest = words.dropFirst()
    switch program {
    case "sh", "bash", "dash", "zsh", "ash", "ksh", "busybox": takeShell(rest, depth)
    case "eval": takeJoined(rest, depth)
    case "find": takeFound(rest, depth)
    case "concurrently":
      for word in rest where !word.text.bytes.starts(with: "-".utf8) { take(word.text, depth: depth + 1) }
    case "command" where rest.first.map { $0.equals("-v") || $0.equals("-V") } ?? false: break
    case _ where Self.isPython(program): takePython(first, rest, depth)
    default: takeWrapped(program, words, depth)
    }
  }

  /// `python`, `python3`, `python3.12`, `pypy3`
  static func isPython(_ program: String) -> Bool {
    let name =
      program.hasPrefix("python") ? program.dropFirst(6) : program.hasPrefix("pypy") ? program.dropFirst(4) : nil
    return name?.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") } ?? false
  }

  // MARK: - Scripts in words

  private mutating func takeShell(_ words: ArraySlice<ShellWord>, _ depth: Int) {
    var words = words
    if words.first?.equals("sh") == true { words = words.dropFirst() }
    while let word = words.first, let sign = word.text.bytes.first,
      sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    {
      words = words.dropFirst()
      // `-c`, `-lc`, `-euxc`; the letters of `-o` go on in the next word.
      let isLong = word.text.bytes.starts(with: "--".utf8)
      if !isLong, word.text.bytes.contains(UInt8(ascii: "c")) {
        words = words.drop { $0.text.bytes.first == UInt8(ascii: "-") || $0.equals("pipefail") }
        if let script = words.first { take(script.text, depth: depth + 1) }
        return
      }
      if !isLong, word.text.bytes.last == UInt8(ascii: "o") { words = words.dropFirst() }
    }
  }

  private mutating func takeJoined(_ words: ArraySlice<ShellWord>, _ depth: Int) {
    var script = ScriptText()
    for word in words {
      if !script.isEmpty { script.append(UInt8(ascii: " "), at: word.text.offset(at: 0)) }
      script.append(word.text)
    }
    take(script, depth: depth + 1)
  }

  private mutating func takeFound(_ words: ArraySlice<ShellWord>, _ depth: Int) {
    guard let start = words.firstIndex(where: { $0.equals("-exec") || $0.equals("-execdir") }) else { return }
    let command = words[(start + 1)...].prefix { !$0.equals(";") && !$0.equals("+") }
    take(command, depth: depth + 1)
  }

  // MARK: - Python

  private mutating func takePython(_ python: ShellWord, _ words: ArraySlice<ShellWord>, _ depth: Int) {
    var words = words
    while let word = words.first, word.text.bytes.first == UInt8(ascii: "-"), word.text.count > 1 {
      words = words.dropFirst()
      let letters = word.text.bytes.dropFirst()
      if letters.last == UInt8(ascii: "m"), letters.allSatisfy({ "bBdEhiIOPqRsSuvVxm".utf8.contains($0) }) {
        return takeModule(python, words, depth)
      }
      if letters.contains(UInt8(ascii: "c")), letters.first != UInt8(ascii: "-") { return }
      if letters.elementsEqual("W".utf8) || letters.elementsEqual("X".utf8) { words = words.dropFirst() }
    }
    // `python $(which gunicorn)`, `python /usr/local/bin/gunicorn`: a script by its path.
    guard let script = words.first else { return }
    if script.text.bytes.starts(with: "$(which ".utf8), script.text.bytes.last == UInt8(ascii: ")") {
      var word = ShellWord(script.text.part(8..<(script.text.count - 1)))
      word.isLiteral = true
      return take([word] + words.dropFirst(), depth: depth + 1)
    }
    if script.text.bytes.contains(UInt8(ascii: "/")), !script.text.bytes.ends(withText: ".py") {
      return take(words, depth: depth + 1)
    }
    // What runs it is known, and the script's own name says nothing.
    commands.append([python] + words)
  }

  private mutating func takeModule(_ python: ShellWord, _ words: ArraySlice<ShellWord>, _ depth: Int) {
    guard let module = words.first else { return }
    var option = ShellWord()
    option.text.append("-m".utf8, allAt: python.text.offset(at: 0))
    let isWrapper = CommandWrapper.wrappers(of: module.string).contains { !$0.isCommand }
    if !isWrapper { commands.append([python, option] + words) }
    if !CommandWrapper.wrappers(of: module.string).isEmpty {
      takeWrapped(module.string, words, depth + 1, isKnown: true)
    } else {
      takeModuleRun(module.string, words.dropFirst(), depth)
    }
  }

  /// Programs that run a Python module or script: what follows their options is as it is for Python.
  private mutating func takeModuleRun(_ program: String, _ words: ArraySlice<ShellWord>, _ depth: Int) {
    var words = words
    switch program {
    case "coverage", "memray":
      guard words.first?.equals("run") == true else { return }
      words = words.dropFirst()
    case "debugpy", "cProfile", "pdb", "trace", "pyinstrument", "viztracer", "kernprof", "scalene", "ipdb": break
    case "newrelic-admin":
      guard words.first?.equals("run-python") == true else { return }
      words = words.dropFirst()
    default: return
    }
    let valued = [
      "--source", "--omit", "--include", "--rcfile", "--context", "--concurrency", "--data-file", "-o", "-s",
      "--listen",
    ]
    while let word = words.first, word.text.bytes.first == UInt8(ascii: "-") {
      if word.equals("-m") {
        guard let module = words.dropFirst().first else { return }
        return takeModule(Self.python(at: module), words.dropFirst(), depth + 1)
      }
      words = words.dropFirst(valued.contains(word.string) ? 2 : 1)
    }
    guard let script = words.first, !script.text.bytes.ends(withText: ".py"),
      script.text.bytes.contains(UInt8(ascii: "/"))
        || script.text.bytes.starts(with: "$(".utf8)
    else { return }
    takePython(Self.python(at: script), words, depth + 1)
  }

  private static func python(at word: ShellWord) -> ShellWord {
    var python = ShellWord()
    python.text.append("python".utf8, allAt: word.text.offset(at: 0))
    return python
  }

  // MARK: - Wrappers

  private mutating func takeWrapped(
    _ program: String, _ words: ArraySlice<ShellWord>, _ depth: Int, isKnown: Bool = false
  ) {
    let wrappers = CommandWrapper.wrappers(of: program)
    let isPlainWrapper = wrappers.contains { !$0.isCommand && $0.subcommands.isEmpty && !$0.needsDashes }
    if !isKnown, !isPlainWrapper { commands.append(Array(words)) }
    for wrapper in wrappers where takeWrapped(by: wrapper, words.dropFirst(), depth) { return }
    takeModuleRun(program, words.dropFirst(), depth)
  }

  /// Whether the words are of this wrapper's form.
  private mutating func takeWrapped(by wrapper: CommandWrapper, _ words: ArraySlice<ShellWord>, _ depth: Int) -> Bool {
    var words = words
    for subcommand in wrapper.subcommands {
      _ = skipOptions(&words, wrapper, depth)
      guard let word = words.first, subcommand.split(separator: "|").contains(where: { $0 == word.string }) else {
        return false
      }
      words = words.dropFirst()
    }
    if wrapper.needsDashes {
      let start = words.firstIndex { $0.equals("--") }
      if let start { take(words[(start + 1)...], depth: depth + 1) } else { takeShellCommand(words, depth) }
      return true
    }
    if skipOptions(&words, wrapper, depth) { return true }
    for _ in 0..<wrapper.operands {
      words = words.dropFirst()
      // `su - USER -c SCRIPT`, `su USER -c SCRIPT`
      if wrapper.scriptOption != nil, skipOptions(&words, wrapper, depth) { return true }
    }
    words = words.drop { $0.equals("--") || $0.isBare && $0.assignment != nil }
    take(Self.withoutEnvironment(words), depth: depth + 1)
    return true
  }

  /// `watchmedo shell-command --command='...'`
  private mutating func takeShellCommand(_ words: ArraySlice<ShellWord>, _ depth: Int) {
    for word in words where word.text.bytes.starts(with: "--command=".utf8) {
      take(word.text.part(10..<word.text.count), depth: depth + 1)
    }
  }

  /// Drops options with their values; true when one of them held a script, or named a module to run, which was taken.
  private mutating func skipOptions(_ words: inout ArraySlice<ShellWord>, _ wrapper: CommandWrapper, _ depth: Int)
    -> Bool
  {
    while let word = words.first {
      if word.isBare, word.assignment != nil {
        words = words.dropFirst()
        continue
      }
      guard word.text.bytes.first == UInt8(ascii: "-"), !word.equals("--") else { return false }
      words = words.dropFirst()
      if word.string == wrapper.scriptOption {
        if let script = words.first { take(script.text, depth: depth + 1) }
        return true
      }
      if wrapper.subcommands == ["run"], word.equals("-m") || word.equals("--module"), let module = words.first {
        takeModule(Self.python(at: module), words, depth + 1)
        return true
      }
      if wrapper.options.contains(word.string) { words = words.dropFirst() }
    }
    return false
  }

  /// `test:pytest`, as hatch names an environment before a command.
  private static func withoutEnvironment(_ words: ArraySlice<ShellWord>) -> ArraySlice<ShellWord> {
    guard let first = words.first, !first.text.bytes.contains(UInt8(ascii: "/")), first.isLiteral,
      let colon = first.text.bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < first.text.count
    else { return words }
    return [ShellWord(first.text.part((colon + 1)..<first.text.count))] + words.dropFirst()
  }
}

extension [UInt8] {
  func ends(withText text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && text.withUTF8Buffer { self[(count - $0.count)...].elementsEqual($0) }
  }
}
