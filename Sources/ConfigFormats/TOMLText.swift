/// Writes values as TOML 1.0 that reads back as the same values.
package enum TOMLText {
  /// A string on one line, quotes included: single ones where that spares escapes.
  package static func string(_ text: String) -> String {
    let needsEscape = text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    let isLiteral = !text.unicodeScalars.contains { $0 == "'" || isControl($0) }
    return needsEscape && isLiteral ? "'\(text)'" : basicString(text)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  private static func basicString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isControl(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A key, in quotes where it needs them.
  package static func key(_ text: String) -> String {
    let isBare = text.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    return isBare && !text.isEmpty ? text : string(text)
  }

  /// A value on one line; null, which TOML does not have, is left out of arrays and tables, and an empty string elsewhere.
  package static func inline(_ node: ConfigNode) -> String {
    switch node.value {
    case .null: return "\"\""
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let text), .float(let text), .time(_, let text): return text
    case .string(let text): return string(text)
    case .array(let nodes): return "[\(nodes.filter { !isNull($0) }.map(inline).joined(separator: ", "))]"
    case .table(let table): return inline(table)
    }
  }

  package static func inline(_ table: ConfigTable) -> String {
    let pairs = table.entries.filter { !isNull($0.value) }.map { "\(key($0.key)) = \(inline($0.value))" }
    return pairs.isEmpty ? "{}" : "{ \(pairs.joined(separator: ", ")) }"
  }

  /// A table below a header of its own, the tables in it below theirs; it begins with an empty line.
  package static func section(_ table: ConfigTable, named path: [String]) -> String {
    let tables = table.entries.filter { $0.value.table != nil }
    var result = ""
    if tables.count < table.entries.count || tables.isEmpty {
      result = "\n[\(path.map(key).joined(separator: "."))]\n"
    }
    for entry in table.entries where entry.value.table == nil && !isNull(entry.value) {
      result += "\(key(entry.key)) = \(inline(entry.value))\n"
    }
    for entry in tables {
      if let inner = entry.value.table { result += section(inner, named: path + [entry.key]) }
    }
    return result
  }

  private static func isNull(_ node: ConfigNode) -> Bool { if case .null = node.value { true } else { false } }
}
