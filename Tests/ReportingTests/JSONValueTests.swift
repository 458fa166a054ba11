import Diagnostics
import Foundation
import Reporting
import Testing

@Suite struct JSONValueTests {
  @Test func everyCharacterComesBack() throws {
    let text = (0...0x2FF).compactMap(Unicode.Scalar.init).map { String(Character($0)) }.joined() + "\u{1F600}\u{2028}"
    let json = JSONValue.object([("text", .string(text)), ("none", .null), ("yes", .boolean(true)), ("n", .number(-1))])
    let read = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
    #expect(read?["text"] as? String == text)
    #expect(read?["yes"] as? Bool == true && read?["n"] as? Int == -1 && read?["none"] is NSNull)
  }

  @Test func keysKeepTheirOrder() {
    let json = JSONValue.object([("b", .array([])), ("a", .object([])), ("c", .array([.number(1), .number(2)]))])
    #expect(json.text == "{\n  \"b\": [],\n  \"a\": {},\n  \"c\": [\n    1,\n    2\n  ]\n}")
  }

  @Test func pathsThatAreNotUTF8() {
    #expect(
      JSONValue.path(SourcePath(bytes: [0x61, 0xFF, 0x0A])).text
        == #""a\xFF\n""#.replacingOccurrences(of: #"\x"#, with: #"\\x"#))
  }

  @Test(arguments: [
    (Duration.milliseconds(41), "41 ms"), (.milliseconds(999), "999 ms"), (.milliseconds(1300), "1.3 s"),
    (.seconds(61), "61.0 s"),
  ]) func times(_ duration: Duration, _ text: String) { #expect(Wording.time(duration) == text) }
}
