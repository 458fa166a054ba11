/// The help of a command: the same bytes on every terminal and in a pipe.
extension CommandDescription {
  private static var width: Int { 80 }

  /// Usage, discussion and options, at most 80 columns wide.
  var help: String {
    let groups = [
      ("Arguments", positionals.map { HelpRow(positional: $0) }), ("Options", options.map { HelpRow(option: $0) }),
      ("Common options", commonOptions.map { HelpRow(option: $0) }),
    ].filter { !$0.1.isEmpty }
    // The longest label sets the column of all groups, so that the eye finds one edge.
    let column = groups.flatMap(\.1).map(\.label.utf8.count).max().map { $0 + 2 } ?? 0
    var lines = Self.wrapped(abstract, to: Self.width) + ["", "Usage: \(usage)"]
    if !discussion.isEmpty {
      lines.append("")
      for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
        lines += line.hasPrefix(" ") ? [String(line)] : Self.wrapped(String(line), to: Self.width)
      }
    }
    for (title, rows) in groups {
      lines += ["", "\(title):"]
      for row in rows { lines += row.lines(column: column, width: Self.width) }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  /// `text` in lines of at most `width` columns, broken at spaces, with `tail` in one piece behind it; one line at least.
  fileprivate static func wrapped(_ text: String, tail: String? = nil, to width: Int) -> [String] {
    var words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    if let tail { words.append(tail) }
    var lines: [String] = []
    var line = words.first ?? ""
    for word in words.dropFirst() {
      if line.utf8.count + 1 + word.utf8.count <= width {
        line += " \(word)"
      } else {
        lines.append(line)
        line = word
      }
    }
    return lines + [line]
  }
}

/// A label and what it means.
private struct HelpRow {
  let label: String
  private let text: String
  private let fallback: String?

  init(positional: Positional) {
    label = "  \(positional.name)"
    text = positional.help
    fallback = positional.fallback
  }

  init(option: OptionDescription) {
    let names = (option.short.map { "  -\($0), " } ?? "      ") + "--\(option.name)"
    switch option.value {
    case .none: label = names
    case .required(let value), .number(let value): label = "\(names) \(value)"
    case .optional(let value): label = "\(names)[=\(value)]"
    }
    text = option.choices.isEmpty ? option.help : "\(option.help): \(option.choices.joinedAsChoice)"
    fallback = option.shownDefault
  }

  func lines(column: Int, width: Int) -> [String] {
    let indent = String(repeating: " ", count: column)
    let tail = fallback.map { "(default: \($0))" }
    return CommandDescription.wrapped(text, tail: tail, to: width - column).enumerated().map { index, text in
      index > 0 ? indent + text : label + String(repeating: " ", count: column - label.utf8.count) + text
    }
  }
}
