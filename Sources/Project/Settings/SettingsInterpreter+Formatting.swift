import Diagnostics
import PythonSource

/// f-strings, `%` and `str.format`.
extension SettingsInterpreter {
  /// What `str()` makes of a value; nil when that is not known.
  func plainText(of value: PythonValue) -> String? {
    switch value.kind {
    case .string(let text): text
    case .path(let path): Self.text(path)
    case .boolean(let flag): flag ? "True" : "False"
    case .none: value.isAssumed ? nil : "None"
    case .integer(let number): String(number)
    case .float(let number): Self.text(number)
    default: nil
    }
  }

  /// A float as `repr` writes it.
  static func text(_ number: Double) -> String { number.description }

  func formatted(_ parts: [PythonExpression], at place: Place, in frame: Frame) throws(Interruption) -> PythonValue {
    var pieces: [[PythonValue]] = []
    for part in parts {
      switch part.node {
      case .string(let text): pieces.append([PythonValue(.string(text), at: place)])
      case .field(let expression, let conversion, let format):
        let value = try evaluate(expression, in: frame)
        let specification = try format.map { format throws(Interruption) in try self.evaluate(format, in: frame) }
        var texts: [PythonValue] = []
        for value in value.alternatives {
          texts.append(field(value, conversion, specification?.string ?? (specification == nil ? "" : nil), at: place))
        }
        pieces.append(texts)
      default: return unknown("a string that is not read", at: place)
      }
    }
    return try combined(pieces, at: place)
  }

  /// The text of a field; a string or an unknown value.
  private func field(
    _ value: PythonValue, _ conversion: Unicode.Scalar?, _ format: String?, at place: Place
  ) -> PythonValue {
    guard let format else { return unknown("a format that is not known", at: place) }
    var text = plainText(of: value)
    if conversion == "r" || conversion == "a" {
      if case .string(let string) = value.kind {
        let isPlain = string.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x27 && $0 != 0x5C }
        text = isPlain ? "'\(string)'" : nil
      }
    }
    if !format.isEmpty { text = Self.formatted(value, format) }
    guard let text else {
      return unknown(value.unknownReason ?? "a value that is not text in a string", at: place, variable: value.variable)
    }
    return value.with(.string(text))
  }

  /// `{value:format}` for the simplest formats: zeros, widths, `d`, `s`, and fixed digits of integers.
  private static func formatted(_ value: PythonValue, _ format: String) -> String? {
    if format == "s", let text = value.string { return text }
    guard case .integer(let number) = value.kind else { return nil }
    if format == "d" { return String(number) }
    let digits = format.hasSuffix("d") ? String(format.dropLast()) : format
    guard digits.hasPrefix("0"), let width = Int(digits), (1...40).contains(width), number >= 0 else { return nil }
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// One text for each choice among the pieces.
  private func combined(_ pieces: [[PythonValue]], at place: Place) throws(Interruption) -> PythonValue {
    var results = [PythonValue(.string(""), at: place)]
    for choices in pieces {
      guard results.count * choices.count <= 16 else { return unknown("more possibilities than are kept", at: place) }
      var next: [PythonValue] = []
      for result in results {
        try step()
        for choice in choices {
          guard let one = result.string, let two = choice.string else {
            next.append(result.isUnknown ? result : choice)
            continue
          }
          var sum = text(one + two, at: place)
          sum.isSecret = sum.isSecret || result.isSecret || choice.isSecret
          sum.variable = result.variable ?? choice.variable
          sum.isAssumed = result.isAssumed || choice.isAssumed
          next.append(sum)
        }
      }
      results = next
    }
    return try joined(results) ?? results[0]
  }

  // MARK: - %

  func percentFormatted(_ format: String, with value: PythonValue, at place: Place) throws(Interruption) -> PythonValue
  {
    var values: ArraySlice<PythonValue> = [value]
    if case .tuple(let id) = value.kind { values = items(id)[...] }
    var pieces: [[PythonValue]] = []
    var text: [UInt8] = []
    var rest = Array(format.utf8)[...]
    func flush() {
      pieces.append([PythonValue(.string(String(decoding: text, as: UTF8.self)), at: place)])
      text = []
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        text.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "%") {
        rest.removeFirst()
        text.append(byte)
        continue
      }
      var named: PythonValue?
      if rest.first == UInt8(ascii: "(") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ")")),
          let key = String(bytes: rest[(rest.startIndex + 1)..<end])
        else { return unknown("a format that is not read", at: place) }
        named = try self.item(at: PythonValue(.string(key), at: place), of: value, at: place)
        rest = rest[(end + 1)...]
      }
      let kind = rest.popFirst()
      guard kind == UInt8(ascii: "s") || kind == UInt8(ascii: "d"), let part = named ?? values.popFirst() else {
        return unknown(value.unknownReason ?? "a format that is not read", at: place)
      }
      flush()
      pieces.append(
        part.alternatives.map { alternative in
          if kind == UInt8(ascii: "d"), alternative.integer == nil, !alternative.isUnknown {
            return unknown("a format that is not read", at: place)
          }
          if kind == UInt8(ascii: "d"), let number = alternative.integer {
            return alternative.with(.string(String(number)))
          }
          return field(alternative, nil, "", at: place)
        })
    }
    flush()
    let isWhole = if case .dictionary = value.kind { true } else { values.isEmpty }
    guard isWhole else { return unknown(value.unknownReason ?? "a format that is not read", at: place) }
    return try combined(pieces, at: place)
  }

  // MARK: - str.format

  func braceFormatted(_ format: String, _ call: PythonCall, at place: Place) throws(Interruption) -> PythonValue? {
    if call.isOpen { return nil }
    var pieces: [[PythonValue]] = []
    var text: [UInt8] = []
    var next = 0
    var rest = Array(format.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        text.append(byte)
        continue
      }
      if rest.first == byte {
        rest.removeFirst()
        text.append(byte)
        continue
      }
      guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
        let name = String(bytes: rest[..<end])
      else { return nil }
      rest = rest[(end + 1)...]
      let value: PythonValue?
      if name.isEmpty {
        value = call.argument(next)
        next += 1
      } else if let number = Int(name), number >= 0 {
        value = call.argument(number)
      } else {
        value = call.keyword(name)
      }
      guard let value else { return nil }
      pieces.append([PythonValue(.string(String(decoding: text, as: UTF8.self)), at: place)])
      text = []
      pieces.append(value.alternatives.map { field($0, nil, "", at: place) })
    }
    pieces.append([PythonValue(.string(String(decoding: text, as: UTF8.self)), at: place)])
    return try combined(pieces, at: place)
  }
}

extension String {
  /// The text of well-formed UTF-8.
  fileprivate init?(bytes: ArraySlice<UInt8>) { self.init(validating: bytes, as: UTF8.self) }
}
