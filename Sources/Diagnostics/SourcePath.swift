#if canImport(Glibc)
  import Glibc
#endif

/// A path as the file system gives it: bytes, not necessarily UTF-8, without a trailing NUL.
///
/// Ordered by bytes, so that sorted output is the same in every locale.
package struct SourcePath: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  package init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = Array(bytes) }

  /// The path of a name in a folder; an empty folder stands for none.
  package init(of name: UnsafeBufferPointer<UInt8>, in folder: SourcePath) {
    let start = folder.bytes.isEmpty ? 0 : folder.bytes.count + 1
    var path: [UInt8] = []
    path.reserveCapacity(start + name.count)
    if start > 0 {
      path += folder.bytes
      path.append(slash)
    }
    path += name
    bytes = path
  }

  package init(_ string: String) { self.bytes = Array(string.utf8) }

  /// The bytes at once: element by element they would cost most of what a set of paths costs.
  package func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

  package var isEmpty: Bool { bytes.isEmpty }
  package var isAbsolute: Bool { bytes.first == slash }

  /// The part after the last `/`, as bytes: what a file is called in its folder.
  package var nameBytes: ArraySlice<UInt8> {
    guard let last = bytes.lastIndex(of: slash) else { return bytes[...] }
    return bytes[(last + 1)...]
  }

  /// `nameBytes` as text; ill-formed UTF-8 becomes U+FFFD, so compare with it, never open it.
  package var name: String { String(decoding: nameBytes, as: UTF8.self) }

  /// The folder this path stands in; empty for a bare name, `/` for a child of the root.
  package var parent: SourcePath {
    guard let last = bytes.lastIndex(of: slash) else { return SourcePath(bytes: []) }
    return SourcePath(bytes: last == 0 ? bytes[..<1] : bytes[..<last])
  }

  /// The names between the slashes, as text.
  package var components: [String] {
    bytes.split(separator: slash).map { String(decoding: $0, as: UTF8.self) }
  }

  /// This path with `name` below it; an absolute `name` stands for itself.
  package func appending(_ name: SourcePath) -> SourcePath {
    if name.isAbsolute || bytes.isEmpty { return name }
    if name.isEmpty { return self }
    if bytes.last == slash { return SourcePath(bytes: bytes + name.bytes) }
    return name.bytes.withUnsafeBufferPointer { SourcePath(of: $0, in: self) }
  }

  package func appending(_ name: String) -> SourcePath { appending(SourcePath(name)) }

  /// The path without `.` and empty components, and with `..` taken back where a component stands before it.
  /// Purely textual: links are not followed.
  package var normalized: SourcePath {
    var kept: [ArraySlice<UInt8>] = []
    for part in bytes.split(separator: slash) where part.elementsEqual(".".utf8) == false {
      if part.elementsEqual("..".utf8), let last = kept.last, !last.elementsEqual("..".utf8) {
        kept.removeLast()
      } else if !(part.elementsEqual("..".utf8) && isAbsolute) {
        kept.append(part)
      }
    }
    let joined = Array(kept.joined(separator: [slash]))
    return SourcePath(bytes: isAbsolute ? [slash] + joined : joined)
  }

  /// Whether the path lies below `folder`, or is it.
  package func isBelow(_ folder: SourcePath) -> Bool {
    if folder.isEmpty { return !isAbsolute }
    guard bytes.count >= folder.bytes.count, bytes.starts(with: folder.bytes) else { return false }
    return bytes.count == folder.bytes.count || folder.bytes.last == slash || bytes[folder.bytes.count] == slash
  }

  /// The path below `folder`, or nil when it does not lie there.
  package func relative(to folder: SourcePath) -> SourcePath? {
    if folder.isEmpty { return isAbsolute ? nil : self }
    guard bytes.starts(with: folder.bytes) else { return nil }
    if bytes.count == folder.bytes.count { return SourcePath(bytes: []) }
    if folder.bytes.last == slash { return SourcePath(bytes: bytes.dropFirst(folder.bytes.count)) }
    guard bytes[folder.bytes.count] == slash else { return nil }
    return SourcePath(bytes: bytes.dropFirst(folder.bytes.count + 1))
  }
}

private let slash = UInt8(ascii: "/")

extension SourcePath: Comparable {
  package static func < (left: SourcePath, right: SourcePath) -> Bool {
    left.bytes.withUnsafeBytes { left in right.bytes.withUnsafeBytes { right in precedes(left, right) } }
  }

  /// By their bytes. A tree has thousands of paths: they are compared where they lie, without a reference being counted.
  package static func sorted(_ paths: [SourcePath]) -> [SourcePath] { order(of: paths).map { paths[$0] } }

  /// The indices of the paths in the order of their bytes.
  package static func order(of paths: [SourcePath]) -> [Int] {
    withExtendedLifetime(paths) {
      // SAFETY: the bytes of an array stay where they are while the array lives and is not changed.
      var places = paths.indices.map { index in (bytes: paths[index].bytes.withUnsafeBytes { $0 }, index: index) }
      places.sort { precedes($0.bytes, $1.bytes) }
      return places.map(\.index)
    }
  }

  private static func precedes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    order(left, right) < 0
  }

  /// Below 0 when the bytes of a path come before those of another, 0 when they are the same.
  package static func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    guard let first = left.baseAddress, let second = right.baseAddress else { return left.count - right.count }
    // SAFETY: both hold at least the bytes that are compared.
    let order = memcmp(first, second, min(left.count, right.count))
    return order == 0 ? left.count - right.count : Int(order)
  }
}

extension SourcePath: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension SourcePath: CustomStringConvertible {
  /// The path for people: control characters and bytes that are not UTF-8 as `\xNN`, everything else as it is.
  package var description: String { Escaping.text(bytes) }
}
