import Diagnostics

/// What the words behind a command say, read by the command's description.
///
/// What is not given stays apart from what is given with the default's value, so that environment variables and
/// configuration can come between the command line and the defaults.
struct Arguments: Sendable {
  /// The command that the words were read for.
  let command: CommandDescription
  /// The options in the order given.
  private(set) var options: [GivenOption] = []
  /// The words that are neither options nor values of options.
  private(set) var words: [String] = []

  init(of command: CommandDescription) { self.command = command }

  mutating func append(_ option: GivenOption) { options.append(option) }

  mutating func append(_ word: String) { words.append(word) }

  /// Whether the option was given, be it with its default.
  func isGiven<Value>(_ key: OptionKey<Value>) -> Bool {
    options.contains { $0.name == key.description.name }
  }

  /// The option's value, or its default. The finding is for status 2.
  subscript<Value>(key: OptionKey<Value>) -> Value {
    get throws(Finding) {
      assert(command.option(named: key.description.name) != nil, "--\(key.description.name) is read, but not listed")
      let given = options.filter { $0.name == key.description.name }
      return given.isEmpty ? key.fallback : try key.read(given)
    }
  }

  /// The word at the positional's place, or its default. The finding is for status 2.
  subscript(positional: Positional) -> String {
    get throws(Finding) {
      guard let index = command.positionals.firstIndex(where: { $0.name == positional.name }) else {
        preconditionFailure("\(positional.name) is read, but not listed")
      }
      if index < words.count { return words[index] }
      guard let fallback = positional.fallback else {
        throw Finding(.error, "\(positional.name) is missing", remedy: "the usage is `\(command.usage)`")
      }
      return fallback
    }
  }
}
