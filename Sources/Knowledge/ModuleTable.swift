package import Packaging

/// Which distributions provide an importable module.
///
/// An entry is proof: the module was seen in a published distribution. A missing entry says nothing, and a distribution
/// that happens to be called like the module is no entry.
package enum ModuleTable {
  /// The distributions that provide the module, likeliest in a web project first; empty when the table knows none.
  ///
  /// `module` is a name in its exact spelling, `yaml` or dotted, `google.cloud.storage.blob`: the longest known beginning
  /// counts. Namespaces that many distributions share (`google`, `zope`) are provided by nobody on their own.
  package static func distributions(providing module: String) -> [PackageName] {
    var name = module[...]
    while true {
      if let found = corrections.fields(of: String(name)) { return names(found, of: String(name)) }
      guard let dot = name.lastIndex(of: ".") else { break }
      name = name[..<dot]
    }
    return modules.fields(of: String(name)).map { names($0, of: String(name)) } ?? []
  }

  /// Whether the top-level module is a namespace of many distributions, or a name that too many use to say anything.
  package static func isAmbiguous(_ module: String) -> Bool { corrections.fields(of: module)?.isEmpty == true }

  static let corrections = FactTable(Facts.corrections)
  static let modules = FactTable(Facts.modules)

  private static func names(_ list: String, of module: String) -> [PackageName] {
    list.split(separator: ",").compactMap { PackageName($0 == "=" ? module : String($0)) }
  }
}
