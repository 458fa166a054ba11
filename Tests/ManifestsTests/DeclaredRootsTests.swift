import Diagnostics
import Host
import Manifests
import Packaging
import Testing
import TestSupport

/// A folder with files, and what is read there.
struct DeclaringFolder {
  let folder: TemporaryFolder
  var host: Host

  init(_ files: [String: String], variables: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    host = Host(environment: variables, folder: SourcePath(folder.path))
  }

  func read(_ request: DeclaredRoots.Request = .init()) throws -> DeclaredRoots {
    try DeclaredRoots(of: host.folder, request, host: host)
  }

  /// The message and remedy of what reading throws, the folder left out.
  func failure(_ request: DeclaredRoots.Request = .init()) -> String? {
    do {
      _ = try read(request)
      return nil
    } catch let finding as Finding {
      return "\(finding) | \(finding.remedy ?? "")".replacing(folder.path, with: "FOLDER")
    } catch {
      return "\(error)"
    }
  }

  static func lines(_ declared: DeclaredRoots) -> [String] {
    declared.roots.map { "\($0.location) \($0.requirement) (\($0.origin))" }
  }
}

@Suite struct DeclaredRootsTests {
  static func read(_ files: [String: String], _ names: [SourcePath] = ["in.txt"]) throws -> DeclaredRoots {
    try DeclaringFolder(files).read(.init(files: names))
  }

  static func lines(_ declared: DeclaredRoots) -> [String] { DeclaringFolder.lines(declared) }

  @Test(arguments: [
    ("django>=5.2", ["in.txt:1 django>=5.2 (-r in.txt)"]),
    ("# one\n\n  django # two\nredis\t# three", ["in.txt:3 django (-r in.txt)", "in.txt:4 redis (-r in.txt)"]),
    ("django \\\n  >=5 \\\n  ,<6\nredis", ["in.txt:1 django<6,>=5 (-r in.txt)", "in.txt:4 redis (-r in.txt)"]),
    ("django \\", ["in.txt:1 django (-r in.txt)"]),
    ("# no continuation \\\nredis", ["in.txt:2 redis (-r in.txt)"]),
    (
      "django==5.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nredis",
      ["in.txt:1 django==5.2 (-r in.txt)", "in.txt:4 redis (-r in.txt)"]
    ),
    ("a; python_version < '3'", ["in.txt:1 a; python_version < \"3\" (-r in.txt)"]),
    ("a @ https://example.invalid/a.zip#sha1=x", ["in.txt:1 a @ https://example.invalid/a.zip#sha1=x (-r in.txt)"]),
    (
      "--index-url https://example.invalid\n--pre\n--require-hashes\n-f x\nredis[hiredis]",
      ["in.txt:5 redis[hiredis] (-r in.txt)"]
    ),
    (
      "-e git+https://u:p@example.invalid/a#egg=a[x]",
      ["in.txt:1 a[x] @ git+https://example.invalid/a#egg=a[x] (-r in.txt)"]
    ),
    ("./a_b-1.0-py3-none-any.whl", ["in.txt:1 a-b==1.0 (-r in.txt)"]),
  ])
  func reads(text: String, expected: [String]) throws {
    #expect(Self.lines(try Self.read(["in.txt": text])) == expected)
    #expect(Self.lines(try Self.read(["in.txt": "\u{FEFF}" + text])) == expected, "with a BOM")
    #expect(Self.lines(try Self.read(["in.txt": text.replacing("\n", with: "\r\n")])) == expected, "with CRLF")
  }

