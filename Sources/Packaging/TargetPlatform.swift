/// A system that wheels are chosen for, this machine's or another.
package enum TargetPlatform: Hashable, Sendable {
  package enum MacArchitecture: String, Sendable {
    case arm64
    case x86 = "x86_64"
  }

  package enum WindowsArchitecture: String, Sendable {
    case x86 = "win32"
    case amd64 = "win_amd64"
    case arm64 = "win_arm64"
  }

  /// The architecture as `uname -m` says it, `i686` for any 32-bit x86. Without a C library only wheels of pure Python and
  /// those built on the very system (`linux_x86_64`) fit: so it is for static programs and for ARM without hard floats.
  case linux(architecture: String, LibC?)
  /// The version of the system, `14.0`.
  case macOS(MacArchitecture, major: Int, minor: Int)
  case windows(WindowsArchitecture)

  /// The platforms whose wheels run there, the best first: what `packaging.tags.platform_tags()` gives there.
  package var tags: [String] {
    switch self {
    case .linux(let architecture, let library):
      // A 32-bit program on a 64-bit ARM kernel.
      let all = architecture == "armv8l" ? ["armv8l", "armv7l"] : [architecture]
      return all.map { "linux_\($0)" } + all.flatMap { library?.platformTags(architecture: $0) ?? [] }
    case .macOS(let architecture, let major, let minor):
      return TargetPlatform.macTags(architecture, major: major, minor: minor)
    case .windows(let architecture): return [architecture.rawValue]
    }
  }

  private static func macTags(_ architecture: MacArchitecture, major: Int, minor: Int) -> [String] {
    let formats = architecture.binaryFormats
    let native = { (system: String) in formats.map { "macosx_\(system)_\($0)" } }
    let isIntel = architecture == .x86
    guard major >= 11 else {
      // The formats of x86-64 began with 10.4.
      return major < 10
        ? [] : stride(from: min(minor, 99), through: isIntel ? 4 : 0, by: -1).flatMap { native("10_\($0)") }
    }
    let since11 = stride(from: min(major, 999), through: 11, by: -1).flatMap { native("\($0)_0") }
    // On Apple silicon a universal binary may say an earlier system, for the sake of its other half.
    return since11
      + stride(from: 16, through: 4, by: -1).flatMap { isIntel ? native("10_\($0)") : ["macosx_10_\($0)_universal2"] }
  }
}

extension TargetPlatform.MacArchitecture {
  fileprivate var binaryFormats: [String] {
    switch self {
    case .arm64: ["arm64", "universal2"]
    case .x86: ["x86_64", "intel", "fat64", "fat3", "universal2", "universal"]
    }
  }
}
