// Supported: `.hg` folders with either form of dirstate, and `default` under `[paths]` of their hgrc.
// Unsupported: shared repositories, configuration outside the repository.

import Diagnostics
import Host
import Packaging

/// A Mercurial working folder, read from its files.
///
/// Source: https://wiki.mercurial-scm.org/DirState
struct MercurialCheckout {
  /// The folder that holds `.hg`.
  let workFolder: SourcePath

  /// The working folder that `folder` lies in; nil when there is none.
  init?(containing folder: SourcePath) {
    var candidate = folder
    while Files.kind(of: candidate.appending(".hg")) != .folder {
      guard candidate.bytes.count > 1 else { return nil }
      candidate = candidate.parent
    }
    workFolder = candidate
  }

  /// What a requirement can say of the project in `folder`.
  func described(from folder: SourcePath) -> EditableInstall.Checkout {
    guard let url = defaultPath(), let node = parentNode() else { return .unknown }
    let written = url.hasPrefix("/") ? "file://\(DirectURL.percentEncoded(Array(url.utf8)))" : url
    return .revision(
      system: "hg", url: CredentialText(written).withoutCredentials, commit: node,
      subdirectory: ProjectFolder.subdirectory(of: folder, in: workFolder))
  }

  private func parentNode() -> String? {
    guard let bytes = try? Files.read(workFolder.appending(".hg/dirstate")) else { return nil }
    let mark = "dirstate-v2\n".utf8
    let node = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0).prefix(20)
    guard node.count == 20, node.contains(where: { $0 != 0 }) else { return nil }
    return node.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func defaultPath() -> String? {
    guard let text = try? Files.text(workFolder.appending(".hg/hgrc")) else { return nil }
    var isInPaths = false
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("[") {
        isInPaths = line.hasPrefix("[paths]")
      } else if isInPaths, let equals = line.firstIndex(of: "=") {
        let key = line[..<equals].split(separator: " ").joined()
        let value = line[line.index(after: equals)...].drop { $0 == " " }
        if key == "default" { return value.isEmpty ? nil : String(value) }
      }
    }
    return nil
  }
}
