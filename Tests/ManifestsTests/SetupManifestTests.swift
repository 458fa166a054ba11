import Diagnostics
import Manifests
import Testing
import TestSupport

@Suite struct SetupManifestTests {
  @Test(arguments: [
    ("install_requires = a", ["setup.cfg:2 a (setup.cfg)"]),
    ("install_requires = a; b>=1", ["setup.cfg:2 a (setup.cfg)", "setup.cfg:2 b>=1 (setup.cfg)"]),
    (
      "install_requires =\n  a>=1 ; python_version < '4'\n  # x\n\n  b[y] @ https://u:p@h/b.zip\nother = c",
      ["setup.cfg:3 a>=1; python_version < \"4\" (setup.cfg)", "setup.cfg:6 b[y] @ https://h/b.zip (setup.cfg)"]
    ),
    ("install-requires = a", ["setup.cfg:2 a (setup.cfg)"]),
    ("install_requires = file: in.txt, more.txt", ["in.txt:1 x (-r in.txt)", "more.txt:2 y (-r more.txt)"]),
    ("install_requires =\n  file:\n  in.txt", ["in.txt:1 x (-r in.txt)"]),
  ])
  func configuration(text: String, expected: [String]) throws {
    let files = ["setup.cfg": "[options]\n\(text)\n", "in.txt": "x", "more.txt": "\ny"]
    #expect(DeclaringFolder.lines(try DeclaringFolder(files).read()) == expected)
  }

