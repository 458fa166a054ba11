package import Packaging

extension ModuleTable {
  /// The modules, dotted where the table tells them apart, that it knows of each of these distributions, sorted. One pass
  /// over the table.
  package static func modules(of distributions: Set<PackageName>) -> [PackageName: [String]] {
    var found: [PackageName: Set<String>] = [:]
    for table in [corrections, modules] {
      table.text.withUTF8Buffer { text in
        for line in text.split(separator: UInt8(ascii: "\n")) {
          let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
          guard parts.count == 2 else { continue }
          let module = String(decoding: parts[0], as: UTF8.self)
          for field in parts[1].split(separator: UInt8(ascii: ",")) {
            let last = field.split(separator: UInt8(ascii: ":")).last ?? field
            let written = last.elementsEqual("=".utf8) ? module : String(decoding: last, as: UTF8.self)
            if let name = PackageName(written), distributions.contains(name) { found[name, default: []].insert(module) }
          }
        }
      }
    }
    return found.mapValues { $0.sorted() }
  }
}
