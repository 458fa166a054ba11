import Diagnostics
@testable import PythonEnvironment
import Testing
import TestSupport

@Suite struct GitCheckoutTests {
  let folder: TemporaryFolder
  static let commit = String(repeating: "0a", count: 20)

  init() throws { folder = try TemporaryFolder() }

  func checkout(_ path: String = "work") -> EditableInstall.Checkout {
    EditableInstall(of: SourcePath(folder.file(path)), in: .machine).checkout
  }

  static func revision(_ url: String, _ subdirectory: String? = nil) -> EditableInstall.Checkout {
    .revision(system: "git", url: url, commit: commit, subdirectory: subdirectory)
  }

  static let configurations: [(String, EditableInstall.Checkout)] = [
    ("", .noRemote), ("[remote \"origin\"]\n fetch = x\n", .noRemote),
    ("[branch \"a\"]\nurl = https://h/a\n", .noRemote),
    ("[remote \"origin\"]\n\turl = https://h/a.git\n", revision("https://h/a.git")),
    ("[remote \"b\"]\nurl = https://h/b\n[remote \"origin\"]\nurl=https://h/a\n", revision("https://h/a")),
    ("[remote \"b\"]\nurl = https://h/b\n[remote \"c\"]\nurl=https://h/c\n", revision("https://h/b")),
    ("[Remote \"origin\"] ; note\n  URL = \"https://h/#a\" # note\n", revision("https://h/#a")),
    ("[remote \"origin\"]\nurl = https://h/\\\n  a\n", revision("https://h/")),
    ("[remote.Origin]\r\nurl = https://h/a\r\n", revision("https://h/a")),
    ("[remote \"origin\"]\nurl = https://u:secret@h/a\n", revision("https://h/a")),
    ("[remote \"origin\"]\nurl = ssh://git@h/a\n", revision("ssh://git@h/a")),
    ("[remote \"origin\"]\nurl = git@h:a/b.git\n", revision("ssh://git@h/a/b.git")),
    ("[remote \"origin\"]\nurl = host-name:a\n", revision("ssh://host-name/a")),
    ("[remote \"origin\"]\nurl = /\n", revision("file:///")),
    ("[remote \"origin\"]\nurl = /gone/a\n", .badRemote("/gone/a")),
    ("[remote \"origin\"]\nurl = C:/a\n", .badRemote("C:/a")),
    ("[remote \"origin\"]\nurl = ../a\n", .badRemote("../a")),
  ]

  @Test(arguments: configurations)
  func remotes(configuration: String, expected: EditableInstall.Checkout) throws {
    try folder.write("work/.git/HEAD", "\(Self.commit)\n")
    try folder.write("work/.git/config", configuration)
    #expect(checkout() == expected)
  }

  @Test(arguments: [
    (["HEAD": "ref: refs/heads/main\n", "refs/heads/main": "\(commit)\n"], true),
    (["HEAD": "ref: refs/heads/main\n", "packed-refs": "# pack-refs\n\(commit) refs/heads/main\n^x\n"], true),
    (["HEAD": "ref: refs/heads/a\n", "refs/heads/a": "ref: refs/heads/b\n", "refs/heads/b": commit], true),
    (["HEAD": "ref: refs/heads/a\n", "refs/heads/a": "ref: refs/heads/a\n"], false),
    (["HEAD": "ref: refs/heads/main\n", "packed-refs": "\(commit) refs/heads/other/refs/heads/main\n"], false),
    (["HEAD": "ref: refs/heads/.invalid\n", "reftable/tables.list": ""], false), (["HEAD": ""], false),
    (["HEAD": "not a commit\n"], false),
  ]) func heads(files: [String: String], isKnown: Bool) throws {
    for (name, text) in files { try folder.write("work/.git/\(name)", text) }
    try folder.write("work/.git/config", "[remote \"origin\"]\nurl = https://h/a\n")
    #expect(checkout() == (isKnown ? Self.revision("https://h/a") : .unknown))
  }

  @Test func subdirectories() throws {
    try folder.write("work/.git/HEAD", Self.commit)
    try folder.write("work/.git/config", "[remote \"origin\"]\nurl = https://h/a\n")
    try folder.write("work/libs/a/pyproject.toml")
    try folder.write("work/libs/a/src/a.py")
    #expect(checkout("work/libs/a") == Self.revision("https://h/a", "libs/a"))
    #expect(checkout("work/libs/a/src") == Self.revision("https://h/a", "libs/a"))
    try folder.write("work/setup.py")
    #expect(checkout("work/libs") == Self.revision("https://h/a"))
  }

  @Test func withoutAnyOrBroken() throws {
    try folder.write("work/setup.py")
    #expect(checkout() == .none)
    try folder.write("work/.git", "gitdir: gone\n")
    #expect(checkout() == .noRemote)
  }

  @Test func mercurial() throws {
    try folder.write("work/.hg/hgrc", "[ui]\nx = y\n[paths]\ndefault = https://u:secret@h/a\n")
    #expect(checkout() == .unknown)
    try folder.write("work/.hg/dirstate", String(repeating: "\n", count: 40))
    let node = String(repeating: "0a", count: 20)
    #expect(checkout() == .revision(system: "hg", url: "https://h/a", commit: node, subdirectory: nil))
    try folder.write("work/.hg/dirstate", "dirstate-v2\n" + String(repeating: "\n", count: 40))
    #expect(checkout() == .revision(system: "hg", url: "https://h/a", commit: node, subdirectory: nil))
  }
}
