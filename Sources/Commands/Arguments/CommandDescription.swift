/// What a command takes and tells of itself: parsing and help both follow it.
struct CommandDescription: Sendable {
  let name: String
  /// One sentence.
  let abstract: String
  /// Paragraphs, a line each; a line that begins with a space is shown as it is.
  let discussion: String
  let positionals: [Positional]
  /// The options that this command has beyond the common ones.
  let options: [OptionDescription]
  let commonOptions: [OptionDescription]
  let planned: PlannedOptions

  init(
    _ name: String, abstract: String, discussion: String = "", positionals: [Positional] = [],
    options: [OptionDescription] = [], commonOptions: [OptionDescription] = CommonOptions.descriptions,
    planned: PlannedOptions = .none
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.positionals = positionals
    self.options = options
    self.commonOptions = commonOptions
    self.planned = planned
  }

  /// `envtool scan [PATH] [options]`
  var usage: String { (["envtool", name] + positionals.map(\.usage) + ["[options]"]).joined(separator: " ") }

  func option(named name: String) -> OptionDescription? {
    options.first { $0.name == name } ?? commonOptions.first { $0.name == name }
  }

  func option(short letter: Unicode.Scalar) -> OptionDescription? {
    options.first { $0.short == letter } ?? commonOptions.first { $0.short == letter }
  }
}
