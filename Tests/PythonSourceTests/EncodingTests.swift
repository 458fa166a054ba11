import PythonSource
import Testing
import TestSupport

/// Sources in other encodings, made by Python's own codecs.
@Suite struct EncodingTests {
  @Test(arguments: [
    ("latin-1", "é = 'ü'; import a", "1:10 a"), ("iso8859_15", "é = '€'; import a", "1:10 a"),
    ("cp1252", "é = '€'; import a", "1:10 a"), ("koi8-r", "ж = 'я'; import a", "1:10 a"),
    ("gbk", "中 = '文弊'; import a", "1:11 a"), ("gb18030", "中 = '文𠀀'; import a", "1:11 a"),
    ("gb2312", "中 = '文'; import a", "1:10 a"), ("big5", "功 = '許'; import a", "1:10 a"),
    ("shift_jis", "表 = 'ソ'; import a", "1:10 a"), ("euc-jp", "表 = 'ソ'; import a", "1:10 a"),
    ("euc_kr", "한 = '글'; import a", "1:10 a"), ("utf-8", "é = 'ü'; import a", "1:10 a"),
  ])
  func declared(encoding: String, line: String, expected: String) async throws {
    let code = "import sys; sys.stdout.write((sys.argv[2] + '\\n# coding: ' + sys.argv[1]).encode(sys.argv[1]).hex())"
    // The declaration stands first: the import is on the second line.
    let hexadecimal = try await Python.output(of: code, [encoding, line])
    let bytes = stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { offset in
      UInt8(hexadecimal.dropFirst(offset).prefix(2), radix: 16)
    }
    let end = try #require(bytes.firstIndex(of: 0x0A))
    let source = Array("# -*- coding: \(encoding) -*-\n".utf8) + bytes[..<end]
    let place = expected.replacing("1:", with: "2:", maxReplacements: 1)
    #expect(ImportTests.imports(source) == [place])
    #expect(PythonTree(source).syntaxErrors.isEmpty)
  }

  @Test(arguments: ["utf-16", "utf-16-be with BOM", "utf-32"]) func byteOrderMarks(encoding: String) async throws {
    let name = encoding == "utf-16-be with BOM" ? "utf-16-be" : encoding
    let code =
      "import sys; sys.stdout.write(('\\ufeff' * int(sys.argv[2]) + 'é = 1\\nimport a').encode(sys.argv[1]).hex())"
    let hexadecimal = try await Python.output(of: code, [name, name == encoding ? "0" : "1"])
    let bytes = stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { offset in
      UInt8(hexadecimal.dropFirst(offset).prefix(2), radix: 16)
    }
    #expect(ImportTests.imports(bytes) == ["2:1 a"])
  }

  @Test(arguments: ["nonsense", "rot13", "", "utf-8-mac-or-so"]) func whatIsNotKnownIsReadByteByByte(encoding: String) {
    let source = Array("# coding: \(encoding)\nx = '".utf8) + [0xE9] + Array("'\nimport a".utf8)
    #expect(ImportTests.imports(source) == ["3:1 a"])
  }

  @Test func whatDoesNotDecodeIsReplaced() {
    let source = Array("# coding: gbk\nx = '".utf8) + [0xFF, 0x81] + Array("'; import a\nimport b".utf8)
    #expect(ImportTests.imports(source).last == "3:1 b")
  }

  @Test func aDeclarationBehindCodeIsNone() {
    let source = Array("x = 1\n# coding: gbk\ny = '".utf8) + [0x81] + Array("'\nimport a".utf8)
    #expect(ImportTests.imports(source) == ["4:1 a"])
  }
}
