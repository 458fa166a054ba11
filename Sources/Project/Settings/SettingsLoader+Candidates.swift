import Diagnostics
import Host
import PythonSource

/// Which modules may be Django's settings, told by their text before anything is evaluated: many other modules are called
/// settings.
extension SettingsLoader {
  /// How many star imports are followed one after another.
  private static let chainLimit = 8

  /// What the text of a module tells.
  struct Outline {
    let speaksOfDjango: Bool
    let starImports: [(module: String, level: Int)]
  }

  /// Whether a module, `bytes`, may set what shows that it is Django's: itself, by what it includes, or by a module of the
  /// project of which it takes all names.
  func mayBeSettings(_ bytes: [UInt8], at path: SourcePath) -> Bool {
    outlines[path] = .some(Self.outline(of: bytes))
    var seen: Set<SourcePath> = [path]
    var paths = [path]
    for _ in 0...Self.chainLimit {
      var sources: [SourcePath] = []
      for path in paths {
        guard let outline = outline(of: path) else { continue }
        if outline.speaksOfDjango { return true }
        sources += outline.starImports.compactMap { file(of: $0.module, level: $0.level, from: path) }
          .filter { seen.insert($0).inserted }
      }
      paths = sources
    }
    return false
  }

  /// Nil when there is no such file.
  private func outline(of path: SourcePath) -> Outline? {
    if let known = outlines[path] { return known }
    let outline = read(path).map(Self.outline)
    outlines[path] = .some(outline)
    return outline
  }

  private static func outline(of bytes: [UInt8]) -> Outline {
    var starImports: [(module: String, level: Int)] = []
    if bytes.holds("import *") {
      var scanner = ImportScanner()
      let padded = bytes + [UInt8](repeating: 0, count: FileBuffer.padding)
      padded.withUnsafeBufferPointer { scanner.scan(padded: $0) }
      for record in scanner.imports where record.takesNames && scanner.names(of: record) == ["*"] {
        starImports.append((scanner.withModule(of: record) { String(decoding: $0, as: UTF8.self) }, record.level))
      }
    }
    return Outline(speaksOfDjango: speaksOfDjango(bytes), starImports: starImports)
  }

  /// The file of the project that `from ..a.b import` names, relative to the root; nil when there is none.
  private func file(of module: String, level: Int, from path: SourcePath) -> SourcePath? {
    if level == 0 { return files.module(module, path) }
    var base = path.parent
    for _ in 1..<level { base = base.parent }
    for part in module.split(separator: ".") { base = base.appending(String(part)) }
    return [SourcePath(bytes: base.bytes + Array(".py".utf8)), base.appending("__init__.py")]
      .first { outline(of: $0) != nil }
  }

  private static func speaksOfDjango(_ bytes: [UInt8]) -> Bool {
    let words: [StaticString] = [
      "INSTALLED_APPS", "DATABASES", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY", "conf.global_settings",
      "import global_settings", "split_settings",
    ]
    return words.contains { bytes.holds($0) }
  }
}
