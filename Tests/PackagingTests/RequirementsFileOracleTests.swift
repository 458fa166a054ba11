import Packaging
import Testing
import TestSupport

@Suite struct RequirementsFileOracleTests {
  /// Files that every pip since 22 reads in the same way.
  static let files: [String] = [
    "", "\n\n", "django", "  django\t", "django>=5.2,<6", "Django[argon2, bcrypt] >= 5.2 ; python_version >= '3.10'",
    "# one\n\n  django # two\nredis\t# three\nredis#four", "django \\\n  >=5 \\\n  ,<6\nredis", "django \\",
    "\\\n\\\ndjango",
    "# no continuation \\\nredis", "django \\\n# comment\nredis", "django \\\n  # comment \\\nredis", "dja\\\\\\\nngo",
    "\\\\django\\\nx", "django # comment \\\nredis", "django\\\n\\\n\nredis",
    "a\r\nb\rc\u{b}d\u{c}e\u{1c}f\u{85}g\u{2028}h\u{2029}i",
    "a\u{a0}# b\n\u{3000}c\u{2003}", "a\u{1f}#x", "${NAME}>=5\n${NONE}\n${EMPTY}\n${name}\n$NAME\n${NESTED}\n${}",
    "https://u:${SECRET}@h/p.zip", "--index-url https://${NAME}:${NAME}@h/${NONE}", "-r ${NAME}.txt",
    "django==5.2 --hash=sha256:aa --hash sha256:BB --hash=sha512:cc",
    "django==5.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nredis",
    "django --hash=md5:aa\nb", "django --hash=sha256", "django --hash", "django --hash=sha256:a:b", "--hash=sha256:aa",
    "a --config-settings x=y --config-settings=x=z --config-settings q=", "a --config-settings x", "a -C x=y",
    "a --config=x=1",
    "a\t--hash=sha256:aa", "a  --hash=sha256:aa", "a --hash='sha256:aa'", "a --hash=\"sha256:a\\\"a\"",
    "a --hash='sha256:aa",
    "-rbase.txt\n-r base.txt\n--requirement=base.txt\n--requirement base.txt\n--req x.txt\n--requirem=x.txt",
    "-c x\n-cx\n--constraint x\n--con=x\n-r=x", "-r 'a b.txt'", "-r a\\ b.txt", "-r \"a\\b\"", "-r \"a\\\"b\"",
    "-r a\\", "-r \"a\\", "-r ''",
    "-r a -r b", "-r a -c b", "-c b -r a", "-r a --pre", "-r", "-r a b c", "-r a -- -c b", "-- -r a", "-", "- -r a",
    "-i x", "-ix", "--index-url x", "--index-url=x=y", "--pypi-url x", "--index x", "-i x -i y",
    "--extra-index-url x --extra-index-url=y",
    "--no-index", "--no-index=1", "--no-ind", "-f x", "--find-links=x -f y", "--find x", "--no-binary :all:",
    "--no-binary", "--no-binary -x",
    "--no-binary=a,b --only-binary c", "--prefer-binary", "--prefer", "--require-hashes", "--pre", "--pre --pre",
    "--pr", "--p", "--trusted-host x",
    "--trusted x:80", "--index-url", "-x", "-", "--odd", "--odd=x", "--pre --odd", "-z x", "a --odd", "a -x", "a -r b",
    "a --pre", "a - b", "a -e b",
    "a>=1 -b", "a -- --odd", "--requirements x", "--REQ x", "-R x",
    "-e .", "-e ./x", "-e ./x[a,B_c]", "-e ../x", "-e /abs/x", "--editable x", "--editable=x/", "--edit x[y]", "-ex",
    "-e x ; python_version < '3'", "-e",
    "-e git+https://h/p.git#egg=a", "-e git+https://h/p.git@v1#egg=a&subdirectory=b/c",
    "-e git+https://h/p.git#subdirectory=b&egg=a",
    "-e git+ssh://git@h/p.git#egg=a", "-e git://h/p#egg=a", "-e svn+svn://h/p#egg=x-y", "-e hg+http://h/p#egg=a",
    "-e bzr+lp:p#egg=a", "-e https://h/p.zip",
    "-e git+git@h:p.git#egg=a", "-e file:///x/y", "-e file:///x/y#egg=a", "-e git+odd://h/p#egg=a", "-e 'a b'",
    "-e http://h/p#egg=a",
    "./x", "/x/y", "x/", "x/y[z]", ". ", ".", "..", "./x [a]", "./x[]", "./x[a]; python_version < '3'",
    "./x;os_name=='posix'", "./x; odd",
    "x.zip", "x.tar.gz", "x-1.0.tar.gz[a]", "x.tgz", "x.ZIP", "./a_b-1.0-py3-none-any.whl",
    "a-1.0-py2.py3-none-any.whl[x]", "a-1.0-1b-cp312-cp312-linux_x86_64.whl",
    "a.whl", "./a-x-py3-none-any.whl", ".zip", "x.tar", "x.gz",
    "https://h/p.zip", "https://h/p.zip#egg=a", "https://h/a-1.0-py3-none-any.whl",
    "https://h/a-1.0+l%21-py3-none-any.whl", "https://h/a-1.0%2Bl-py3-none-any.whl",
    "https://h/a-1.0-py3-none-any.whl?x=y#sha256=aa", "https://h/odd.whl", "https://u:p@h/p.zip#egg=a",
    "HTTPS://h/p.zip#egg=a", "ftp://h/p.zip",
    "https://h/p.zip ; python_version < '3'", "https://h/p.zip; python_version < '3'", "https://h/p.zip;x",
    "https://h/p.zip ;x", "https://h/p.zip ; odd",
    "git+https://h/p.git@main#egg=a", "git+https://h/p.git", "git+https://h/p.git#egg=a&subdirectory=b",
    "git+https://h/p.git#egg=-", "file:///x/y.zip", "file:x", "svn+odd://h/p",
    "a @ https://h/p.zip", "a@https://h/p.zip", "a[x] @ https://h/p.zip#sha256=aa",
    "a @ git+https://h/p.git@main#subdirectory=b ; os_name == 'posix'",
    "a @ https://h/p.zip;os_name=='posix'", "a @ https://h/p.zip ; odd", "a @ file:///x/y", "a @", "@ https://h/p",
    "a @ https://h/p.whl",
    "a=1", "a = 1", "a=>1", "a 1.0", "a>=x", "a[", "a]", "a[x", "a;", "a ; ", ";", "; os_name=='x'", "a; os_name",
    "a; os_name=='x' and", "é", "a==1.*", "a===x y",
    "_a", "a-", "a (>=1)", "a>=1;python_version<'3' or os_name=='nt'", "a==1.0 ; extra == 'x'", "a b", "a,b",
    "a[x]>=1,!=2,<3", "a\"b", "a 'b", "a>=1 'b' --hash=sha256:aa",
    "# -*- coding: utf-8 -*-\na", "# coding: latin-1\na\n", "x\n# coding=ascii\na", "a\u{0}", "a\u{0}b --pre",
  ]

