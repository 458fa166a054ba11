import Diagnostics

/// An option as it was given once. It never throws findings that hold more of the command line than itself.
struct GivenOption: Equatable, Sendable {
  /// The option's long name without dashes, however it was typed.
  let name: String
  /// As typed, without its value: `--output` or `-o`.
  let typed: String
  /// Nil for a flag, and for a value that was left out where it can be.
  let value: String?

  /// The finding for a value that does not fit; `accepts` says what does.
  func wrong(accepts: String, remedy: String? = nil) -> Finding {
    Finding(.error, "\(typed) takes \(accepts), not \(Escaping.text(value ?? ""))", remedy: remedy)
  }

  /// The finding for a value that is not there; `meant` is its name in the help, or the choices.
  func missing(_ meant: String, remedy: String? = nil) -> Finding {
    Finding(.error, "\(typed) needs a value: \(meant)", remedy: remedy)
  }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  var joinedAsChoice: String {
    guard count > 1, let last else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) or \(last)"
  }
}
