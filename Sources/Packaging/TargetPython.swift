/// A Python that wheels are chosen for: which implementation, which version, which ABIs its extension modules may have.
package struct TargetPython: Hashable, Sendable {
  package enum Implementation: Hashable, Sendable {
    case cpython
    case pypy
    /// Another one: its name as its own tags write it (`graalpy`), and the ABI of its extension modules.
    case other(name: String, abi: String)
  }

  package let implementation: Implementation
  package let major: Int
  package let minor: Int
  /// CPython 3.13 and later without the global interpreter lock: `python3.13t`.
  package let isFreeThreaded: Bool
  /// CPython built with `--with-pydebug`.
  package let isDebug: Bool

  /// The version's first two numbers count.
  package init(
    _ implementation: Implementation = .cpython, version: Version, isFreeThreaded: Bool = false, isDebug: Bool = false
  ) {
    self.implementation = implementation
    // No Python has such a number, and the tags go down from it one by one.
    major = min(version.major, 999)
    minor = min(version.minor, 999)
    self.isFreeThreaded = isFreeThreaded && (major, minor) >= (3, 13)
    self.isDebug = isDebug
  }

  /// What the folder of a standard library tells: `python3.12`, `python3.13t` without the lock, `pypy3.10`; nil for any
  /// other name.
  package init?(libraryFolder name: String) {
    guard let python = TextCursor.reading(name.utf8.span, { cursor in TargetPython(parsing: &cursor) }) else {
      return nil
    }
    self = python
  }

  private init?(parsing cursor: inout TextCursor) {
    let implementation: Implementation
    if cursor.take("python") {
      implementation = .cpython
    } else if cursor.take("pypy") {
      implementation = .pypy
    } else {
      return nil
    }
    let major = ASCII.number(cursor.elements(cursor.takeWhile(ASCII.isDigit))[...]) ?? 0
    guard major > 0, cursor.take(UInt8(ascii: ".")) else { return nil }
    let digits = cursor.takeWhile(ASCII.isDigit)
    guard !digits.isEmpty, let minor = ASCII.number(cursor.elements(digits)[...]) else { return nil }
    let isFreeThreaded = implementation == .cpython && cursor.take(UInt8(ascii: "t"))
    guard cursor.isAtEnd else { return nil }
    self.init(implementation, version: Version(release: [major, minor]), isFreeThreaded: isFreeThreaded)
  }

  /// `cp312`, `pp310`: the first part of the tags that are this interpreter's own.
  package var interpreterTag: String {
    switch implementation {
    case .cpython: "cp\(major)\(minor)"
    case .pypy: "pp\(major)\(minor)"
    case .other(let name, _): "\(name)\(major)\(minor)"
    }
  }

  /// The ABIs of its own extension modules, the best first, without the stable ones.
  var abis: [String] {
    switch implementation {
    // The ABI of PyPy 7.3, unchanged since 2019.
    case .pypy: return ["pypy\(major)\(minor)_pp73"]
    case .other(_, let abi): return [abi]
    case .cpython: break
    }
    let plain = "cp\(major)\(minor)\(isFreeThreaded ? "t" : "")"
    if (major, minor) >= (3, 8) { return isDebug ? [plain + "d", plain] : [plain] }
    // Memory through pymalloc, and until 3.2 strings of four bytes a character: what every distribution builds on Linux.
    return [plain + (isDebug ? "d" : "") + "m" + ((major, minor) < (3, 3) ? "u" : "")]
  }

  /// The ABI that stays the same over versions; nil where there is none.
  var stableABI: String? {
    guard implementation == .cpython, (major, minor) >= (3, 2) else { return nil }
    return isFreeThreaded ? "abi3t" : "abi3"
  }
}
