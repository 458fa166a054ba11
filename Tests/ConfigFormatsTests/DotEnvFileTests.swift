import ConfigFormats
import Testing

@Suite struct DotEnvFileTests {
  @Test(arguments: [
    ("A=b", "A=b"), ("A = b # c", "A=b"), ("A=b#c", "A=b#c"), ("export A='b c'", "A=b c"), ("A=\"b\\nc\"", "A=b\nc"),
    ("A='b\\nc'", "A=b\\nc"), ("A", "A"), ("# A=b", ""), ("A=", "A="), ("'A b'=c", "A b=c"),
    ("A='b\nc'\nD=e", "A=b\nc;D=e"),
    ("A='b\nC=d", "C=d"), ("A=1\r\nB=2\r\n", "A=1;B=2"), ("A=b\nC=${A}/${D:-e}/${F}", "A=b;C=b/e/"), ("", ""),
    ("=a\nB=c", "B=c"),
  ])
  func entries(text: String, expected: String) {
    let entries = DotEnvFile(Array(text.utf8)).expanded { _ in nil }
    #expect(
      entries.map { entry in entry.value.map { "\(entry.key)=\($0)" } ?? entry.key }.joined(separator: ";") == expected)
  }

  @Test func survivesAnything() {
    let text = Array("export A='b\\'\"c\nD=\"${E:-f}\" # g\r\n'H'=\u{e9}\0".utf8)
    for count in text.indices { _ = DotEnvFile(Array(text[..<count])).expanded { _ in nil } }
    for byte in UInt8.min...UInt8.max { _ = DotEnvFile([byte, 0x3D, byte, 0x24, 0x7B, byte]).expanded { _ in "x" } }
  }
}