  @Test func extrasOfConfiguration() throws {
    let files = [
      "setup.cfg":
        "[metadata]\nname = Me\n[options]\ninstall_requires = a\n[options.extras_require]\ntest = b\nAll_of =\n  me[test]\n  c\n"
    ]
    let folder = try DeclaringFolder(files)
    #expect(
      DeclaringFolder.lines(try folder.read(.init(extras: ["all.of"]))) == [
        "setup.cfg:4 a (setup.cfg)", "setup.cfg:6 b (setup.cfg (extra test))",
        "setup.cfg:9 c (setup.cfg (extra All_of))",
      ])
    #expect(
      folder.failure(.init(extras: ["tests"]))
        == "setup.cfg: there is no extra tests | did you mean test? it has All_of, test")
    #expect(folder.failure(.init(extras: ["zzzzzz"])) == "setup.cfg: there is no extra zzzzzz | it has All_of, test")
    #expect(
      folder.failure(.init(groups: ["x"])) == "setup.cfg: there is no group x, and none at all | leave out --group x")
  }

  @Test func extrasAloneAreEvidenceWhenAskedFor() throws {
    let folder = try DeclaringFolder(["setup.cfg": "[options.extras_require]\nx = a"])
    #expect(try folder.read().sources.isEmpty)
    #expect(DeclaringFolder.lines(try folder.read(.init(extras: ["x"]))) == ["setup.cfg:2 a (setup.cfg (extra x))"])
  }

  @Test(arguments: [
    (
      "[options]\ninstall_requires = a=1",
      "setup.cfg:2:20: not a requirement: a=1: column 2: expected a version operator, ; or the end | correct it, for example django>=5.2"
    ),
    (
      "[options]\ninstall_requires =\n  a\n  b @ https://u:p@h x",
      "setup.cfg:4:3: not a requirement: b @ https://***@h x: column 19: expected ; behind the URL, or the end | correct it, for example django>=5.2"
    ),
    (
      "[options]\ninstall_requires = a; python_version < '3'",
      "setup.cfg:2:23: a marker behind a `;` in a list on one line is read as a distribution named python_version | write each requirement on a line of its own"
    ),
    ("[options]\ninstall_requires = a\n[options]", "setup.cfg:3: the section [options] is there twice | join the two"),
    (
      "[options]\ninstall_requires = a\nx",
      "setup.cfg:3: this line is neither a section nor KEY = VALUE | indent it if it belongs to the value above"
    ),
    (
      "[options]\ninstall_requires = file: none.txt",
      "setup.cfg:2:20: there is no file none.txt to take requirements from | correct the name behind `file:`"
    ),
  ])
  func refusesConfiguration(text: String, expected: String) throws {
    #expect(try DeclaringFolder(["setup.cfg": text]).failure() == expected)
  }

  @Test(arguments: [
    ("setup(install_requires=['a', \"b>=1\"])", "1 a, 1 b>=1"),
    ("setuptools.setup(install_requires=('a',\n  'b'))", "1 a, 2 b"),
    ("from distutils.core import setup as x\nsetup(install_requires=['a'])", "2 a"),
    ("A = ['a']\nB = A + ['b']\nsetup(install_requires=B)", "1 a, 2 b"),
    ("A = ['a']\nA += ['b']\nsetup(install_requires=A)", "1 a, 2 b"),
    ("A = ['a']\nA.append('b')\nA.extend(['c', 'd'])\nsetup(install_requires=A)", "1 a, 2 b, 3 c, 3 d"),
    ("A = ['a']\nsetup(install_requires=[*A, 'b'])", "1 a, 2 b"),
    ("V = '>=1'\nsetup(install_requires=['a' + V, 'b' '<2'])", "2 a>=1, 2 b<2"),
    ("if __name__ == '__main__':\n  setup(install_requires=['a'])", "2 a"),
    ("A: list = ['a']\nsetup(install_requires=list(A))", "1 a"),
    ("C = dict(install_requires=['a'])\nC['name'] = 'x'\nsetup(**C)", "1 a"),
    ("C = {'install_requires': ['a']}\nsetup(**C)", "1 a"),
    ("setup(install_requires='''\n  a>=1\n  # x\n  b\n''')", "1 a>=1, 1 b"),
    ("E = {'x': ['b']}\nsetup(install_requires=['a'] + E['x'])", "2 a, 1 b"),
    (
      "setup(install_requires=['a'], extras_require={':os_name == \"nt\"': ['b', 'c; os_name == \"x\"']})",
      "1 a, 1 b; os_name == \"nt\", 1 c; os_name == \"x\" and os_name == \"nt\""
    ),
    ("setup(install_requires=['a'], extras_require=read())", "1 a"), ("setup(install_requires=['a'], **read())", "1 a"),
    ("A = ['a']\nA.sort()\nsetup(install_requires=A)", "1 a"), ("A = ['a']\nB = A\nsetup(install_requires=B)", "1 a"),
  ])
  func script(text: String, expected: String) throws {
    let declared = try DeclaringFolder(["setup.py": text]).read()
    #expect(declared.sources == ["setup.py"])
    #expect(declared.roots.map { "\($0.location.line ?? 0) \($0.requirement)" }.joined(separator: ", ") == expected)
    #expect(declared.findings.isEmpty)
  }

  @Test(arguments: [
    ("setup(install_requires=open('requirements.txt').read().splitlines())", "1:24"),
    ("setup(install_requires=['a'] + read())", "1:32"),
    ("setup(install_requires=A)", "1:24"), ("A = ['a']\nif x:\n  A = ['b']\nsetup(install_requires=A)", "3:7"),
    ("A = ['a']\nif x:\n  A.append('b')\nsetup(install_requires=A)", "3:3"),
    ("A = ['a']\nfor x in y:\n  A += [x]\nsetup(install_requires=A)", "3:8"),
    ("A = ['a']\nA.remove('a')\nsetup(install_requires=A)", "2:1"), ("setup(install_requires=[f'a{x}'])", "1:25"),
    ("setup(install_requires=['a' % x])", "1:25"),
    ("setup(**read())", "1:9"), ("A = []\nA[0] = 'x'\nsetup(install_requires=A)", "2:1"),
    ("A = ['a']\ndel A\nsetup(install_requires=A)", "2:5"),
    ("setup(install_requires=['a', *read()])", "1:31"), ("A, B = ['a'], ['b']\nsetup(install_requires=A)", "1:1"),
    ("setup(install_requires=[x for x in y])", "1:24"),
  ])
  func tellsWhatIsNoLiteral(text: String, place: String) throws {
    let declared = try DeclaringFolder(["setup.py": text]).read()
    #expect(declared.sources.isEmpty && declared.roots.isEmpty)
    #expect(
      declared.findings.map { "\($0)" } == [
        "setup.py:\(place): install_requires is not written out here, and setup.py is not run"
      ])
    #expect(declared.findings.allSatisfy { $0.remedy == "name the requirements: --requirements FILE" })
  }

  @Test func extrasOfScript() throws {
    let folder = try DeclaringFolder([
      "setup.py":
        "setup(name='me', install_requires=['a'], extras_require={'x': ['b'], 'x:os_name == \"nt\"': 'c', 'all': ['me[x]']})"
    ])
    #expect(
      DeclaringFolder.lines(try folder.read(.init(extras: ["all"]))) == [
        "setup.py:1 a (setup.py)", "setup.py:1 b (setup.py (extra x))",
        "setup.py:1 c; os_name == \"nt\" (setup.py (extra x))",
      ])
    let unknown = try DeclaringFolder(["setup.py": "setup(install_requires=['a'], extras_require=read())"])
    #expect(
      unknown.failure(.init(extras: ["x"]))
        == "setup.py:1:46: extras_require is not written out here, and setup.py is not run | name the requirements: --requirements FILE"
    )
  }

  @Test(arguments: [
    "A = ['a']\n" + String(repeating: "A = A + A\n", count: 60),
    "A = ['a']\n" + String(repeating: "A = [A]\n", count: 4000),
    "A = {}\n" + String(repeating: "A = {'a': A, 'b': A}\n", count: 60),
    "A = 'a'\n" + String(repeating: "A = A + A\n", count: 60),
    "A = " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "\n",
    "A = 'a'" + String(repeating: " + 'a'", count: 5000) + "\n",
  ])
  func whatGrowsEnds(text: String) throws {
    let declared = try DeclaringFolder(["setup.py": text + "setup(install_requires=A)"]).read()
    #expect(declared.roots.isEmpty)
  }

  @Test func survivesEveryTruncation() throws {
    let text =
      "A = ['a'] + [\"b\"]\nA.append('c')\nsetup(name='x', install_requires=A, extras_require={'y': [*A]}, **dict(z='q'))\n"
    let folder = try DeclaringFolder([:])
    for end in text.indices {
      try folder.folder.write("setup.py", String(text[..<end]))
      _ = try? folder.read(.init(extras: ["y"]))
    }
  }
}
