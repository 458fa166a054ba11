// Supported: `.git` folders and files (worktrees, submodules), detached and symbolic HEAD, loose and packed references,
//   the remotes of the repository's own configuration.
// Unsupported: reference tables (`reftable`), configuration outside the repository or included by it, bare repositories.

import Diagnostics
import Host
import Packaging

/// A Git working tree, read from its files.
///
/// Source: https://git-scm.com/docs/gitrepository-layout
struct GitCheckout {
  /// The folder that holds `.git`.
  let workFolder: SourcePath
  /// `.git` itself, or the folder that it leads to.
  private let gitFolder: SourcePath?
  private let root: FileRoot

  /// The working tree that `folder` lies in; nil when there is none.
  init?(containing folder: SourcePath, in root: FileRoot) {
    self.root = root
    var candidate = folder
    while true {
      if let found = Self.gitFolder(in: candidate, root) {
        (workFolder, gitFolder) = (candidate, found)
        return
      }
      guard candidate.bytes.count > 1, candidate != root.folder else { break }
      candidate = candidate.parent
    }
    guard Files.exists(folder.appending(".git")) else { return nil }
    (workFolder, gitFolder) = (folder, nil)
  }

  private static func gitFolder(in folder: SourcePath, _ root: FileRoot) -> SourcePath? {
    var git = folder.appending(".git")
    switch Files.kind(of: git) {
    case .folder: break
    case .regular:
      guard let text = try? Files.text(git), text.hasPrefix("gitdir: ") else { return nil }
      let path = text.dropFirst(8).prefix { !$0.isNewline }
      git = root.place(of: folder.appending(String(path))).normalized
    case .special, .symbolicLink, nil: return nil
    }
    return Files.exists(git.appending("HEAD")) ? git : nil
  }

  /// What a requirement can say of the project in `folder`.
  func described(from folder: SourcePath) -> EditableInstall.Checkout {
    guard let gitFolder else { return .noRemote }
    let shared = sharedFolder(of: gitFolder)
    guard let configuration = try? Files.read(shared.appending("config")),
      let remote = GitConfiguration(bytes: configuration).remote
    else { return .noRemote }
    guard let url = url(ofRemote: remote) else { return .badRemote(CredentialText(remote).withoutCredentials) }
    guard let commit = commit(of: "HEAD", in: gitFolder, shared) else { return .unknown }
    let isOwn = gitFolder.parent == folder
    let repository = isOwn ? folder : (root.resolved(gitFolder) ?? gitFolder).parent
    return .revision(
      system: "git", url: CredentialText(url).withoutCredentials, commit: commit,
      subdirectory: ProjectFolder.subdirectory(of: folder, in: repository))
  }

  /// Where a worktree has what it shares with the others.
  private func sharedFolder(of gitFolder: SourcePath) -> SourcePath {
    guard let text = try? Files.text(gitFolder.appending("commondir")) else { return gitFolder }
    return root.place(of: gitFolder.appending(String(text.prefix { !$0.isNewline }))).normalized
  }

  /// The commit that a reference leads to, as 40 or 64 hexadecimal digits.
  private func commit(of reference: String, in gitFolder: SourcePath, _ shared: SourcePath) -> String? {
    var name = reference
    for _ in 0..<5 {
      let loose = (try? Files.text(gitFolder.appending(name))) ?? (try? Files.text(shared.appending(name)))
      guard let loose else { return packedCommit(of: name, in: shared) }
      let line = String(loose.prefix { !$0.isNewline })
      guard line.hasPrefix("ref:") else { return Self.isObjectName(line) ? line : nil }
      name = String(line.dropFirst(4).drop { $0 == " " })
    }
    return nil
  }

  private func packedCommit(of name: String, in shared: SourcePath) -> String? {
    guard let text = try? Files.text(shared.appending("packed-refs")) else { return nil }
    let line = text.split(whereSeparator: \.isNewline).first { $0.hasSuffix(" \(name)") && !$0.hasPrefix("#") }
    return line.map { String($0.prefix { $0 != " " }) }.flatMap { Self.isObjectName($0) ? $0 : nil }
  }

  private static func isObjectName(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
  }

  /// A remote as a URL that pip takes: folders as `file://`, `user@host:path` as `ssh://`; nil when it is neither.
  private func url(ofRemote remote: String) -> String? {
    let bytes = Array(remote.utf8)
    let scheme = bytes.prefix { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == 0x5F }
    if !scheme.isEmpty, bytes[scheme.count...].starts(with: "://".utf8) { return remote }
    if bytes.first == UInt8(ascii: "/") {
      return Files.exists(root.place(of: SourcePath(remote))) ? "file://\(DirectURL.percentEncoded(bytes))" : nil
    }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      !bytes[..<colon].contains(UInt8(ascii: "/")), let first = bytes[(colon + 1)...].first,
      first &- 0x30 < 10 || (first | 0x20) &- 0x61 < 26 || first == 0x5F || first >= 0x80,
      !bytes[(colon + 1)...].contains(UInt8(ascii: ":"))
    else { return nil }
    return "ssh://" + String(decoding: bytes[..<colon] + [UInt8(ascii: "/")] + bytes[(colon + 1)...], as: UTF8.self)
  }
}
