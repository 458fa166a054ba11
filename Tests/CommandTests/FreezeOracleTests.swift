import Foundation
import TestSupport
import Testing

/// `freeze --all` prints what pip prints, in environments of every kind: pip itself is the oracle.
@Suite(
  .enabled(
    if: PipOracle.python != nil, "ENVTOOL_TEST_ENVIRONMENT names no environment: `make test` makes one"))
struct FreezeOracleTests {
  let oracle: PipOracle

  init() throws { oracle = try PipOracle() }

  @Test func manyDistributions() async throws {
    try await oracle.expectTheSame(of: try #require(PipOracle.python))
  }

  @Test func editableInstalls() async throws {
    try await oracle.make(
      """
      repository() {
        (cd "$1" && git init -q && git add -A && git -c user.name=a -c user.email=a@b.example commit -qm x)
      }
      remote() { git -C "$1" remote add "$2" "$3"; }
      for name in Plain.One remote none empty bad folder scp; do project $name $name; done
      mkdir mono && project mono/libs/Inner_Pkg Inner_Pkg
      for name in remote none bad folder scp mono; do repository $name; done
      git init -q empty
      git clone -q --bare none bare.git
      remote remote upstream git@host.example:up/stream.git && remote remote origin ssh://git@host.example/a/b.git
      git -C remote pack-refs --all && git -C mono checkout -q --detach
      remote mono first https://host.example/mono.git && remote empty origin https://host.example/empty.git
      remote bad origin ../nowhere && remote folder origin "$PWD/bare.git" && remote scp origin host.example:a/b
      git -C remote worktree add -q "$PWD/tree" && project tree Work-Tree
      git -c protocol.file.allow=always -C scp submodule add -q "$PWD/bare.git" sub && project scp/sub Sub.Module
      install -e Plain.One -e remote -e none -e empty -e bad -e folder -e mono/libs/Inner_Pkg -e tree -e scp/sub -e scp
      """)
    let lines = try await oracle.expectTheSame(of: oracle.folder.file("env"))
    #expect(lines.filter { $0.hasPrefix("-e") }.count == 10)
    #expect(lines.contains { $0.hasSuffix("#egg=Inner_Pkg&subdirectory=libs/Inner_Pkg") })
  }

  /// What `setup.py develop` and easy_install of former days left behind.
  @Test func eggs() async throws {
    try await oracle.make(
      """
      info() { mkdir -p "$1" && printf 'Metadata-Version: 1.0\\nName: %s\\nVersion: %s\\n' $2 $3 > "$1/PKG-INFO"; }
      mkdir -p developed git && touch developed/setup.py git/setup.py
      info developed/Legacy_Name.egg-info Legacy_Name 1.0 && echo "$PWD/developed" > "$site/Legacy-Name.egg-link"
      info git/under_git.egg-info under-git 2.0.0rc1 && printf '%s\\n.' "$PWD/git" > "$site/under-git.egg-link"
      (cd git && git init -q && git add -A && git -c user.name=a -c user.email=a@b.example commit -qm x)
      git -C git remote add origin https://host.example/git.git
      info "$site/in_folder-1.5-py3.11.egg/EGG-INFO" In-Folder 1.5
      info EGG-INFO Zipped_Egg 3.0
      (cd "$PWD" && $python -m zipfile -c "$site/Zipped_Egg-3.0-py3.11.egg" EGG-INFO)
      printf '%s\\n' "$PWD/developed" "$PWD/git" ./in_folder-1.5-py3.11.egg ./Zipped_Egg-3.0-py3.11.egg > "$site/easy-install.pth"
      info "$site/single.egg-info" single 1.0 && info "$site/versioned-1.0a1-py3.11.egg-info" versioned 1.0a1
      printf 'Metadata-Version: 1.1\\nName: Dist.Utils\\nVersion: 0.0.1\\n' > "$site/Dist.Utils-0.0.1.egg-info"
      mkdir -p extra added && info extra/added.egg-info added 9 && info added/single.egg-info single 2.0
      printf '# comment\\nimport sys\\n\\n../../../../extra  \\n/gone\\n%s\\n' "$PWD/added" > "$site/extra.pth"
      """)
    let lines = try await oracle.expectTheSame(of: oracle.folder.file("env"))
    #expect(lines.contains("in-folder==1.5") && lines.contains("zipped-egg==3.0") && lines.contains("added==9"))
  }

  @Test func directURLs() async throws {
    try await oracle.make(
      """
      project 'a folder' In.Folder && project git Git_Project && mkdir mono && project mono/libs/deep deep
      for name in git mono; do
        (cd $name && git init -q && git add -A && git -c user.name=a -c user.email=a@b.example commit -qm x)
      done
      project wheel Wheel-Project && (cd wheel && $python -c 'import backend; backend.build_wheel("..")')
      project other hashed && (cd other && $python -c 'import backend; backend.build_wheel("..")')
      hash=$(sha256sum hashed-1.0-py3-none-any.whl | cut -d' ' -f1)
      install './a folder' "git+file://$PWD/git" "git+file://$PWD/mono#egg=deep&subdirectory=libs/deep" \\
        ./Wheel_Project-1.0-py3-none-any.whl "hashed @ file://$PWD/hashed-1.0-py3-none-any.whl#sha256=$hash"
      """)
    let lines = try await oracle.expectTheSame(of: oracle.folder.file("env"))
    #expect(lines.count == 5 && lines.allSatisfy { $0.contains(" @ ") })
  }

  @Test func brokenEntries() async throws {
    try await oracle.make(
      """
      entry() { mkdir -p "$site/$1.dist-info" && printf "$2" > "$site/$1.dist-info/METADATA"; }
      entry good-1.0 'Name: good\\nVersion: 1.0\\n'
      entry '~ood-0.9' 'Name: good\\nVersion: 0.9\\n'
      entry nameless-1.0 'Version: 1.0\\n' && entry empty-1.0 ''
      entry badversion-1.x 'Name: badversion\\nVersion: 1.x\\n' && entry badmeta-1.0 'Name: badmeta\\nVersion: 1.x\\n'
      entry disagree-1.0 'Name: other\\nVersion: 2.0\\n' && entry no_version 'Name: no-version\\nVersion: 3.0\\n'
      entry local-1.0+abc_1 'Name: local\\nVersion: 1.0+abc-1\\n' && entry 'epoch-1!2.0' 'Name: epoch\\nVersion: 1!2.0\\n'
      entry dash-name-1.0 'Name: dash-name\\nVersion: 1.0\\n' && entry argparse-1.4.0 'Name: argparse\\nVersion: 1.4.0\\n'
      entry twice-1.0 'Name: twice\\nVersion: 1.0\\n' && entry twice-2.0 'Name: twice\\nVersion: 2.0\\n'
      entry 'sp ace-1.0' 'Name: sp ace\\nVersion: 1.0\\n' && entry badurl-1.0 'Name: badurl\\nVersion: 1.0\\n'
      printf '{"url":' > "$site/badurl-1.0.dist-info/direct_url.json"
      mkdir -p "$site/lost-1.0.dist-info" "$site/folder-1.0.dist-info/METADATA" "$site/nothing.dist-info"
      touch "$site/file-1.0.dist-info"
      entry Zope.Foo_Bar-1.0.0 'Name: Zope.Foo-Bar\\nVersion: 1.0.0\\n' && entry zope.foo2-1.0.0 'Name: zope.foo2\\nVersion: 1.0.0\\n'
      entry zope_foo_baz-2024.1 'Name: zope_foo.baz\\nVersion: 2024.01\\n'
      """)
    let environment = oracle.folder.file("env")
    // Which of two wins is a matter of the file system.
    #expect(
      try await oracle.freeze(environment, ["--no-annotate"]).filter { !$0.hasPrefix("twice") } == Self.fromBroken)
    if try await oracle.takesVersionsFromFolders() { try await oracle.expectTheSame(of: environment) }
  }

  /// As pip prints them since 24.1.
  private static let fromBroken = [
    "badmeta==1.0", "badurl==1.0", "badversion===1.x", "dash-name===1.0", "empty==1.0", "epoch==1!2.0", "file==1.0",
    "folder==1.0", "good==1.0", "local==1.0+abc.1", "lost==1.0", "nameless==1.0", "no-version==3.0", "other==1.0",
    "zope-foo-bar==1.0.0", "zope-foo2==1.0.0", "zope-foo-baz==2024.1",
  ]

  @Test(.enabled(if: PipOracle.systemPython != nil, "there is no /usr/bin/python3"))
  func thePythonOfTheSystem() async throws {
    let python = try #require(PipOracle.systemPython)
    try await oracle.expectTheSame(of: python)
    try await oracle.make("\(python) -m venv --without-pip --system-site-packages env2")
    try await oracle.expectTheSame(of: oracle.folder.file("env2"))
  }
}
