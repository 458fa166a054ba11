/// Writes requirements as Poetry and Pipenv do: `"^1.2"`, `"*"`, `{version = "*", extras = ["binary"]}`.
struct PoetryWriter {
  private enum Form {
    case caret, tilde
    case standard(VersionStyle)
    /// A version alone, which means that one to Poetry.
    case bare
  }

  private let form: Form

  /// Without a style it is that of most neighbours, as written; `^` where there are none.
  init(style: VersionStyle?, neighbours: [String]) {
    if let style {
      form = .standard(style)
      return
    }
    let forms = ["^", "~", ">", "=", "*", "0"]
    let kinds = neighbours.compactMap { text -> String? in
      guard let first = text.first(where: { $0 != " " }) else { return nil }
      return first.isNumber ? "0" : text.hasPrefix("~=") ? nil : String(first)
    }
    let usual = forms.max { left, right in kinds.count { $0 == left } < kinds.count { $0 == right } } ?? "^"
    switch kinds.isEmpty ? "^" : usual {
    case "~": form = .tilde
    case ">": form = .standard(.minimum)
    case "=": form = .standard(.exact)
    case "*": form = .standard(.none)
    case "0": form = .bare
    default: form = .caret
    }
  }

  /// The style of Pipenv, which knows no `^`.
  init(pipenv style: VersionStyle?, neighbours: [String]) {
    let exact = neighbours.count { $0.hasPrefix("==") }
    let minimum = neighbours.count { $0.hasPrefix(">=") || $0.hasPrefix(">") }
    let compatible = neighbours.count { $0.hasPrefix("~=") }
    let most = max(exact, minimum, compatible)
    let isFree = most * 2 <= neighbours.count
    form = .standard(style ?? (isFree ? .none : most == exact ? .exact : most == minimum ? .minimum : .compatible))
  }

  func value(of requirement: AddedRequirement, quoted: (String) -> String) -> String {
    let version = quoted(constraint(requirement.version))
    if requirement.extras.isEmpty { return version }
    return "{version = \(version), extras = [\(requirement.extras.map(quoted).joined(separator: ", "))]}"
  }

  private func constraint(_ version: String?) -> String {
    guard let version else { return "*" }
    switch form {
    case .caret: return "^\(version)"
    case .tilde: return "~\(version)"
    case .bare: return version
    case .standard(let style):
      let specifier = style.specifier(version)
      return specifier.isEmpty ? "*" : specifier
    }
  }
}
