package import Diagnostics

/// A JSON value whose object keys keep their order, so that the same report is the same bytes.
package indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// A path as a JSON string: bytes that are not UTF-8 stand as `\xNN`.
  package static func path(_ path: SourcePath) -> JSONValue { .string(Escaping.unicode(path.bytes)) }

  /// The string, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// The number, or null.
  package static func optional(_ number: Int?) -> JSONValue { number.map { .number($0) } ?? .null }

  /// The text of the value, indented by two spaces a level, without a final line end. RFC 8259.
  package var text: String {
    var result = ""
    write(to: &result, indentation: "")
    return result
  }

  private func write(to result: inout String, indentation: String) {
    switch self {
    case .null: result += "null"
    case .boolean(let value): result += value ? "true" : "false"
    case .number(let value): result += String(value)
    case .string(let text): Self.quote(text, to: &result)
    case .array(let items):
      Self.write(items, "[", "]", to: &result, indentation) { item, result, inner in
        item.write(to: &result, indentation: inner)
      }
    case .object(let entries):
      Self.write(entries, "{", "}", to: &result, indentation) { entry, result, inner in
        Self.quote(entry.key, to: &result)
        result += ": "
        entry.value.write(to: &result, indentation: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to result: inout String, _ indentation: String,
    _ body: (Item, inout String, String) -> Void
  ) {
    if items.isEmpty { return result += open + close }
    result += open
    for (index, item) in items.enumerated() {
      result += index == 0 ? "\n" : ",\n"
      result += indentation + "  "
      body(item, &result, indentation + "  ")
    }
    result += "\n\(indentation)\(close)"
  }

  private static func quote(_ text: String, to result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
