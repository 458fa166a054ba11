import Packaging
import Testing

@Suite struct DirectURLTests {
  @Test(arguments: [
    (
      #"{"url": "https://h/pip.git", "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": "7921"}}"#,
      "git+https://h/pip.git@7921"
    ),
    (#"{"url":"file:///srv/app","dir_info":{"editable":true}}"#, "file:///srv/app"),
    (#"{"url":"file:///srv/app","dir_info":{}}"#, "file:///srv/app"),
    (#"{"url":"https://h/p.zip","archive_info":{"hash":"sha256=2dc6"}}"#, "https://h/p.zip#sha256=2dc6"),
    (
      #"{"url":"https://u:p@h/p.zip","archive_info":{"hashes":{"md5":"1","sha256":"2"}},"subdirectory":"a\u002fb"}"#,
      "https://h/p.zip#sha256=2&subdirectory=a/b"
    ),
    (#"{"url":"https://h/p.zip","archive_info":{}}"#, "https://h/p.zip"),
    (#"{"url":"ssh://git@h/p","vcs_info":{"vcs":"git","commit_id":"1"}}"#, "git+ssh://git@h/p@1"),
    (#"{"url":"https://${USER}:${PASS_2}@h/p","dir_info":{}}"#, "https://${USER}:${PASS_2}@h/p"),
    (#"{"url":"https://token@h/p?a=b@c","dir_info":{}}"#, "https://h/p?a=b@c"),
    (#"{"url":"https://h/p@1","dir_info":{}}"#, "https://h/p@1"),
  ])
  func reads(text: String, requirementURL: String) throws {
    #expect(try #require(DirectURL(bytes: Array(text.utf8))).requirementURL == requirementURL)
  }

  @Test func editable() throws {
    let editable = try #require(DirectURL(bytes: Array(#"{"url":"file:///a","dir_info":{"editable":true}}"#.utf8)))
    #expect(editable.isEditable)
    let plain = try #require(DirectURL(bytes: Array(#"{"url":"file:///a","dir_info":{"editable":false}}"#.utf8)))
    #expect(!plain.isEditable)
  }

  @Test(arguments: [
    "", "{", "[]", "null", #"{"url":"x"}"#, #"{"dir_info":{}}"#, #"{"url":1,"dir_info":{}}"#,
    #"{"url":"x","vcs_info":{"vcs":"git"}}"#, #"{"url":"x","dir_info":{}} x"#, #"{"url":"x","dir_info":{},}"#,
    #"{"url":"\x","dir_info":{}}"#, #"{"url":"\u12","dir_info":{}}"#, #"{"url":01,"dir_info":{}}"#,
  ])
  func refuses(text: String) { #expect(DirectURL(bytes: Array(text.utf8)) == nil) }

  @Test func survivesDeepNesting() {
    #expect(DirectURL(bytes: Array(String(repeating: "[", count: 1_000_000).utf8)) == nil)
  }

  @Test func survivesEveryTruncation() {
    let bytes = Array(#"{"url": "https://h/\ud83d\ude00", "dir_info": {"editable": true, "n": [1.5e-3, null]}}"#.utf8)
    for end in bytes.indices { #expect(DirectURL(bytes: Array(bytes[..<end])) == nil) }
    #expect(DirectURL(bytes: bytes)?.url == "https://h/😀")
  }
}
