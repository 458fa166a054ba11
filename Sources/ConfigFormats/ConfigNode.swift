/// A value of a TOML or JSON file with the place where it is written.
package struct ConfigNode: Sendable {
  /// What a value is; numbers and times keep the text that writes them, so none is ever rounded or too big.
  package enum Value: Sendable {
    /// JSON alone has it.
    case null
    case boolean(Bool)
    /// As written: `0x_ff`, `+1`, `12345678901234567890`.
    case integer(String)
    /// As written: `1e6`, `-inf`.
    case float(String)
    case string(String)
    /// As written; TOML alone has them.
    case time(TimeKind, String)
    case array([ConfigNode])
    case table(ConfigTable)
  }

  /// The four kinds of TOML, by the names that toml-test gives them.
  package enum TimeKind: String, Sendable {
    case offsetDateTime = "datetime"
    case localDateTime = "datetime-local"
    case localDate = "date-local"
    case localTime = "time-local"
  }

  package let value: Value
  /// Of the whole value; of the header where a TOML header makes the table, of the key where a dotted key makes it.
  package let place: ConfigPlace

  package init(_ value: Value, at place: ConfigPlace) {
    self.value = value
    self.place = place
  }
}

extension ConfigNode {
  /// The member of a table; nil when there is none, or no table.
  package subscript(key: String) -> ConfigNode? { table?[key] }

  package var string: String? { if case .string(let text) = value { text } else { nil } }

  package var boolean: Bool? { if case .boolean(let value) = value { value } else { nil } }

  package var array: [ConfigNode]? { if case .array(let nodes) = value { nodes } else { nil } }

  package var table: ConfigTable? { if case .table(let table) = value { table } else { nil } }

  /// The value of an integer, or nil when it is none or does not fit.
  package var integer: Int? {
    guard case .integer(let text) = value else { return nil }
    let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    let bases: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    if let (prefix, base) = bases.first(where: { text.hasPrefix($0.0) }) {
      return Int(String(decoding: digits.dropFirst(prefix.utf8.count), as: UTF8.self), radix: base)
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// The value of a float or an integer, rounded to the nearest that a `Double` holds; nil when it is neither.
  package var double: Double? {
    switch value {
    case .float(let text): Double(String(decoding: text.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self))
    case .integer(let text): integer.map(Double.init) ?? Double(text)
    default: nil
    }
  }

  /// What the value is, with its article, for messages: `a string`, `an array`.
  package var kindName: String {
    switch value {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .time(.localDate, _): "a date"
    case .time(.localTime, _): "a time"
    case .time: "a date-time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

extension ConfigNode: Equatable {
  /// Whether the values are equal, wherever they stand: numbers and times by their text, tables whatever their order.
  package static func == (left: ConfigNode, right: ConfigNode) -> Bool {
    switch (left.value, right.value) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)), (.float(let left), .float(let right)),
      (.string(let left), .string(let right)):
      ConfigKey(left) == ConfigKey(right)
    case (.time(let leftKind, let left), .time(let rightKind, let right)): leftKind == rightKind && left == right
    case (.array(let left), .array(let right)): left == right
    case (.table(let left), .table(let right)): left == right
    default: false
    }
  }
}
