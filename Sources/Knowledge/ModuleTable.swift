package import Packaging

/// Which distributions provide an importable module.
///
/// An entry is proof: the module was seen in a published distribution. A missing entry says nothing, and a distribution
/// that happens to be called like the module is no entry.
package enum ModuleTable {
  /// The distributions that provide the module, likeliest first in a project of these frameworks; empty when the table
  /// knows none.
  ///
  /// `module` is a name in its exact spelling, `yaml` or dotted, `google.cloud.storage.blob`: the longest known beginning
  /// counts. Namespaces that many distributions share (`google`, `zope`) and names that projects give to modules of their
  /// own (`settings`) are provided by nobody on their own.
  package static func distributions(
    providing module: String, in frameworks: Set<Framework> = []
  ) -> [PackageName] {
    var module = module
    return module.withUTF8 { module in candidates(providing: module).names(in: frameworks) }
  }

  private static func candidates(providing module: UnsafeBufferPointer<UInt8>) -> [Candidate] {
    let top = UnsafeBufferPointer(rebasing: module.prefix { $0 != UInt8(ascii: ".") })
    if neverThirdParty.hasKey(top) { return [] }
    var name = module
    while true {
      if let found = corrections.fields(of: name) { return Candidate.list(found, of: name) }
      guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { break }
      name = UnsafeBufferPointer(rebasing: name[..<dot])
    }
    // What calls itself as a module of the standard library does is, with few exceptions (which are corrections), no
    // successor of it.
    if StandardLibrary.table.hasKey(top) { return [] }
    return modules.fields(of: top).map { Candidate.list($0, of: top) } ?? []
  }

  /// Whether the table tells this dotted name, and not only a beginning of it, apart from its siblings: `google.cloud`,
  /// `google.cloud.storage`, but not `google.cloud.storage.blob`.
  package static func hasEntry(_ module: String) -> Bool { corrections.hasKey(module) }

  /// Whether the table tells anything below this dotted name apart.
  package static func hasEntries(below module: String) -> Bool { corrections.hasKeys(below: module) }

  /// Whether the module is a namespace of many distributions: that one of them is installed proves nothing about it.
  package static func isNamespace(_ module: String) -> Bool { corrections.fields(of: module)?.isEmpty == true }

  /// Whether the top-level module is by habit a project's own (`settings`, `utils`, `tests`): only an environment that
  /// has it proves that it comes from elsewhere.
  package static func isProjectName(_ module: String) -> Bool { neverThirdParty.hasKey(module) }

  static let corrections = FactTable(Facts.corrections)
  static let modules = FactTable(Facts.modules)
  static let neverThirdParty = FactTable(Facts.neverthirdparty)

  /// One distribution of an entry: `pyyaml`, `=`, `django:django-ninja`.
  struct Candidate: Sendable {
    let name: PackageName
    let framework: Framework?
    /// `argon2` of `django[argon2]`
    let extra: String?

    /// Nil when `field` names no distribution.
    init?(_ field: String, of module: String) {
      let parts = field.split(separator: ":", maxSplits: 1)
      guard let last = parts.last?.split(separator: "["), let first = last.first,
        let name = PackageName(first == "=" ? module : String(first))
      else { return nil }
      self.name = name
      extra = last.count > 1 ? String(last[1].dropLast()) : nil
      framework = parts.count == 2 ? Framework(rawValue: String(parts[0])) : nil
    }

    private init(name: PackageName) {
      self.name = name
      framework = nil
      extra = nil
    }

    static func list(_ fields: String, of module: UnsafeBufferPointer<UInt8>) -> [Candidate] {
      let module = String(decoding: module, as: UTF8.self)
      // One name is what most entries are.
      let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "[")]
      if !fields.utf8.contains(where: marks.contains) {
        return PackageName(fields == "=" ? module : fields).map { [Candidate(name: $0)] } ?? []
      }
      return fields.split(separator: ",").compactMap { Candidate(String($0), of: module) }
    }
  }
}

extension [ModuleTable.Candidate] {
  /// Those of the project's frameworks, then those of none, each in the table's order; without those of other frameworks.
  func names(in frameworks: Set<Framework>) -> [PackageName] {
    guard contains(where: { $0.framework != nil }) else { return map(\.name) }
    let marked = filter { $0.framework.map(frameworks.contains) ?? false }
    return (marked + filter { $0.framework == nil }).map(\.name)
  }
}
