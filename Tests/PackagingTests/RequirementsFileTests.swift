import Packaging
import Testing

@Suite struct RequirementsFileTests {
  static func read(_ text: String) -> RequirementsFile {
    RequirementsFile(Array(text.utf8)) { ["TOKEN": "s3cret", "NAME": "django"][$0] }
  }

  @Test(arguments: [
    ("django", "1:1 django"), ("\n\n  django\n", "3:3 django"), ("a\n b # x", "1:1 a, 2:2 b"),
    ("a \\\n >=1", "1:1 a  >=1"), ("\\\n  a", "1:1 a"),
    ("--pre --no-index", "1:1 --pre --no-index, 1:7 --pre --no-index"),
    ("a --hash=sha256:aa \\\n --hash=sha256:bb", "1:1 a --hash=sha256:aa  --hash=sha256:bb"), ("é é", ""),
    ("-e x", "1:1 -e x"), ("\u{FEFF}a", "1:1 a"), ("${NAME}", "1:1 ${NAME}"),
    ("https://u:p@h/x.zip", "1:1 https://***@h/x.zip"),
    ("-i https://${TOKEN}@h/simple", "1:1 -i https://${TOKEN}@h/simple"),
  ])
  func placesAndText(text: String, expected: String) {
    let entries = Self.read(text).entries.map { "\($0.line):\($0.column) \($0.text)" }
    #expect(entries.joined(separator: ", ") == expected)
  }

  @Test(arguments: [
    ("a\n--odd", "2:1 no such option: --odd"), ("a --indx-url x", "1:3 no such option: --indx-url"),
    ("--no x", "1:1 the option --no is ambiguous: --no-binary, --no-index, --no-require-hashes"),
    ("--pre \\\n  -x", "2:3 no such option: -x"), ("-r", "1:1 --requirement lacks its value"),
    ("--pre=1", "1:1 --pre takes no value"), ("a --hash=md5:aa", "1:3 md5:aa is no hash that pip takes"),
    ("a --config-settings x", "1:3 --config-settings lacks a `=`"),
    ("a=1", "1:2 not a requirement: = compares no versions"),
    ("a >=1 b", "1:7 not a requirement: expected a comma, ; or the end"),
    ("a \\\n  >=1 \\\n  b", "3:3 not a requirement: expected a comma, ; or the end"),
    ("a ;  os_nam == 'x'", "1:6 not a requirement: expected a marker variable or a quoted string"),
    ("./x; odd", "1:6 not a requirement: expected a marker variable or a quoted string"),
    ("${NAME} >= x y", "1:1 not a requirement: expected a version that fits the operator before it"),
    ("-r 'a", "1:4 a quote among the options is not closed"),
    ("-r a\\ # x", "1:5 a backslash with nothing behind it"),
    ("./a-1.whl", "1:1 a-1.whl is not the file name of a wheel"),
    ("git+https://h/p#egg=a==1", "1:1 #egg=a==1 is not a name"),
    (
      "-e https://u:p@h/p.zip",
      "1:1 an editable requirement is a folder or the URL of a repository, and this is neither"
    ),
    ("# coding: odd\na", "1:1 the encoding odd is not known"),
    ("\u{FEFF}a\nb\u{0}", "2:2 not a requirement: expected a version operator, ; or the end"),
    ("a --pre", "1:3 pip passes over --pre here"), ("-r a -r b", "1:6 pip passes over --requirement here"),
    ("-e . ; x", "1:6 pip passes over `; x` here"), ("--hash=sha256:aa", "1:1 pip passes over --hash here"),
    ("a --hash=sha256:aa", "1:3 no sha256 digest looks like this, so no file fits it"),
  ])
  func problems(text: String, expected: String) {
    let problems = Self.read(text).problems
    #expect(problems.map { "\($0.line):\($0.column) \($0)" } == [expected])
    #expect(problems.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test func suggestsTheOptionMeant() {
    #expect(Self.read("--indx-url x").problems.map(\.remedy) == ["write --index-url"])
    #expect(Self.read("--zz x").problems.map(\.remedy) == ["remove it: pip refuses it in a requirements file"])
  }

  @Test func bytesOfNoEncodingHaveTheirPlace() {
    let problems = RequirementsFile(Array("a\r\nbé".utf8) + [0xFF]).problems
    #expect(problems.map { "\($0.line):\($0.column) \($0)" } == ["2:3 these bytes are not UTF-8"])
  }

