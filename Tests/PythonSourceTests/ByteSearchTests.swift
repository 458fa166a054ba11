import PythonSource
import Testing

/// Texts are looked for 64 bytes at a time, the last ones together with some before them.
@Suite struct ByteSearchTests {
  @Test func findsATextWhereverItStands() {
    for count in 0..<260 {
      let around = [UInt8](repeating: UInt8(ascii: "a"), count: count)
      #expect(!around.holds("abca"))
      for place in 0...count {
        var bytes = around
        bytes.insert(contentsOf: "abca".utf8, at: place)
        #expect(bytes.holds("abca"), "at \(place) of \(count)")
        bytes[place + 2] = UInt8(ascii: "x")
        #expect(!bytes.holds("abca"), "at \(place) of \(count)")
      }
    }
  }

  @Test func findsNothingInLess() {
    #expect(!Array("abc".utf8).holds("abca"))
    #expect(![UInt8]().holds("a"))
    #expect(Array("a".utf8).holds("a"))
  }
}
