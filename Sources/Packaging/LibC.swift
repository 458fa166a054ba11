/// The C library that programs of a Linux system are linked with, and its version.
package enum LibC: Hashable, Sendable {
  /// The GNU C library: what `manylinux` wheels need.
  case glibc(major: Int, minor: Int)
  /// musl, of Alpine Linux: what `musllinux` wheels need.
  case musl(major: Int, minor: Int)

  /// Numbers above this are no version of a C library.
  static let highestNumber = 999

  /// The platforms whose wheels run with this library on `architecture`, the newest first.
  ///
  /// Sources: https://peps.python.org/pep-0600/, https://peps.python.org/pep-0656/
  func platformTags(architecture: String) -> [String] {
    switch self {
    case .glibc(let major, let minor): LibC.manylinux(major, minor, architecture)
    case .musl(let major, let minor):
      stride(from: min(minor, LibC.highestNumber), through: 0, by: -1).map {
        "musllinux_\(major)_\($0)_\(architecture)"
      }
    }
  }

  /// The architectures that manylinux wheels are made for; `armv7l` means the hard-float ABI.
  private static let manylinuxArchitectures: Set<String> = [
    "x86_64", "i686", "aarch64", "armv7l", "armv8l", "ppc64", "ppc64le", "s390x", "loongarch64", "riscv64",
  ]
  /// The names from before PEP 600, by the minor version of glibc 2.
  private static let legacyNames = [17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"]

  private static func manylinux(_ major: Int, _ minor: Int, _ architecture: String) -> [String] {
    guard manylinuxArchitectures.contains(architecture) else { return [] }
    let oldest = architecture == "x86_64" || architecture == "i686" ? 5 : 17
    var tags: [String] = []
    // A later major version runs what was built for an earlier one; 50 stands for its last minor version, as in `packaging`.
    for generation in stride(from: min(major, highestNumber), to: 1, by: -1) {
      let newest = generation == major ? min(minor, highestNumber) : 50
      for number in stride(from: newest, through: generation == 2 ? oldest : 0, by: -1) {
        tags.append("manylinux_\(generation)_\(number)_\(architecture)")
        if generation == 2, let legacy = legacyNames[number] { tags.append("\(legacy)_\(architecture)") }
      }
    }
    return tags
  }
}

extension LibC: CustomStringConvertible {
  /// `glibc 2.28`
  package var description: String {
    switch self {
    case .glibc(let major, let minor): "glibc \(major).\(minor)"
    case .musl(let major, let minor): "musl \(major).\(minor)"
    }
  }
}