  @Test(
    arguments: [
      (
        "git+https://h/p.git#egg=a[x,Y]&subdirectory=b/c", "a[x,y] @ git+https://h/p.git#egg=a[x,Y]&subdirectory=b/c",
        "b/c"
      ),
      ("-e git+https://u:p@h/p#egg=a", "a @ git+https://h/p#egg=a", nil),
      ("A_b @ https://u:p@h/p.zip ; os_name == 'x'", "A_b @ https://h/p.zip ; os_name == \"x\"", nil),
      ("A_b[X] @ https://h/p.zip", "A_b[X] @ https://h/p.zip", nil),
      ("-e 'a @ git+ssh://git@h/p ; os_name == \"x\"'", "a @ git+ssh://git@h/p ; os_name == \"x\"", nil),
      ("./dist/a_b-1.0-py3-none-any.whl[x]", "a-b[x]==1.0", nil),
      ("https://h/a_b-1.0-py3-none-any.whl", "a-b @ https://h/a_b-1.0-py3-none-any.whl", nil),
    ] as [(String, String, String?)])
  func namesWithin(text: String, expected: String, subdirectory: String?) throws {
    let file = Self.read(text)
    guard case .requirement(let line)? = file.entries.first?.content else { return #expect(Bool(false), "\(file)") }
    #expect(line.requirement?.description == expected)
    #expect(line.subdirectory == subdirectory)
    #expect(try Requirement(parsing: expected) == line.requirement)
  }

  @Test func aNameFoundElsewhereCompletesALine() throws {
    let file = Self.read("./x[y] ; os_name == 'posix'")
    guard case .requirement(let line)? = file.entries.first?.content else { return #expect(Bool(false)) }
    #expect(line.requirement == nil)
    #expect(line.source == .path("./x"))
    #expect(line.requirement(named: try #require(PackageName("X"))).description == "x[y]; os_name == \"posix\"")
  }

  @Test(arguments: [
    ("https://user:pass@host/x", "https://***@host/x"), ("https://token@host", "https://***@host"),
    ("git+ssh://git@host/x@v1", "git+ssh://git@host/x@v1"), ("https://${A}:${B}@host/x", "https://${A}:${B}@host/x"),
    ("https://a:${B}@h", "https://a:${B}@h"), ("https://${A}x@h", "https://***@h"),
    ("https://u:p/a@ss@host/x", "https://***@host/x"), ("https://u:p#@host/x", "https://***@host/x"),
    ("http://[::1]:80/a@b", "http://[::1]:80/a@b"),
    ("https://h:80/a@b", "https://h:80/a@b"),
    ("a @ https://u:p@h/x ; https://v@i", "a @ https://***@h/x ; https://***@i"),
    ("https://h/x?token=a#sha256=b", "https://h/x?***#sha256=b"), ("https://u:p@h?q", "https://***@h?***"),
    ("x://", "x://"), ("://@", "://***@"), ("no url ? #", "no url ? #"),
    ("a\u{1b}b", "a\\x1Bb"),
  ])
  func credentialsAreNotShown(text: String, expected: String) {
    let text = CredentialText(text)
    #expect(text.description == expected)
    #expect("\(text) \(String(reflecting: text))" == "\(expected) \(expected)")
    var dumped = ""
    dump(text, to: &dumped)
    #expect(dumped == "- \(expected)\n")
  }

  @Test func withoutCredentials() {
    #expect(CredentialText("https://u:p@h/x?a=b#c").withoutCredentials == "https://h/x?a=b#c")
    #expect(CredentialText("git+ssh://git@h/x").withoutCredentials == "git+ssh://git@h/x")
  }

  /// Nothing that is printed of a line shows what stands before `@`, whatever is wrong with the line.
  @Test(arguments: [
    "https://u:s3cret@h/p.whl", "-e https://u:s3cret@h/p.zip", "-i https://u:s3cret@h --odd",
    "--odd=https://u:s3cret@h", "a @ https://u:s3cret@h/p x",
    "-r https://u:s3cret@h/x", "--hash https://u:s3cret@h", "a --config-settings https://u:s3cret@h",
    "https://u:s3cret@h/p#egg=-", "--https://u:s3cret@h",
    "-e x https://u:s3cret@h", "a --pre https://u:s3cret@h/x", "https://u:s3cret@h/x ; odd", "a @ https://u:s3cret@h/x",
    "git+https://u:s3cret@h/x#egg=a",
    "-e 'a @ git+https://u:s3cret@h/x'", "https://${TOKEN}@h/x.zip", "a @ git+https://${TOKEN}@h/x",
  ])
  func noSecretIsShown(text: String) {
    let file = Self.read(text)
    var dumped = ""
    for entry in file.entries {
      dumped += "\(entry)"
      if case .requirement(let line) = entry.content { dumped += "\(line.requirement?.description ?? "") \(line)" }
    }
    for problem in file.problems { dumped += "\(problem) \(problem.remedy)" }
    #expect(!dumped.contains("s3cret"), "\(dumped)")
    #expect(!dumped.isEmpty)
  }

  @Test func survivesEveryTruncationAndByte() {
    let text = Array(
      "# x\na[b] >= 1 ; os_name == 'x' \\\n --hash=sha256:é\n-e git+https://u:p@h/x#egg=y\n-r 'z' ${A}\u{2028}./x".utf8)
    for end in text.indices {
      _ = RequirementsFile(Array(text[..<end]))
      for byte: UInt8 in [0, 0x0A, 0x22, 0x27, 0x2D, 0x5C, 0x80, 0xFF] {
        var changed = text
        changed[end] = byte
        let file = RequirementsFile(changed)
        #expect(file.entries.count + file.problems.count > 0)
      }
    }
  }

  @Test func survivesSize() {
    let long = RequirementsFile(Array(String(repeating: "a", count: 1_000_000).utf8))
    #expect(long.entries.count == 1)
    let joined = RequirementsFile(Array(String(repeating: "\\\n", count: 200_000).utf8) + Array("a".utf8))
    #expect(joined.entries.map(\.line) == [1])
    let many = RequirementsFile(Array(String(repeating: "a>=1\n", count: 20_000).utf8))
    #expect(many.entries.count == 20_000)
    let options = RequirementsFile(Array(("a" + String(repeating: " --hash=sha256:a", count: 20_000)).utf8))
    #expect(options.problems.count == 20_000)
    let quotes = RequirementsFile(Array(String(repeating: "-e 'a\n", count: 20_000).utf8))
    #expect(quotes.problems.count == 20_000)
  }
}
