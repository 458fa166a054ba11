import Diagnostics
import Project

/// What the words behind a command say, read by the command's description.
///
/// What is not given stays apart from what is given with the default's value, so that environment variables and
/// configuration can come between the command line and the defaults.
struct Arguments: Sendable {
  /// The command that the words were read for.
  let command: CommandDescription
  /// The options in the order given.
  private(set) var options: [GivenOption] = []
  /// What holds for options that the command line does not give, the strongest first: variables, then the configuration.
  private(set) var fallbacks: [[GivenOption]] = []
  /// What the configuration says of the project.
  var rules = ProjectRules()
  /// The words that are neither options nor values of options.
  private(set) var words: [String] = []

  init(of command: CommandDescription) { self.command = command }

  mutating func append(_ option: GivenOption) { options.append(option) }

  mutating func append(_ word: String) { words.append(word) }

  /// Adds options that hold where neither the command line nor what was added before gives them.
  mutating func append(fallback: [GivenOption]) { fallbacks.append(fallback) }

  /// The command line alone.
  var asGiven: Arguments {
    var copy = self
    copy.fallbacks = []
    return copy
  }

  /// Whether the option was given on the command line, be it with its default.
  func isGiven<Value>(_ key: OptionKey<Value>) -> Bool {
    options.contains { $0.name == key.description.name }
  }

  /// Whether anybody gave the option: on the command line, in a variable or in the configuration.
  func isChosen<Value>(_ key: OptionKey<Value>) -> Bool {
    ([options] + fallbacks).contains { $0.contains { $0.name == key.description.name } }
  }

  /// The option's value, or its default. The finding is for status 2.
  subscript<Value>(key: OptionKey<Value>) -> Value {
    get throws(Finding) {
      assert(command.option(named: key.description.name) != nil, "--\(key.description.name) is read, but not listed")
      for layer in [options] + fallbacks {
        let given = layer.filter { $0.name == key.description.name }
        if !given.isEmpty { return try key.read(given) }
      }
      return key.fallback
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
