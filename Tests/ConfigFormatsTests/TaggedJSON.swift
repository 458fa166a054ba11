import ConfigFormats

/// The JSON of toml-test, in which `{"type": "integer", "value": "1"}` stands for 1.
///
/// Source: https://github.com/toml-lang/toml-test#json-encoding
enum TaggedJSON {
  /// Whether TOML means what the tagged JSON says.
  static func agrees(_ toml: ConfigNode, _ json: ConfigNode) -> Bool {
    if let type = json["type"]?.string, let value = json["value"], json.table?.entries.count == 2 {
      // CPython's copy of the suite tags arrays too.
      if type == "array" { return agrees(toml, value) }
      return value.string.map { agrees(toml, type: type, $0) } ?? false
    }
    switch (toml.value, json.value) {
    case (.array(let toml), .array(let json)):
      return toml.count == json.count && zip(toml, json).allSatisfy { agrees($0, $1) }
    case (.table(let toml), .table(let json)):
      return toml.entries.count == json.entries.count
        && toml.entries.allSatisfy { entry in json[entry.key].map { agrees(entry.value, $0) } ?? false }
    default: return false
    }
  }

  private static func agrees(_ toml: ConfigNode, type: String, _ text: String) -> Bool {
    switch toml.value {
    case .boolean(let value): type == "bool" && text == String(value)
    case .integer: type == "integer" && toml.integer.map(String.init) == text
    case .float: type == "float" && areEqual(toml.double, Double(text))
    case .string(let value): type == "string" && value.utf8.elementsEqual(text.utf8)
    case .time(let kind, let value): type == kind.rawValue && normalized(value) == normalized(text)
    case .null, .array, .table: false
    }
  }

  private static func areEqual(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return false }
    return left == right || left.isNaN && right.isNaN
  }

  /// `T` and `Z` in capitals, seconds with three decimals, no offset of zero.
  private static func normalized(_ time: String) -> String {
    let text = time.uppercased().replacing(" ", with: "T").replacing("+00:00", with: "Z")
    let hours = text.firstIndex(of: ":").map { text.index($0, offsetBy: -2) } ?? text.endIndex
    let clock = text[hours...].prefix { $0 != "Z" && $0 != "+" && $0 != "-" }
    if clock.isEmpty { return text }
    let offset = text[clock.endIndex...]
    let parts = clock.split(separator: ".")
    let seconds = parts[0].count == 5 ? parts[0] + ":00" : parts[0]
    let decimals = ((parts.count > 1 ? String(parts[1]) : "") + "000").prefix(3)
    return text[..<hours] + seconds + "." + decimals + offset
  }
}
