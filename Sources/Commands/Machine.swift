#if canImport(Glibc)
  import Glibc
#endif

/// The machine that envtool runs on.
enum Machine {
  /// `uname -m`, for the markers.
  static var name: String {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: &name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
