/// What one build of a distribution runs on: `cp312-cp312-manylinux_2_17_x86_64`.
///
/// Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
package struct Tag: Hashable, Sendable, CustomStringConvertible {
  /// Implementation and version: `cp312`, `pp310`, `py3`.
  package let interpreter: String
  /// `cp312`, `abi3`, `none`.
  package let abi: String
  /// `manylinux_2_17_x86_64`, `win_amd64`, `any`.
  package let platform: String

  init(_ interpreter: String, _ abi: String, _ platform: String) {
    self.interpreter = interpreter
    self.abi = abi
    self.platform = platform
  }

  package var description: String { "\(interpreter)-\(abi)-\(platform)" }
}
