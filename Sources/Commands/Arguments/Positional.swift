/// A word that is no option and no value of one, told apart by its place.
struct Positional: Sendable {
  /// What the help calls it, in capitals.
  let name: String
  /// The word when it was not given; nil for one that must be.
  let fallback: String?
  /// What it is, without a full stop.
  let help: String

  init(_ name: String, default fallback: String? = nil, help: String) {
    self.name = name
    self.fallback = fallback
    self.help = help
  }

  /// `PATH`, or `[PATH]` when it can be left out.
  var usage: String { fallback == nil ? name : "[\(name)]" }
}