  /// Files that pip has come to read since a version, (major, minor).
  static let newer: [(text: String, since: [Int])] = [
    ("-e 'a @ git+https://h/p.git'", [25, 2]), ("-e \"a[x] @ git+https://h/p.git@v1 ; os_name == 'posix'\"", [25, 2]),
    ("--no-require-hashes", [26, 3]), ("git+https://h/p#egg=a==1", [25, 3]),
  ]

  @Test func readsWhatPipReads() async throws {
    let newer = Self.newer
    let files = Self.files + newer.map(\.text)
    guard let answer = try await RequirementsFileOracle.answer(for: files.map { Array($0.utf8) }) else {
      return print("skipped: python3 has no pip from 22 on")
    }
    #expect(answer.files.count == files.count)
    for (index, (text, expected)) in zip(files, answer.files).enumerated() {
      if index >= Self.files.count, answer.version.lexicographicallyPrecedes(newer[index - Self.files.count].since) {
        continue
      }
      let file = RequirementsFile(Array(text.utf8)) { RequirementsFileOracle.variables[$0] }
      let lines = RequirementsFileOracle.lines(file)
      #expect(
        RequirementsFileOracle.agree(lines, expected, answer.version), "\(text.debugDescription): \(lines) \(expected)")
    }
  }

  @Test func readsEveryEncodingThatPipReads() async throws {
    let text = "django>=5 # é\nredis\n"
    let utf16 = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let swapped = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let utf32 = text.unicodeScalars.flatMap { scalar in
      [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: scalar.value >> $0) }
    }
    let files: [[UInt8]] = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + utf16, [0xFE, 0xFF] + swapped,
      [0xFF, 0xFE, 0, 0] + utf32, Array("# coding: latin-1\na # ".utf8) + [0xE9], [0xFF, 0xFE] + utf16.dropLast(),
      [0xEF, 0xBB, 0xBF, 0xE9], Array("# coding: ascii\na # é".utf8), Array("# coding: odd\na".utf8),
      Array("\n# vim: set fileencoding=utf-8 :\na".utf8),
    ]
    guard let answer = try await RequirementsFileOracle.answer(for: files) else {
      return print("skipped: python3 has no pip from 22 on")
    }
    for (bytes, expected) in zip(files, answer.files) {
      // Before 25, pip took the mark of UTF-32 for that of UTF-16.
      if bytes.starts(with: [0xFF, 0xFE, 0, 0]), answer.version[0] < 25 { continue }
      let lines = RequirementsFileOracle.lines(RequirementsFile(bytes))
      #expect(lines == expected || (expected == ["error"] && lines.last?.hasSuffix("error") == true), "\(bytes)")
    }
  }

  /// Files put together at random from what such files are made of.
  @Test func readsWhatPipReadsInRandomFiles() async throws {
    var random = SeededNumbers(state: 20)
    let files = (0..<3000).map { _ in
      (0..<Int.random(in: 1...14, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    }
    guard let answer = try await RequirementsFileOracle.answer(for: files.map { Array($0.utf8) }) else {
      return print("skipped: python3 has no pip from 22 on")
    }
    for (text, expected) in zip(files, answer.files) {
      let file = RequirementsFile(Array(text.utf8)) { RequirementsFileOracle.variables[$0] }
      let lines = RequirementsFileOracle.lines(file)
      #expect(
        RequirementsFileOracle.agree(lines, expected, answer.version), "\(text.debugDescription): \(lines) \(expected)")
    }
  }

  static let pieces = [
    "django", "a", "[x]", "[x,y]", ">=1", "==1.0", ",", " ", " ", " ", "\t", "\n", "\n", "\n", "\r\n", "\\\n", "\\",
    "#", " # x",
    "; os_name=='nt'", ";", "'", "\"", "-r", "-r b", "-c", "-e", "-e ", "-i ", "--pre", "--hash=sha256:aa", "--hash",
    "--index-url=", "--",
    "-", "--req", "--config-settings k=v", "./x", "/", "x/y", "a.zip", "a-1-py3-none-any.whl", "git+https://h/p",
    "https://h/p.zip", "#egg=a", "&subdirectory=b",
    " @ ", "${NAME}", "${NONE}", "${NESTED}", "\u{c}", "\u{2028}", "é", "-f ", "=",
  ]
}
