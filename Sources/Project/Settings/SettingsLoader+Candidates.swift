import Diagnostics
import PythonSource

/// Which modules may be Django's settings, told by their text before anything is evaluated: many other modules are called
/// settings.
extension SettingsLoader {
  /// How many star imports are followed one after another.
  private static let chainLimit = 8

  /// Whether a module, `bytes`, may set what shows that it is Django's: itself, by what it includes, or by a module of the
  /// project of which it takes all names.
  func mayBeSettings(_ bytes: [UInt8], at path: SourcePath) -> Bool {
    var seen: Set<SourcePath> = [path]
    return mayBeSettings(bytes, at: path, &seen, depth: 0)
  }

  private func mayBeSettings(
    _ bytes: [UInt8], at path: SourcePath, _ seen: inout Set<SourcePath>, depth: Int
  ) -> Bool {
    if Self.speaksOfDjango(bytes) { return true }
    guard depth < Self.chainLimit, bytes.holds("import *") else { return false }
    for (statement, _) in PythonTree(bytes).moduleLevel {
      guard case .importFrom(let module, let names, let level) = statement.kind, names.first?.name == "*",
        let source = file(of: module, level: level, from: path), seen.insert(source).inserted, let text = read(source)
      else { continue }
      if mayBeSettings(text, at: source, &seen, depth: depth + 1) { return true }
    }
    return false
  }

  /// The file of the project that `from ..a.b import` names, relative to the root; nil when there is none.
  private func file(of module: String, level: Int, from path: SourcePath) -> SourcePath? {
    if level == 0 { return files.module(module) }
    var base = path.parent
    for _ in 1..<level { base = base.parent }
    for part in module.split(separator: ".") { base = base.appending(String(part)) }
    return [SourcePath(bytes: base.bytes + Array(".py".utf8)), base.appending("__init__.py")]
      .first { read($0) != nil }
  }

  private static func speaksOfDjango(_ bytes: [UInt8]) -> Bool {
    let words: [StaticString] = [
      "INSTALLED_APPS", "DATABASES", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY", "global_settings", "split_settings",
    ]
    return words.contains { bytes.holds($0) }
  }
}
