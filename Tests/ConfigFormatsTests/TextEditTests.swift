import ConfigFormats
import TestSupport
import Testing

@Suite struct TextEditTests {
  private func applied(_ edits: [TextEdit], to text: String) throws -> String {
    String(decoding: try TextEdit.apply(edits, to: Array(text.utf8)), as: UTF8.self)
  }

  @Test func editsAreAppliedTogetherInAnyOrder() throws {
    let edits = [
      TextEdit(inserting: "!", at: 5), TextEdit(0..<1, replacement: Array("H".utf8)), TextEdit(inserting: "?", at: 5),
      TextEdit(2..<4, replacement: []),
    ]
    #expect(try applied(edits, to: "hello") == "Heo!?")
    #expect(try applied([], to: "hello") == "hello")
  }

  @Test(arguments: [
    (0..<3, 2..<4), (2..<4, 0..<3), (1..<4, 2..<2), (1..<2, 1..<2), (1..<4, 2..<3),
  ])
  func overlappingEditsAreRefused(_ first: Range<Int>, _ second: Range<Int>) {
    #expect(throws: TextEdit.Conflict.self) {
      _ = try applied([TextEdit(first, replacement: []), TextEdit(second, replacement: [1])], to: "hello")
    }
  }

  @Test(arguments: [0..<6, 5..<9, 7..<7]) func editsBeyondTheEndAreRefused(_ range: Range<Int>) {
    #expect(throws: TextEdit.Conflict.beyondEnd(range)) {
      _ = try applied([TextEdit(range, replacement: [])], to: "hello")
    }
  }

  @Test func whatGrowsIsToldAsEditsOfTheOldBytes() throws {
    var numbers = SeededNumbers(state: 5)
    for _ in 0..<300 {
      let old = (0..<Int.random(in: 0..<12, using: &numbers)).map { UInt8($0) + 97 }
      var text = GrowingText(old)
      for _ in 0..<Int.random(in: 0..<5, using: &numbers) {
        text.insert(
          (0..<Int.random(in: 1..<3, using: &numbers)).map { index in
            (Int.random(in: -1...text.bytes.count + 1, using: &numbers), String(repeating: "X", count: index + 1))
          })
      }
      #expect(text.edits.allSatisfy { $0.range.isEmpty })
      #expect(try TextEdit.apply(text.edits, to: old) == text.bytes)
      #expect(text.bytes.filter { $0 != UInt8(ascii: "X") } == old)
    }
  }
}
