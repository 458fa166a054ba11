import Diagnostics

/// An option with the type of its value: what a command lists and reads.
///
///     static let strict = OptionKey.flag("strict", help: "End with status 1 when an import is unresolved")
///     ...
///     strict = try arguments[Self.strict]
struct OptionKey<Value: Sendable>: Sendable {
  let description: OptionDescription
  /// The value when the option was not given.
  let fallback: Value
  /// The value that the option stands for where it was given: at least once, in the order of the command line.
  let read: @Sendable ([GivenOption]) throws(Finding) -> Value

  /// The same, to be given on the command line alone.
  var onCommandLineOnly: OptionKey {
    OptionKey(description: description.onCommandLineOnly, fallback: fallback, read: read)
  }
}

extension OptionKey where Value == Bool {
  static func flag(_ name: String, short: Unicode.Scalar? = nil, help: String) -> OptionKey {
    // The command line can only set it; variables and the configuration can also unset it.
    OptionKey(description: OptionDescription(name, short: short, value: .none, help: help), fallback: false) {
      $0.last?.value != GivenOption.off
    }
  }
}

extension OptionKey where Value == String? {
  /// Any text but none; the last one holds.
  static func text(_ name: String, short: Unicode.Scalar? = nil, value: String, help: String) -> OptionKey {
    OptionKey(description: OptionDescription(name, short: short, value: .required(value), help: help), fallback: nil) {
      $0.last?.value
    }
  }
}

extension OptionKey where Value == String {
  /// Any text but none, with a default that the help shows; the last one holds.
  static func text(
    _ name: String, short: Unicode.Scalar? = nil, default fallback: String, value: String, help: String
  ) -> OptionKey {
    let description = OptionDescription(
      name, short: short, value: .required(value), help: help, shownDefault: fallback)
    return OptionKey(description: description, fallback: fallback) { $0.last?.value ?? fallback }
  }
}

extension OptionKey where Value == [String] {
  /// An option that can be given several times; `commas` also takes several values at once, `names` are the only ones
  /// that it takes.
  static func list(
    _ name: String, short: Unicode.Scalar? = nil, default fallback: [String] = [], commas: Bool = false,
    among names: [String] = [], value: String, help: String
  ) -> OptionKey {
    let description = OptionDescription(
      name, short: short, value: .required(value), help: help,
      shownDefault: fallback.isEmpty ? nil : fallback.joined(separator: ","), repeats: true)
    return OptionKey(description: description, fallback: fallback) { options throws(Finding) in
      var values: [String] = []
      for option in options {
        let text = option.value ?? ""
        let parts = commas ? text.split(separator: ",").map(String.init) : [text]
        if parts.isEmpty { throw option.missing(value) }
        for part in parts where !names.isEmpty && !names.contains(part) { throw option.wrong(part, among: names) }
        values += parts
      }
      return values
    }
  }
}

extension OptionKey where Value: CaseIterable & RawRepresentable<String> {
  /// One of the names of an enumeration; the last one holds.
  static func choice(
    _ name: String, short: Unicode.Scalar? = nil, default fallback: Value, value: String, help: String
  ) -> OptionKey {
    let names = Value.allCases.map { $0.rawValue }
    let description = OptionDescription(
      name, short: short, value: .required(value), help: help, choices: names, shownDefault: fallback.rawValue)
    return OptionKey(description: description, fallback: fallback) { options throws(Finding) in
      guard let option = options.last, let text = option.value else { return fallback }
      if let value = Value(rawValue: text) { return value }
      throw option.wrong(text, among: names)
    }
  }
}

extension OptionKey where Value == Int? {
  /// A whole number of at least `minimum`; the last one holds.
  static func count(
    _ name: String, short: Unicode.Scalar? = nil, from minimum: Int, value: String, help: String
  ) -> OptionKey {
    let description = OptionDescription(name, short: short, value: .number(value), help: help)
    return OptionKey(description: description, fallback: nil) { options throws(Finding) in
      guard let option = options.last, let text = option.value else { return nil }
      if let number = Int(text), number >= minimum { return number }
      throw option.wrong(accepts: "a whole number from \(minimum)")
    }
  }
}

extension OptionKey where Value == Double {
  /// A time in seconds for which `isValid` holds, which `accepts` says in words; the last one holds.
  static func seconds(
    _ name: String, short: Unicode.Scalar? = nil, default fallback: Double, help: String, accepts: String,
    isValid: @escaping @Sendable (Double) -> Bool
  ) -> OptionKey {
    let whole = Int(exactly: fallback).map(String.init)
    let description = OptionDescription(
      name, short: short, value: .number("SECONDS"), help: help, shownDefault: whole ?? "\(fallback)")
    return OptionKey(description: description, fallback: fallback) { options throws(Finding) in
      guard let option = options.last, let text = option.value else { return fallback }
      if let number = Double(text), isValid(number) { return number }
      throw option.wrong(accepts: accepts)
    }
  }
}

extension OptionKey where Value == OptionalValue {
  /// `--NAME` or `--NAME=VALUE`; the last one holds.
  static func optional(_ name: String, short: Unicode.Scalar? = nil, value: String, help: String) -> OptionKey {
    let description = OptionDescription(name, short: short, value: .optional(value), help: help)
    return OptionKey(description: description, fallback: .notGiven) { options in
      options.last?.value.map { .value($0) } ?? .withoutValue
    }
  }
}

/// What an option says whose value can be left out, as in `--check[=FILE]`.
enum OptionalValue: Equatable, Sendable {
  case notGiven
  case withoutValue
  case value(String)
}
