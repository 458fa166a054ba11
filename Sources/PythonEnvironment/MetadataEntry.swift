import Packaging

/// What the name of an entry of a site-packages folder says about the distribution that it stands for.
///
/// `Foo_Bar-1.0.dist-info` is version 1.0 of foo-bar; `foo-1.0-py3.11.egg-info` and `foo.egg-info` are foo.
/// Source: https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory
struct MetadataEntry {
  enum Suffix: String {
    case distInfo = ".dist-info"
    case eggInfo = ".egg-info"
  }

  enum WrittenVersion: Equatable {
    case none
    /// In normal form.
    case valid(String)
    case invalid
    /// An egg-info writes other versions with replaced characters: PKG-INFO has the true one.
    case replaced
  }

  let suffix: Suffix
  /// As the entry writes it; empty when it begins with a hyphen.
  let name: String
  /// What stands behind the first hyphen.
  let version: WrittenVersion

  /// nil when the entry is no metadata.
  init?(_ entry: UnsafeBufferPointer<UInt8>) {
    guard let suffix = Suffix(entry) else { return nil }
    self.suffix = suffix
    let stem = entry.dropLast(suffix.rawValue.utf8.count)
    let hyphen = stem.firstIndex(of: UInt8(ascii: "-")) ?? stem.endIndex
    name = String(decoding: stem[..<hyphen], as: UTF8.self)
    var written = stem[hyphen...].dropFirst()
    if suffix == .eggInfo { written = written.prefix { $0 != UInt8(ascii: "-") } }
    if written.isEmpty {
      version = .none
    } else if Self.isPlain(written) {
      version = .valid(String(decoding: written, as: UTF8.self))
    } else if suffix == .eggInfo {
      version = .replaced
    } else {
      version = Version(String(decoding: written, as: UTF8.self)).map { .valid($0.description) } ?? .invalid
    }
  }

  /// Whether this is a version in normal form that needs no parsing: numbers without leading zeros between dots.
  private static func isPlain(_ version: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var digits = 0
    var beginsWithZero = false
    for byte in version {
      if byte &- 0x30 < 10 {
        if digits == 0 { beginsWithZero = byte == 0x30 } else if beginsWithZero { return false }
        digits += 1
      } else if byte == UInt8(ascii: "."), digits > 0 {
        digits = 0
      } else {
        return false
      }
    }
    return digits > 0
  }
}

extension MetadataEntry.Suffix {
  fileprivate init?(_ entry: UnsafeBufferPointer<UInt8>) {
    let count = entry.count
    // Most entries are neither, and told by two bytes.
    guard count >= 9, entry[count - 1] == UInt8(ascii: "o"), entry[count - 5] == UInt8(ascii: "-") else { return nil }
    guard let found = [.distInfo, .eggInfo].first(where: { (suffix: Self) in entry.ends(with: suffix.rawValue) }) else {
      return nil
    }
    self = found
  }
}

extension UnsafeBufferPointer<UInt8> {
  func ends(with suffix: String) -> Bool {
    count >= suffix.utf8.count && self[(count - suffix.utf8.count)...].elementsEqual(suffix.utf8)
  }
}
