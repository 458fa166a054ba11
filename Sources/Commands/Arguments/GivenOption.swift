import Diagnostics

/// An option as it was given once. It never throws findings that hold more of the command line than itself.
struct GivenOption: Equatable, Sendable {
  /// The option's long name without dashes, however it was typed.
  let name: String
  /// As typed, without its value: `--output` or `-o`; `ENVTOOL_OUTPUT`, or the key of a configuration.
  let typed: String
  /// Nil for a flag, and for a value that was left out where it can be; `off` for a flag that is unset.
  let value: String?
  /// Where a configuration file gives it.
  var location: Location?

  /// The value of a flag that a variable or the configuration unsets.
  static let off = "false"

  /// The finding for a value that does not fit; `accepts` says what does.
  func wrong(accepts: String, remedy: String? = nil) -> Finding {
    wrong(value ?? "", accepts: accepts, remedy: remedy)
  }

  /// The finding for a value, or a part of one, that is none of `names`.
  func wrong(_ text: String, among names: [String]) -> Finding {
    let hint = Suggestion.closest(to: text, among: names).map { "did you mean \($0)?" }
    return wrong(text, accepts: names.joinedAsChoice, remedy: hint)
  }

  private func wrong(_ text: String, accepts: String, remedy: String?) -> Finding {
    Finding(.error, at: location, "\(typed) takes \(accepts), not \(Escaping.text(text))", remedy: remedy)
  }

  /// The finding for a value that is not there; `meant` is its name in the help, or the choices.
  func missing(_ meant: String, remedy: String? = nil) -> Finding {
    Finding(.error, at: location, "\(typed) needs a value: \(meant)", remedy: remedy)
  }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  var joinedAsChoice: String {
    guard count > 1, let last else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) or \(last)"
  }
}
