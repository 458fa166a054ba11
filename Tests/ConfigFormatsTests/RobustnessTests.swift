import ConfigFormats
import Testing

/// Both readers with input that nobody meant to write.
@Suite struct RobustnessTests {
  static let toml = Array(
    "\u{FEFF}# é\r\n[a.\"é\"]\nx = [1, \"\\u00e9\", '''\r\n'é''']\n[[b]]\ny.z = {q = 1979-05-27T07:32:00.5-07:00}\nw = 0x1F"
      .utf8)
  static let json = Array("\u{FEFF}{\"é\": [1.5e-3, true, null, \"\\ud83d\\ude00\\n\"],\r\n \"a\": {}}".utf8)

  @Test func truncatedAnywhere() {
    for end in 0...Self.toml.count { _ = try? TOMLReader.read(Array(Self.toml[..<end])) }
    for end in 0..<Self.json.count {
      #expect(throws: ConfigError.self) { try JSONReader.read(Array(Self.json[..<end])) }
    }
  }

  @Test func oneByte() {
    for byte in UInt8.min...UInt8.max {
      _ = try? TOMLReader.read([byte], as: .v1_1)
      let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      #expect(((try? JSONReader.read([byte])) != nil) == isNumber)
    }
  }

  @Test func everyByteEverywhere() {
    for index in Self.toml.indices {
      for byte in [0, 0x0A, 0x0D, 0x22, 0x27, 0x5B, 0x5C, 0x7F, 0x80, 0xC3, 0xFF] as [UInt8] {
        var bytes = Self.toml
        bytes[index] = byte
        _ = try? TOMLReader.read(bytes, as: .v1_1)
      }
    }
    for index in Self.json.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = Self.json
        bytes[index] = byte
        _ = try? JSONReader.read(bytes)
      }
    }
  }

  @Test(arguments: [
    ([0x61, 0xFF], "1:2: bytes that are not UTF-8: 0xFF"),
    (Array("# é\n é".utf8) + [0xC3], "2:3: bytes that are not UTF-8: 0xC3"),
    ([0xEF, 0xBB, 0xBF, 0xED, 0xA0, 0x80], "1:1: bytes that are not UTF-8: 0xED"),
  ])
  func invalidUTF8(bytes: [UInt8], expected: String) throws {
    #expect(try #require(throws: ConfigError.self) { try TOMLReader.read(bytes) }.description == expected)
    #expect(try #require(throws: ConfigError.self) { try JSONReader.read(bytes) }.description == expected)
  }

  @Test(arguments: ["[", "{\"a\":"]) func deepJSON(opening: String) throws {
    let bytes = Array(String(repeating: opening, count: 2_000_000).utf8)
    let error = try #require(throws: ConfigError.self) { try JSONReader.read(bytes) }
    #expect(error.message == "values nested deeper than 128")
    _ = try JSONReader.read(Array((String(repeating: "[", count: 128) + String(repeating: "]", count: 128)).utf8))
  }

  @Test(arguments: [("a = ", "["), ("a = ", "{a="), ("", "a."), ("[", "a."), ("[[", "a."), ("a={b=[", "{a.a=[")])
  func deepTOML(start: String, opening: String) throws {
    let bytes = Array((start + String(repeating: opening, count: 1_000_000)).utf8)
    #expect(throws: ConfigError.self) { try TOMLReader.read(bytes) }
  }

  @Test func nestingWithinTheBound() throws {
    let key = Array(repeating: "a", count: 60).joined(separator: ".")
    let text = "[\(key)]\n\(key) = \(String(repeating: "[", count: 8))\(String(repeating: "]", count: 8))"
    _ = try TOMLReader.read(Array(text.utf8))
    #expect(throws: ConfigError.self) { try TOMLReader.read(Array(text.replacing("= [", with: "= [[").utf8)) }
  }

  @Test func tenMegabytes() throws {
    let count = 10_000_000
    let name = String(repeating: "é", count: count / 2)
    #expect(try TOMLReader.read(Array("a = '\(name)'\nb = 1".utf8))["b"]?.place.line == 2)
    #expect(try JSONReader.read(Array("[\"\(name)\", 1]".utf8)).array?.last?.place.column == count / 2 + 6)
  }

  @Test func manySmallThings() throws {
    let lines = [UInt8](repeating: 0x0A, count: 100_000)
    #expect(try TOMLReader.read(lines).table?.isEmpty == true)
    let digits = String(repeating: "9", count: 100_000)
    #expect(try JSONReader.read(Array(digits.utf8)).integer == nil)
    #expect(try TOMLReader.read(Array("a = \(digits)".utf8))["a"]?.integer == nil)
    let elements = String(repeating: "[[a]]\n", count: 20_000)
    #expect(try TOMLReader.read(Array(elements.utf8))["a"]?.array?.count == 20_000)
  }
}