  @Test func filesInFiles() throws {
    let files = [
      "in.txt": "-r sub/a.txt\nlast\n-c c.txt", "sub/a.txt": "a\n-rb.txt\n--requirem=../d.txt\n-c ../c.txt",
      "sub/b.txt": "b",
      "d.txt": "d\n-r sub/b.txt", "c.txt": "c<2\n-r d.txt\n-c sub/b.txt",
    ]
    let declared = try Self.read(files)
    #expect(
      Self.lines(declared) == [
        "sub/a.txt:1 a (-r sub/a.txt)", "sub/b.txt:1 b (-r sub/b.txt)", "d.txt:1 d (-r d.txt)",
        "in.txt:2 last (-r in.txt)",
      ])
    #expect(
      declared.constraints.map { "\($0.location) \($0.requirement) (\($0.origin))" } == [
        "c.txt:1 c<2 (-c c.txt)", "sub/b.txt:1 b (-c sub/b.txt)",
      ])
    #expect(
      declared.roots.map(\.trail).prefix(3) == [
        "in.txt:1 -> sub/a.txt:1", "in.txt:1 -> sub/a.txt:2 -> sub/b.txt:1", "in.txt:1 -> sub/a.txt:3 -> d.txt:1",
      ])
    #expect(declared.sources == ["in.txt"])
  }

  @Test(arguments: [
    (
      "-e .",
      "in.txt:1: . is no project: the folder holds no pyproject.toml, setup.py or setup.cfg | name the folder of a project"
    ),
    (
      "-e ./bare",
      "in.txt:1: what the project ./bare is called is not known: no file of it says so without being run | write `name` into FOLDER/bare/pyproject.toml, or NAME @ file://FOLDER/bare here"
    ),
    ("a\n./none", "in.txt:2: no such file or folder: FOLDER/none | name a folder or file that is there"),
    ("in.txt/", "in.txt:1: what in.txt/ is called is not known without opening it | write NAME @ file://FOLDER/in.txt"),
    (
      "a\n\nhttps://u:p@example.invalid/a.zip",
      "in.txt:3: what https://***@example.invalid/a.zip is called is not known without opening it | write NAME @ https://***@example.invalid/a.zip"
    ),
    (
      "-e git+https://u:p@h/x",
      "in.txt:1: what git+https://***@h/x is called is not known without opening it | write NAME @ git+https://***@h/x"
    ),
    (
      "a\n-r none.txt",
      "in.txt:2: cannot read FOLDER/none.txt: No such file or directory | name a requirements file that can be read"
    ),
    (
      "a\n-c none.txt",
      "in.txt:2: cannot read FOLDER/none.txt: No such file or directory | name a constraints file that can be read"
    ),
    (
      "a >",
      "in.txt:1:4: not a requirement: expected a version that fits the operator before it | correct the line, for example django>=5.2"
    ),
    ("a\n--odd", "in.txt:2:1: no such option: --odd | remove it: pip refuses it in a requirements file"),
    (
      "a\n-r bad.txt",
      "bad.txt:2:2: not a requirement: = compares no versions (included by in.txt:2) | write == for one version, >= for that and later ones"
    ),
    (
      "-r https://u:p@h/x.txt",
      "in.txt:1: https://***@h/x.txt is a URL, and only files are read | download it, and name the file here"
    ),
    (
      "-r pylock.toml",
      "in.txt:1: pylock.toml is no requirements file | name a requirements file; a lock is no source of roots"
    ),
    ("-r loop.txt", "loop.txt:2: in.txt includes itself: in.txt:1 -> loop.txt:2 -> in.txt | remove one of these lines"),
    (
      "a\n-c loop.txt",
      "loop.txt:2: in.txt includes itself: in.txt:2 -> loop.txt:2 -> in.txt | remove one of these lines"
    ),
    (
      "a\n-c editable.txt",
      "editable.txt:1: an editable requirement cannot be a constraint (included by in.txt:2) | write NAME and its versions: django<6"
    ),
    (
      "a\n-c extras.txt",
      "extras.txt:1: a constraint cannot have extras (included by in.txt:2) | write NAME and its versions: django<6"
    ),
    (
      "a\n-c path.txt",
      "path.txt:1: a constraint without a name (included by in.txt:2) | write NAME and its versions: django<6"
    ),
    ("", "in.txt: holds no requirements | name a file that holds some"),
    ("# nothing\n", "in.txt: holds no requirements | name a file that holds some"),
    (
      "-c extras.txt\n-r path.txt",
      "extras.txt:1: a constraint cannot have extras (included by in.txt:1) | write NAME and its versions: django<6"
    ),
    (
      "-r path.txt",
      "path.txt:1: no such file or folder: FOLDER/none (included by in.txt:1) | name a folder or file that is there"
    ),
  ])
  func refuses(text: String, expected: String) throws {
    let folder = try DeclaringFolder([
      "in.txt": text, "bad.txt": "x\na=1", "loop.txt": "x\n-r in.txt", "editable.txt": "-e .", "extras.txt": "a[x]",
      "path.txt": "./none",
      "bare/setup.py": "from setuptools import setup\nsetup(name=read())",
    ])
    #expect(folder.failure(.init(files: ["in.txt"])) == expected)
  }

  @Test func filesThatIncludeOneAnotherWithoutEnd() throws {
    var files: [String: String] = [:]
    for index in 0..<300 { files["\(index).txt"] = "-r \(index + 1).txt" }
    #expect(try DeclaringFolder(files).failure(.init(files: ["0.txt"]))?.contains("100 deep") == true)
  }

  @Test func whatIsPassedOverIsTold() throws {
    let declared = try Self.read(["in.txt": "a --pre\n-i https://u:p@h --hash=sha256:aa\n-e git+https://h/x#egg=x ; y"])
    #expect(
      declared.findings.map { "\($0)" } == [
        "in.txt:1:3: pip passes over --pre here", "in.txt:2:18: pip passes over --hash here",
        "in.txt:3:26: pip passes over `; y` here",
      ])
    #expect(declared.findings.allSatisfy { $0.severity == .warning })
    #expect(
      declared.options.map { "\($0.option.rawValue) \($0.value?.description ?? "") \($0.location)" } == [
        "--index-url https://***@h in.txt:2"
      ])
  }

  @Test func localProjects() throws {
    let files = [
      "in.txt": "-e .[x]\n./cfg ; os_name == 'posix'\n./py\nfile://${ROOT}/egg\n./sdist[y]\nother @ ./py\n-e ./src",
      "setup.cfg": "[metadata]\nname = Top_Level", "cfg/setup.cfg": "[metadata]\nname = cfg-name",
      "cfg/setup.py": "setup()",
      "py/setup.py": "import setuptools\nNAME = 'py' + '.name'\nsetuptools.setup(name=NAME)",
      "egg/setup.py": "setup(**x())",
      "egg/egg.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: egg_name\nVersion: 1\n", "sdist/setup.py": "",
      "sdist/PKG-INFO": "Metadata-Version: 2.1\nName: sdist\nVersion: 1\n", "src/setup.py": "",
      "src/src/x.egg-info/PKG-INFO": "Name: below\nVersion: 1\n",
    ]
    var folder = try DeclaringFolder(files)
    folder.host.environment["ROOT"] = folder.folder.path
    let declared = try folder.read(.init(files: ["in.txt"]))
    #expect(
      declared.roots.map { "\($0.requirement)" } == [
        "top-level[x]", "cfg-name; os_name == \"posix\"", "py-name", "egg-name", "sdist[y]", "other", "below",
      ])
    #expect(declared.roots.map(\.isEditable) == [true, false, false, false, false, false, true])
    #expect(
      declared.roots.map(\.source).prefix(2) == [.path(folder.host.folder), .path(folder.host.folder.appending("cfg"))])
    #expect(declared.roots[3].source == .path(folder.host.folder.appending("egg")))
    #expect(declared.roots[5].source == .path(folder.host.folder.appending("py")))
  }

  @Test func urlsKeepTheirCredentialsForWhoOpensThem() throws {
    let folder = try DeclaringFolder(
      ["in.txt": "a @ https://u:${TOKEN}@h/a.zip --hash=sha256:aa"], variables: ["TOKEN": "s3cret"])
    let root = try #require(try folder.read(.init(files: ["in.txt"])).roots.first)
    guard case .url(let url) = root.source else { return #expect(Bool(false), "\(root.source)") }
    #expect(url.revealed == "https://u:s3cret@h/a.zip")
    #expect(root.hashes.map(\.description) == ["sha256:aa"])
    #expect(!"\(root)".contains("s3cret"))
  }

  @Test func standardInput() throws {
    let folder = try DeclaringFolder(["sub/in.txt": "b", "a.txt": "c"])
    let declared = try folder.read(.init(files: ["-", "a.txt"], standardInput: Array("a\n-r sub/in.txt".utf8)))
    #expect(
      Self.lines(declared) == ["<stdin>:1 a (-r <stdin>)", "sub/in.txt:1 b (-r sub/in.txt)", "a.txt:1 c (-r a.txt)"])
    #expect(declared.sources == ["-", "a.txt"])
    #expect(
      folder.failure(.init(files: ["-"], standardInput: Array("a\n-x".utf8)))
        == "<stdin>:2:1: no such option: -x | remove it: pip refuses it in a requirements file")
  }

  @Test func requirementsFilesHaveNoExtras() throws {
    let folder = try DeclaringFolder(["in.txt": "a"])
    #expect(
      folder.failure(.init(files: ["in.txt"], extras: ["x"]))
        == "in.txt: there is no extra x, and none at all | leave out --extra x")
    #expect(
      folder.failure(.init(groups: ["x"]))
        == "there is no group x: no manifest of FOLDER declares any | leave out --group x")
  }

  @Test(
    arguments: [
      ([:], nil),
      (["requirements.txt": "django"], "requirements.txt"),
      (["requirements.txt": "django", "requirements.in": "django"], "requirements.in"),
      (["requirements.txt": "django==5.2\nsqlparse==0.5 \\\n  --hash=sha256:aa"], nil),
      (["requirements.txt": "# This file is autogenerated by pip-compile\ndjango"], nil),
      (
        [
          "requirements.txt":
            "# This file was autogenerated by uv via the following command:\n#    uv pip compile\ndjango"
        ], nil
      ),
      (["requirements.txt": "# This file is @generated by PDM.\ndjango"], nil),
      (["requirements.txt": "# These requirements were autogenerated by pipenv\ndjango"], nil),
      (["requirements.txt": "", "requirements/base.txt": "django"], "requirements/base.txt"),
      (
        ["requirements.txt": "-c x\n--pre\n# django", "x": "a", "requirements/base.in": "django==5"],
        "requirements/base.in"
      ),
      (["requirements.txt": "-r requirements/prod.in", "requirements/prod.in": "a"], "requirements.txt"),
      (["requirements.txt": "-r lock.txt", "lock.txt": "a==1"], nil),
      (["requirements.txt": "django==5.2", "requirements/production.in": "a"], "requirements/production.in"),
      (["requirements.txt": "django==5.*"], "requirements.txt"),
      (["requirements.txt": "a @ https://h/a.zip"], "requirements.txt"),
      (["requirements.txt": "a==1\nb @ https://h/a.zip\n-e git+https://h/x@y#egg=x"], nil),
      (["requirements.in": "a", "setup.cfg": "[options]\ninstall_requires = b"], "requirements.in"),
      (["setup.cfg": "[options]\ninstall_requires = b", "setup.py": "setup(install_requires=['c'])"], "setup.cfg"),
      (["setup.cfg": "[options]\ninstall_requires =", "setup.py": "setup(install_requires=['c'])"], "setup.py"),
      (["setup.cfg": "[flake8]\nx", "setup.py": "setup(install_requires=['c'])"], "setup.py"),
      (["setup.cfg": "[options]\ninstall_requires ="], nil), (["setup.py": "setup(install_requires=[])"], nil),
      (["setup.py": "setup()"], nil),
    ] as [([String: String], String?)])
  func theManifest(files: [String: String], expected: String?) throws {
    let declared = try DeclaringFolder(files).read()
    #expect(declared.sources.map(\.description) == (expected.map { [$0] } ?? []))
    #expect(declared.roots.isEmpty == (expected == nil))
  }
}
