package import Diagnostics

/// The files that settings are made of, as the evaluator reaches them.
///
/// Paths are absolute. Functions may be called many times for one path.
package struct SettingsFiles {
  /// The bytes of a regular file; nil when there is none, or none that can be read.
  package let read: (SourcePath) -> [UInt8]?
  /// The names in a folder, sorted; empty when there is none.
  package let list: (SourcePath) -> [String]
  /// The path without links; nil when there is nothing there.
  package let resolve: (SourcePath) -> SourcePath?
  /// The file of a dotted module of the project, relative to it, as the settings in a file find it; nil for any other module.
  package let module: (_ name: String, _ settings: SourcePath) -> SourcePath?
  /// Whether every Python has the module.
  package let isStandard: (String) -> Bool

  package init(
    read: @escaping (SourcePath) -> [UInt8]?, list: @escaping (SourcePath) -> [String] = { _ in [] },
    resolve: @escaping (SourcePath) -> SourcePath? = { $0 },
    module: @escaping (_ name: String, _ settings: SourcePath) -> SourcePath? = { _, _ in nil },
    isStandard: @escaping (String) -> Bool = { ["os", "sys", "json", "pathlib", "re"].contains($0) }
  ) {
    self.isStandard = isStandard
    self.read = read
    self.list = list
    self.resolve = resolve
    self.module = module
  }
}
