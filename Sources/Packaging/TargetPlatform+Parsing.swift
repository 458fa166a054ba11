// Supported: linux_ARCH (glibc 2.28), manylinux_X_Y_ARCH, manylinux2014_ARCH, manylinux2010_ARCH, manylinux1_ARCH,
//   musllinux_X_Y_ARCH, macosx_ARCH (macOS 14), macosx_X_Y_ARCH, win32, win_amd64, win_arm64.
// Unsupported: an architecture that no wheel is known for; numbers above 999.

extension TargetPlatform {
  /// What `linux_` means: the C library of Red Hat Enterprise Linux 8 and of all that is newer.
  static let usualLibrary = LibC.glibc(major: 2, minor: 28)

  /// Names that are understood, for a message.
  package static let exampleNames = [
    "linux_x86_64", "linux_aarch64", "manylinux_2_17_x86_64", "musllinux_1_2_x86_64", "macosx_arm64",
    "macosx_13_0_x86_64", "win_amd64",
  ]

  private static let linuxArchitectures: Set<String> = [
    "x86_64", "i686", "aarch64", "armv7l", "armv6l", "ppc64", "ppc64le", "s390x", "loongarch64", "riscv64",
  ]

  /// The system that a platform's name stands for, with all that runs on it: `linux_x86_64`, `macosx_arm64`, `win_amd64`.
  package init?(name: String) {
    if let windows = WindowsArchitecture(rawValue: name) {
      self = .windows(windows)
      return
    }
    guard let platform = TextCursor.reading(name.utf8.span, { cursor in TargetPlatform(parsing: &cursor) }) else {
      return nil
    }
    self = platform
  }

  private init?(parsing cursor: inout TextCursor) {
    if cursor.take("linux_") {
      self.init(linux: &cursor, TargetPlatform.usualLibrary)
    } else if cursor.take("manylinux2014_") {
      self.init(linux: &cursor, .glibc(major: 2, minor: 17))
    } else if cursor.take("manylinux2010_") {
      self.init(linux: &cursor, .glibc(major: 2, minor: 12))
    } else if cursor.take("manylinux1_") {
      self.init(linux: &cursor, .glibc(major: 2, minor: 5))
    } else if cursor.take("manylinux_") {
      guard let (major, minor) = TargetPlatform.version(&cursor), major >= 2 else { return nil }
      self.init(linux: &cursor, .glibc(major: major, minor: minor))
    } else if cursor.take("musllinux_") {
      guard let (major, minor) = TargetPlatform.version(&cursor) else { return nil }
      self.init(linux: &cursor, .musl(major: major, minor: minor))
    } else if cursor.take("macosx_") {
      let (major, minor) = TargetPlatform.version(&cursor) ?? (14, 0)
      guard let architecture = MacArchitecture(rawValue: cursor.rest.text), major >= 10 else { return nil }
      self = .macOS(architecture, major: major, minor: minor)
    } else {
      return nil
    }
  }

  private init?(linux cursor: inout TextCursor, _ library: LibC) {
    guard TargetPlatform.linuxArchitectures.contains(cursor.rest.text) else { return nil }
    self = .linux(architecture: cursor.rest.text, library)
  }

  /// `N_N_`; nothing is taken when it does not stand here.
  private static func version(_ cursor: inout TextCursor) -> (major: Int, minor: Int)? {
    let start = cursor.position
    if let major = number(&cursor), let minor = number(&cursor) { return (major, minor) }
    cursor.rewind(to: start)
    return nil
  }

  private static func number(_ cursor: inout TextCursor) -> Int? {
    let digits = cursor.takeWhile(ASCII.isDigit)
    guard !digits.isEmpty, cursor.take(UInt8(ascii: "_")), let number = ASCII.number(cursor.elements(digits)[...]),
      number <= LibC.highestNumber
    else { return nil }
    return number
  }
}
