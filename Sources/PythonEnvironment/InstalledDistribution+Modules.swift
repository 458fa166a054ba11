import Diagnostics

extension InstalledDistribution {
  /// The top-level modules that it provides: of top_level.txt, else of RECORD; sorted.
  package func topLevelModules() -> [String] {
    if let text = source.read("top_level.txt").map({ String(decoding: $0, as: UTF8.self) }) {
      let names = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty && !$0.contains("/") }
      if !names.isEmpty { return Set(names).sorted() }
    }
    guard let record = source.read("RECORD") else { return [] }
    var names: Set<String> = []
    var last: ArraySlice<UInt8> = []
    var rest = record[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A }
      rest = rest[line.endIndex...].dropFirst()
      // Most lines are of the folder of the line before them.
      if !last.isEmpty, line.starts(with: last) { continue }
      guard let name = moduleName(ofRecord: line) else { continue }
      last = line.prefix { $0 != UInt8(ascii: "/") }
      if last.endIndex == line.endIndex { last = [] } else { last = line[line.startIndex...last.endIndex] }
      names.insert(name)
    }
    return names.sorted()
  }

  /// The top-level module that a line of RECORD belongs to; nil for scripts, metadata and data.
  /// https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
  private func moduleName(ofRecord line: ArraySlice<UInt8>) -> String? {
    let path = line.prefix { $0 != UInt8(ascii: ",") }
    let suffix = path.suffix(4)
    guard
      suffix.suffix(3).elementsEqual(".py".utf8) || suffix.suffix(3).elementsEqual(".so".utf8)
        || suffix.elementsEqual(".pyd".utf8)
    else { return nil }
    let folder = path.prefix { $0 != UInt8(ascii: "/") }
    let name = folder.count < path.count ? folder : path.prefix { $0 != UInt8(ascii: ".") }
    if name.isEmpty || name.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) { return nil }
    return String(decoding: name, as: UTF8.self)
  }
}
