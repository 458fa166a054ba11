import Diagnostics

/// The methods of strings.
extension SettingsInterpreter {
  /// Nil for a method, or arguments, that it is not known for.
  func stringMethod(_ name: String, of text: String, _ value: PythonValue, _ call: PythonCall) throws(Interruption)
    -> PythonValue?
  {
    try step(1 + text.utf8.count / 64)
    let texts = call.arguments.map(\.string)
    let first = texts.first ?? nil
    switch (name, call.arguments.count) {
    case ("strip", 0...1), ("lstrip", 0...1), ("rstrip", 0...1):
      if let argument = call.arguments.first, first == nil, case .none = argument.kind {
      } else if first == nil, !texts.isEmpty {
        return nil
      }
      return value.with(
        .string(PythonText.stripped(text, of: first, atStart: name != "rstrip", atEnd: name != "lstrip")))
    case ("lower", 0), ("casefold", 0): return value.with(.string(text.lowercased()))
    case ("upper", 0): return value.with(.string(text.uppercased()))
    case ("title", 0), ("capitalize", 0):
      guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      return value.with(.string(Self.capitalized(text, eachWord: name == "title")))
    case ("split", 0...2), ("rsplit", 0...2): return try split(name, text, value, call)
    case ("splitlines", 0):
      guard !text.utf8.contains(where: { $0 == 0x0B || $0 == 0x0C || $0 >= 0x80 }) else { return nil }
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      if lines.last == "" { lines.removeLast() }
      return try list(lines.map { value.with(.string($0)) }, at: value.place)
    case ("partition", 1), ("rpartition", 1):
      guard let first, !first.isEmpty else { return nil }
      let parts =
        name == "partition"
        ? PythonText.split(text, at: first, limit: 1)
        : PythonText.splitFromEnd(text, at: first, limit: 1)
      let all =
        parts.count == 2 ? [parts[0], first, parts[1]] : name == "partition" ? [text, "", ""] : ["", "", text]
      return try tuple(all.map { value.with(.string($0)) }, at: value.place)
    case ("replace", 2):
      guard let first, let second = texts[1], !first.isEmpty else { return nil }
      return self.text(PythonText.replacing(first, with: second, in: text), at: value.place)
    case ("startswith", 1), ("endswith", 1): return try affix(name, text, call)
    case ("removeprefix", 1), ("removesuffix", 1):
      guard let first else { return nil }
      let isThere = name == "removeprefix" ? Self.starts(text, with: first) : Self.ends(text, with: first)
      guard isThere else { return value }
      let rest = name == "removeprefix" ? text.utf8.dropFirst(first.utf8.count) : text.utf8.dropLast(first.utf8.count)
      return value.with(.string(String(decoding: Array(rest), as: UTF8.self)))
    case ("join", 1): return try joinedText(text, call)
    case ("format", _): return try braceFormatted(text, call, at: value.place)
    case ("format_map", 1):
      guard case .dictionary(let id) = call.arguments[0].kind else { return nil }
      let keywords = entries(id).entries.compactMap { entry in entry.key.string.map { (name: $0, value: entry.value) } }
      return try braceFormatted(text, PythonCall(arguments: [], keywords: keywords, place: call.place), at: value.place)
    case ("count", 1):
      guard let first, !first.isEmpty else { return nil }
      return PythonValue(.integer(PythonText.split(text, at: first).count - 1), at: call.place)
    case ("find", 1), ("index", 1):
      guard let first, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      if let position = PythonText.position(of: first, in: text) {
        return PythonValue(.integer(position), at: call.place)
      }
      return name == "find"
        ? PythonValue(.integer(-1), at: call.place) : try raise("ValueError", "not there", at: call.place)
    case ("isdigit", 0), ("isnumeric", 0), ("isdecimal", 0):
      guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      return PythonValue(.boolean(!text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }), at: call.place)
    case ("zfill", 1):
      guard let width = call.arguments[0].integer, width <= 1000, !text.hasPrefix("-"), !text.hasPrefix("+") else {
        return nil
      }
      return value.with(.string(String(repeating: "0", count: max(0, width - text.unicodeScalars.count)) + text))
    case ("encode", 0...1), ("decode", 0...1), ("__str__", 0): return value
    default: return nil
    }
  }

  static func starts(_ text: String, with part: String) -> Bool { text.utf8.starts(with: part.utf8) }

  static func ends(_ text: String, with part: String) -> Bool {
    text.utf8.count >= part.utf8.count && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
  }

  private static func capitalized(_ text: String, eachWord: Bool) -> String {
    var isStart = true
    let bytes = text.utf8.map { byte -> UInt8 in
      let isLetter = (0x41...0x5A).contains(byte & 0xDF)
      defer { isStart = eachWord ? !isLetter : false }
      guard isLetter else { return byte }
      return isStart ? byte & 0xDF : byte | 0x20
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func split(_ name: String, _ text: String, _ value: PythonValue, _ call: PythonCall) throws(Interruption)
    -> PythonValue?
  {
    var separator: String?
    if let argument = call.argument(0, "sep") {
      if case .none = argument.kind {
      } else {
        guard let text = argument.string, !text.isEmpty else { return nil }
        separator = text
      }
    }
    let limit: Int
    if let argument = call.argument(1, "maxsplit") {
      guard let number = argument.integer else { return nil }
      limit = number
    } else {
      limit = -1
    }
    let parts: [String]
    if name == "rsplit", limit >= 0 {
      guard let separator else { return nil }
      parts = PythonText.splitFromEnd(text, at: separator, limit: limit)
    } else {
      parts = PythonText.split(text, at: separator, limit: limit)
    }
    return try list(parts.map { value.with(.string($0)) }, at: value.place)
  }

  private func affix(_ name: String, _ text: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    var parts = call.arguments
    if case .tuple(let id) = parts[0].kind { parts = items(id) }
    let texts = parts.compactMap(\.string)
    guard texts.count == parts.count else { return nil }
    let isThere = texts.contains { name == "startswith" ? Self.starts(text, with: $0) : Self.ends(text, with: $0) }
    return PythonValue(.boolean(isThere), at: call.place)
  }

  private func joinedText(_ separator: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    let parts = try elements(of: call.arguments[0], at: call.place)
    try step(parts.count)
    if let reason = parts.lazy.compactMap(\.unknownReason).first { return unknown(reason, at: call.place) }
    let texts = parts.compactMap(\.string)
    guard texts.count == parts.count, !parts.contains(where: \.isOptional) else { return nil }
    guard texts.reduce(0, { $0 + $1.utf8.count + separator.utf8.count }) <= Self.textLimit else {
      return unknown("longer text than is kept", at: call.place)
    }
    var result = text(texts.joined(separator: separator), at: call.place)
    result.isSecret = result.isSecret || parts.contains(where: \.isSecret)
    result.variable = parts.lazy.compactMap(\.variable).first
    return result.hanging(on: parts.first(where: \.isAssumed))
  }
}
