package import Diagnostics

/// The .gitignore files that count in one folder of a walk, the innermost first.
///
/// A value of one reference: cheap to copy, to keep for each folder and to hand to parallel workers. As in git, a file
/// further in wins over one further out, and what lies in an ignored folder is ignored whatever the rules say of it:
/// the walk does not enter such a folder. Source: https://git-scm.com/docs/gitignore
///
///     var stack = IgnoreStack()
///     // The root lies in a repository, as services/web: the rules of the folders above it count too.
///     stack = stack.adding(exclude, above: "services/web").adding(top, above: "services/web")
///     stack = stack.adding(rules, in: "")        // the root's own .gitignore
///     let inner = stack.adding(other, in: "src") // that of src, for the entries of src
///     if inner.ignores(path.bytes.span, isFolder: false) { continue }
package struct IgnoreStack: Sendable {
  private let innermost: Layer?

  /// No rules.
  package init() { innermost = nil }

  private init(_ innermost: Layer) { self.innermost = innermost }

  /// Whether nothing is ever ignored.
  package var isEmpty: Bool { innermost == nil }

  /// With the rules of the .gitignore of `folder`, relative to the walk's root and empty for the root itself.
  ///
  /// Only entries below `folder` may then be asked about.
  package func adding(_ rules: IgnoreRules, in folder: SourcePath) -> IgnoreStack {
    if rules.isEmpty { return self }
    return IgnoreStack(
      Layer(rules, start: folder.isEmpty ? 0 : folder.bytes.count + 1, prefix: [], outer: innermost))
  }

  /// With the rules of a folder above the walk's root; `root` is the walk's root relative to that folder.
  ///
  /// The outermost folder is added first. That a rule ignores the root itself does not count: who names an ignored
  /// folder wants it read. Entries below it are asked about one by one, so a rule such as `*` still matches them.
  package func adding(_ rules: IgnoreRules, above root: SourcePath) -> IgnoreStack {
    if rules.isEmpty { return self }
    let prefix = root.isEmpty ? [] : root.bytes + [UInt8(ascii: "/")]
    return IgnoreStack(Layer(rules, start: 0, prefix: prefix, outer: innermost))
  }

  /// What the innermost rules that say something of `path` say; nil when none do.
  ///
  /// `path` is relative to the walk's root, without a `/` at either end; no folder above it is ignored. A link to a
  /// folder is no folder.
  package func verdict(of path: Span<UInt8>, isFolder: Bool) -> IgnoreVerdict? {
    guard let innermost else { return nil }
    return innermost.verdict(of: path, name: path.extracting(last: path.lastNameCount), isFolder: isFolder)
  }

  /// Whether the walk leaves `path` out; see `verdict(of:isFolder:)`.
  package func ignores(_ path: Span<UInt8>, isFolder: Bool) -> Bool {
    verdict(of: path, isFolder: isFolder) == .ignored
  }
}

/// The rules of one file, and those outside of it.
private final class Layer: Sendable {
  private let rules: IgnoreRules
  /// How much of a path lies above the folder of the rules.
  private let start: Int
  /// What a path lacks at its beginning to be relative to the folder of the rules, with a `/` at the end.
  private let prefix: [UInt8]
  private let outer: Layer?

  init(_ rules: IgnoreRules, start: Int, prefix: [UInt8], outer: Layer?) {
    self.rules = rules
    self.start = start
    self.prefix = prefix
    self.outer = outer
  }

  // One call for each file that counts: their number is bounded by the depth of the walk.
  func verdict(of path: Span<UInt8>, name: Span<UInt8>, isFolder: Bool) -> IgnoreVerdict? {
    let below = path.extracting(droppingFirst: start)
    return rules.verdict(of: below, name: name, below: prefix, isFolder: isFolder)
      ?? outer?.verdict(of: path, name: name, isFolder: isFolder)
  }
}
