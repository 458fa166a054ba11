package import Diagnostics
import Host
package import Packaging

extension LibC {
  /// The C library that a dynamic loader belongs to, with the version that the files themselves tell; nothing is run, so
  /// that it works for the tree of another system as well.
  ///
  /// musl's loader is the library. That of glibc names its version since glibc 2.33; before, libc.so.6 beside it does.
  /// `loader` is its path on the system whose root folder is `root`. Nil when nothing there tells a version.
  package init?(loader: SourcePath, below root: SourcePath = "/") {
    guard let file = Files.resolved(loader, below: root) else { return nil }
    if loader.name.contains("musl") {
      guard let bytes = LibC.contents(file), let (major, minor) = LibC.muslVersion(in: bytes) else { return nil }
      self = .musl(major: major, minor: minor)
      return
    }
    for candidate in [file, file.parent.appending("libc.so.6")] {
      if let bytes = LibC.contents(candidate), let (major, minor) = LibC.glibcVersion(in: bytes) {
        self = .glibc(major: major, minor: minor)
        return
      }
    }
    return nil
  }

  /// A C library has two megabytes at most.
  private static func contents(_ file: SourcePath) -> [UInt8]? { try? Files.read(file, limit: 32 << 20) }

  /// `ld.so (Debian GLIBC 2.36-9) stable release version 2.36.`, with `GNU C Library` in front in the library itself.
  static func glibcVersion(in bytes: [UInt8]) -> (major: Int, minor: Int)? {
    let words = Array(" release version ".utf8)
    var position = 0
    while let found = bytes[position...].firstIndex(of: words[0]) {
      position = found + 1
      if bytes[found...].starts(with: words), let version = version(bytes[(found + words.count)...]) { return version }
    }
    return nil
  }

  /// `1.2.5` as a string of its own, in a library that calls itself musl.
  static func muslVersion(in bytes: [UInt8]) -> (major: Int, minor: Int)? {
    var position = 0
    while let end = bytes[position...].firstIndex(of: 0) {
      let text = bytes[position..<end]
      position = end + 1
      // A build from a checkout says `1.2.5-git-12-gabcdef0`.
      guard text.count >= 5, let first = text.first, first &- 0x30 < 10 else { continue }
      let numbers = text.prefix { $0 != UInt8(ascii: "-") }.split(
        separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      if numbers.count == 3, numbers.allSatisfy({ number($0) != nil }), let version = version(text) { return version }
    }
    return nil
  }

  /// The two numbers that the bytes begin with, a dot between them.
  private static func version(_ bytes: ArraySlice<UInt8>) -> (major: Int, minor: Int)? {
    let digits = { (rest: ArraySlice<UInt8>) in rest.prefix { $0 &- 0x30 < 10 } }
    let major = digits(bytes.prefix(4))
    let rest = bytes[major.endIndex...]
    guard rest.first == UInt8(ascii: "."), let major = number(major),
      let minor = number(digits(rest.dropFirst().prefix(4)))
    else { return nil }
    return (major, minor)
  }

  /// A number of one to three digits.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }
}
