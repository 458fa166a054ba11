// Supported: what `path()` takes (`<converter:name>`), and of regular expressions their groups: named, unnamed,
// non-capturing, look-arounds, flags, comments, classes, escapes, quantifiers, alternatives.
// Unsupported: conditional groups, free spacing.
//
//   path   = *(literal / "<" [converter ":"] name ">")
//   group  = "(" ["?P<" name ">" / "?:" / "?=" / "?!" / "?<=" / "?<!" / "?" flags ":"] pattern ")" [quantifier]

/// The text of a route, and what it captures.
package struct RoutePattern: Sendable {
  package enum Syntax: Sendable {
    /// Of `path()`.
    case path
    case regularExpression
  }

  package let text: String
  package let syntax: Syntax
  package let parameters: RouteParameters

  package init(_ text: String, _ syntax: Syntax) {
    self.text = text
    self.syntax = syntax
    switch syntax {
    case .path: parameters = Self.parameters(ofPath: text)
    case .regularExpression:
      var groups = RegularExpressionGroups(text)
      parameters = groups.read()
    }
  }

  private static func parameters(ofPath text: String) -> RouteParameters {
    var result = RouteParameters()
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { break }
      result.names.insert(String(rest[..<end].split(separator: ":", omittingEmptySubsequences: false).last ?? ""))
      rest = rest[rest.index(after: end)...]
    }
    return result
  }

  /// The text without the slash that it begins with.
  package var withoutSlash: String {
    let start = text.hasPrefix("^") ? "^" : ""
    let rest = text.dropFirst(start.count)
    return start + (rest.hasPrefix("\\/") ? rest.dropFirst(2) : rest.dropFirst())
  }

  /// Whether the text begins with a slash, behind the `^` of a regular expression.
  package var beginsWithSlash: Bool {
    guard syntax == .regularExpression else { return text.hasPrefix("/") }
    let rest = text.hasPrefix("^") ? text.dropFirst() : text[...]
    return (rest.hasPrefix("/") || rest.hasPrefix("\\/")) && !rest.hasPrefix("/?") && !rest.hasPrefix("\\/?")
  }
}

/// The groups of a regular expression of Python.
private struct RegularExpressionGroups {
  private struct Group {
    /// How many names stood before it.
    var firstName = 0
    var isNamed = false
    var hasAlternatives = false
  }

  private let text: [UInt8]
  private var index = 0
  private var names: [(name: String, isOptional: Bool)] = []
  private var unnamed = 0
  private var outer: [Group] = []
  /// The group that is read, the whole expression at first.
  private var group = Group()
  private var isOpen = false

  init(_ text: String) { self.text = Array(text.utf8) }

  mutating func read() -> RouteParameters {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "["): skipClass()
      case UInt8(ascii: "("): openGroup()
      case UInt8(ascii: ")"): closeGroup()
      case UInt8(ascii: "|"):
        group.hasAlternatives = true
        index += 1
      default: index += 1
      }
    }
    if group.hasAlternatives { markOptional(from: 0) }
    var result = RouteParameters()
    result.isOpen = isOpen
    for (name, isOptional) in names {
      if isOptional { result.optionalNames.insert(name) } else { result.names.insert(name) }
    }
    // Where any group is named the others are not handed over.
    if names.isEmpty { result.unnamed = unnamed }
    return result
  }

  private mutating func markOptional(from first: Int) {
    for position in names.indices.dropFirst(first) { names[position].isOptional = true }
  }

  /// `[^]...]`: a bracket that comes first closes nothing.
  private mutating func skipClass() {
    index += 1
    if index < text.count, text[index] == UInt8(ascii: "^") { index += 1 }
    if index < text.count, text[index] == UInt8(ascii: "]") { index += 1 }
    while index < text.count, text[index] != UInt8(ascii: "]") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
    index += 1
  }

  private mutating func openGroup() {
    index += 1
    let before = names.count
    if !starts(with: "?") {
      unnamed += 1
    } else if starts(with: "?P<") {
      index += 3
      let name = text[index...].prefix { $0 != UInt8(ascii: ">") }
      names.append((String(decoding: name, as: UTF8.self), false))
      index += name.count
    } else if starts(with: "?#") || starts(with: "?P=") {
      while index < text.count, text[index] != UInt8(ascii: ")") { index += 1 }
      index += 1
      return
    } else if starts(with: "?(") {
      isOpen = true
      while index < text.count, text[index] != UInt8(ascii: ")") { index += 1 }
      index += 1
    } else {
      let flags = text[(index + 1)...].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ")") }
      if flags.contains(UInt8(ascii: "x")), flags.allSatisfy({ $0 >= 0x41 }) { isOpen = true }
    }
    outer.append(group)
    group = Group(firstName: before, isNamed: names.count > before)
  }

  private mutating func closeGroup() {
    index += 1
    guard let enclosing = outer.popLast() else { return }
    if starts(with: "?") || starts(with: "*") || starts(with: "{0,") || starts(with: "{,") {
      markOptional(from: group.firstName)
    } else if group.hasAlternatives {
      // The group's own name is given whichever alternative matches; those in the alternatives are not.
      markOptional(from: group.firstName + (group.isNamed ? 1 : 0))
    }
    group = enclosing
  }

  private func starts(with prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { text[min(index, text.count)...].starts(with: $0) }
  }
}
