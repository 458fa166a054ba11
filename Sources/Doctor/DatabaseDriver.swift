import Knowledge
import Manifests
package import Packaging
import Project

/// The distributions that an engine of Django talks through.
package struct DatabaseDriver: Sendable {
  /// What people call the server.
  package let server: String
  /// Any of them is enough; the usual one first.
  package let distributions: [PackageName]

  /// The engines whose drivers are known: Django's own, and those that are made of them.
  private static let packages: Set<String> = [
    "django.db.backends", "django.contrib.gis.db.backends", "django_prometheus.db.backends", "dj_db_conn_pool.backends",
  ]

  /// Nil for SQLite, which comes with Python, and for engines that are not known.
  package init?(for engine: String) {
    let parts = engine.split(separator: ".")
    guard Self.packages.contains(parts.dropLast().joined(separator: ".")) else { return nil }
    let names: [String]
    switch parts.last {
    case "mysql": (server, names) = ("MySQL", ["mysqlclient", "pymysql"])
    case "postgresql", "postgresql_psycopg2", "postgis":
      (server, names) = (
        "PostgreSQL", ["psycopg", "psycopg2", "psycopg2-binary", "psycopg-binary", "psycopg-c", "psycopg2cffi"]
      )
    case "oracle": (server, names) = ("Oracle", ["oracledb", "cx-oracle"])
    default: return nil
    }
    distributions = names.compactMap { PackageName($0) }
  }
}

extension CheckContext {
  /// Which of these distributions the project has: installed, declared, brought by what is declared, or installed by a
  /// process file. Nil where nothing tells.
  package func present(_ names: [PackageName]) -> [PackageName]? {
    let answers = names.map { (name: $0, answer: has($0)) }
    var found = answers.filter { $0.answer == true }.map(\.name)
    if environment == nil {
      found += names.filter { !found.contains($0) && (brought.contains($0) || installs($0)) }
    }
    if found.isEmpty, answers.contains(where: { $0.answer == nil }) { return nil }
    return names.filter(found.contains)
  }

  /// What the declared distributions bring, as far as that is known, and what those bring in turn.
  private var brought: Set<PackageName> {
    var pending = declared.entries.flatMap { entry in
      DistributionTable.needs(of: entry.name)
        + entry.requirement.extras.flatMap { DistributionTable.brought(by: $0, of: entry.name) }
    }
    var found: Set<PackageName> = []
    while let name = pending.popLast() {
      if found.insert(name).inserted { pending += DistributionTable.needs(of: name) }
    }
    return found
  }

  /// A declared distribution of which nothing is known, and which is called as if it brought one of these: `pytest-redis` for
  /// redis. Nil where an environment or a lock tells of all that there is.
  package func possibleBringer(of names: [PackageName]) -> PackageName? {
    guard environment == nil, declared.locks.isEmpty else { return nil }
    let stems = ["redis", "mysql", "psycopg", "oracle"].filter { stem in
      names.contains { $0.normalized.contains(stem) }
    }
    let words = stems + (stems.contains("psycopg") ? ["postgres"] : [])
    return declared.entries.map(\.name).first { name in
      let parts = name.normalized.split(separator: "-")
      return parts.first != "types" && DistributionTable.needs(of: name).isEmpty
        && parts.contains { part in words.contains(where: part.hasPrefix) }
    }
  }
}
