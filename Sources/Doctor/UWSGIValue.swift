package import Diagnostics

/// The value of an option of uWSGI as it was meant: what a comment or quotes add to it is left out, and told.
package struct UWSGIValue: Sendable {
  /// What a person adds to a value and uWSGI keeps.
  package enum Excess: Sendable, Equatable {
    /// Where it begins in the value, in Unicode scalars, and its sign: `#` or `;`.
    case comment(offset: Int, sign: Character)
    case quotes(Character)
  }

  /// The value without it.
  package let text: String
  package let excess: Excess?

  package init(_ value: String) {
    let scalars = Array(value.unicodeScalars)
    for index in scalars.indices where scalars[index] == "#" || scalars[index] == ";" {
      guard index > 0, scalars[index - 1] == " " || scalars[index - 1] == "\t" else { continue }
      let before = Self.trimmed(scalars[..<index])
      text = Self.unquoted(before) ?? before
      excess = .comment(offset: index, sign: Character(scalars[index]))
      return
    }
    text = Self.unquoted(value) ?? value
    excess = Self.unquoted(value).flatMap { _ in value.first.map { .quotes($0) } }
  }

  private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var rest = scalars
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(String.UnicodeScalarView(rest))
  }

  private static func unquoted(_ text: String) -> String? {
    guard let first = text.first, first == "\"" || first == "'", text.count > 1, text.last == first else { return nil }
    return String(text.dropFirst().dropLast())
  }
}

extension UWSGIConfiguration {
  /// What uWSGI would put together from a value, as it was meant.
  package struct Expansion: Sendable {
    package var text = ""
    /// Why it is not known; nil when it is.
    package var unknownReason: String?
    /// Whether the folder of the file has a part in it: `%d`.
    package var isBeside = false
    /// The options that `%(...)` took from, the nearest first.
    package var sources: [Option] = []
  }

  /// The value of an option with its placeholders filled, comments and quotes left out wherever they stand.
  ///
  /// Supported: `%d` `%p` `%s` `%n` `%c` `%v` `%%`, `%(name)`. Unsupported, so unknown: `$(VARIABLE)`, `@(file)`, arithmetic,
  /// what a template engine fills in.
  package func expansion(of value: String, in root: SourcePath, depth: Int = 0) -> Expansion {
    var result = Expansion()
    let file = root.appending(path)
    var rest = UWSGIValue(value).text.unicodeScalars[...]
    if let mark = ["$(", "@(", "${", "{{", "{%", "<%", "@@"].first(where: { value.contains($0) }) {
      result.unknownReason = "it depends on \(mark)...\(mark.hasSuffix("(") ? ")" : "")"
    }
    if depth > 10 { result.unknownReason = "its placeholders name one another" }
    while result.unknownReason == nil, let scalar = rest.popFirst() {
      guard !isCommand, scalar == "%", let letter = rest.popFirst() else {
        result.text.unicodeScalars.append(scalar)
        continue
      }
      switch letter {
      case "(":
        let name = String(rest.prefix { $0 != ")" })
        rest = rest.dropFirst(name.unicodeScalars.count + 1)
        fill(&result, from: name, root, depth)
      case "d":
        result.text += "\(file.parent)/"
        result.isBeside = true
      case "p":
        result.text += file.description
        result.isBeside = true
      case "s": result.text += file.name
      case "n": result.text += file.name.split(separator: ".").first.map(String.init) ?? ""
      case "c": result.text += file.parent.name
      // Where uWSGI is started, as for a relative path.
      case "v": result.text += result.text.isEmpty ? "." : ""
      case "%": result.text += "%"
      default: result.unknownReason = "it depends on %\(letter)"
      }
    }
    return result
  }

  /// The option that gives a placeholder its value: `name = value`, `set-placeholder = name=value`.
  private func placeholder(_ name: String) -> (Option, String)? {
    for option in options {
      guard let value = option.value else { continue }
      if option.key == name { return (option, value) }
      let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
      if ["set-placeholder", "set-ph"].contains(option.key), parts.count == 2, parts[0] == name {
        return (option, parts[1])
      }
    }
    return nil
  }

  private func fill(_ result: inout Expansion, from name: String, _ root: SourcePath, _ depth: Int) {
    guard let (source, value) = placeholder(name) else {
      result.unknownReason = "it depends on %(\(Escaping.text(name)))"
      return
    }
    if source.isConditional { result.unknownReason = "\(Escaping.text(name)) is set under a condition" }
    let inner = expansion(of: value, in: root, depth: depth + 1)
    result.text += inner.text
    result.unknownReason = result.unknownReason ?? inner.unknownReason
    result.isBeside = result.isBeside || inner.isBeside
    result.sources.append(source)
    result.sources += inner.sources
  }
}
