package import Packaging

/// What a database engine or cache backend of Django's own needs installed beside Django.
package enum DjangoBackends {
  /// The distributions of which one satisfies `backend` (a dotted path as settings name it), the usual one first; empty
  /// when it needs none or is not Django's.
  package static func clients(of backend: String) -> [PackageName] {
    let line = Facts.backends.description.split(separator: "\n").first { $0.prefix { $0 != " " } == backend }
    return line?.split(separator: " ").dropFirst().compactMap { PackageName(String($0)) } ?? []
  }
}
