import Diagnostics

// Supported: `--name value`, `--name=value`, `-o value`, `-ovalue`, `-o=value`, flags together (`-qv`, the last one with a
// value: `-qofile`), `--name[=value]`, options and words in any order, `--` before words only, `-` as a word or a value.
// A value that begins with `-` stands behind `=`; a negative number also as a word of its own, where a number is taken.
// Unsupported: abbreviated names, `--no-name` for every flag, several values behind one option.

extension Arguments {
  /// Reads the words behind the command's name. The finding is for status 2.
  init(parsing words: [String], for command: CommandDescription) throws(Finding) {
    self.init(of: command)
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        while let word = rest.popFirst() { try take(word) }
      } else if word.hasPrefix("--") {
        try takeLong(word, before: &rest)
      } else if word.hasPrefix("-"), word != "-" {
        try takeShort(word, before: &rest)
      } else {
        try take(word)
      }
    }
  }

  /// Whether help is asked for, whatever else is wrong with the words.
  static func askForHelp(_ words: some Sequence<String>) -> Bool {
    for word in words {
      if word == "--help" || word == "-h" { return true }
      if word == "--" { return false }
    }
    return false
  }

  private mutating func take(_ word: String) throws(Finding) {
    if words.count == command.positionals.count {
      throw Finding(.error, "superfluous argument: \(Escaping.text(word))", remedy: "the usage is `\(command.usage)`")
    }
    append(word)
  }

  private mutating func takeLong(_ word: String, before rest: inout ArraySlice<String>) throws(Finding) {
    let (typed, attached) = Self.split(word)
    guard let option = command.option(named: String(typed.dropFirst(2))) else { throw unknown(typed) }
    append(try Self.option(option, typed: typed, attached: attached, before: &rest))
  }

  /// Takes the letters behind one dash: flags, up to one option that takes what is left as its value.
  private mutating func takeShort(_ word: String, before rest: inout ArraySlice<String>) throws(Finding) {
    var letters = word.unicodeScalars.dropFirst()
    var isFirst = true
    while let letter = letters.popFirst() {
      guard let option = command.option(short: letter) else {
        // `-format` is a slip for `--format`, not a row of flags.
        throw isFirst ? unknown(Self.split(word).typed) : unknown("-\(letter)", in: word)
      }
      isFirst = false
      var attached: String?
      if letters.first == "=" { attached = String(letters.dropFirst()) }
      if attached == nil, option.needsValue, !letters.isEmpty { attached = String(letters) }
      if attached != nil { letters.removeAll() }
      append(try Self.option(option, typed: "-\(letter)", attached: attached, before: &rest))
    }
  }

  /// The option as given, with the value that is `attached` to it or the next word.
  private static func option(
    _ option: OptionDescription, typed: String, attached: String?, before rest: inout ArraySlice<String>
  ) throws(Finding) -> GivenOption {
    let given = GivenOption(name: option.name, typed: typed, value: attached)
    switch option.value {
    case .none:
      guard let attached else { return given }
      throw Finding(.error, "\(typed) takes no value, but \(Escaping.text(attached)) was given")
    case .optional(let name):
      if attached == "" { throw given.missing(name, remedy: "leave out the `=` to give none") }
      return given
    case .required(let name), .number(let name):
      let meant = option.choices.isEmpty ? name : option.choices.joinedAsChoice
      let value = attached ?? rest.first
      guard let value, value != "" else { throw given.missing(meant) }
      if attached != nil { return given }
      guard option.takesWord(value) else {
        throw given.missing(meant, remedy: "a value that begins with `-` is written --\(option.name)=VALUE")
      }
      rest.removeFirst()
      return GivenOption(name: option.name, typed: typed, value: value)
    }
  }

  private func unknown(_ typed: String, in word: String? = nil) -> Finding {
    if typed.hasPrefix("--"), command.planned.names.contains(String(typed.dropFirst(2))) {
      return Finding(.error, "\(typed): \(command.planned.reason)", remedy: command.planned.meanwhile)
    }
    let names = (command.options + command.commonOptions).map { "--\($0.name)" }
    let candidate = typed.hasPrefix("--") ? typed : "-\(typed)"
    let hint = word == nil ? Suggestion.closest(to: candidate, among: names).map { "did you mean \($0)?" } : nil
    let place = word.map { " in \(Escaping.text($0))" } ?? ""
    return Finding(
      .error, "unknown option: \(Escaping.text(typed))\(place)",
      remedy: hint ?? "`envtool \(command.name) --help` lists the options")
  }

  /// A word before and behind its first `=`.
  private static func split(_ word: String) -> (typed: String, attached: String?) {
    guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.utf8.index(after: equals)...]))
  }
}
