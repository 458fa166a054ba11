import ConfigFormats
import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project

/// The database servers that containers start are new enough for this Django.
struct ServiceVersion: Check {
  let documentation = CheckDocumentation(
    id: "service-version", area: .serving, reach: .static, severity: .warning,
    title: "containers of databases new enough for Django",
    what: """
      Reads the images of PostgreSQL (with those that are made from it), MySQL and MariaDB in compose files and pipelines, \
      and compares their tags with what the installed, pinned or declared Django needs. A tag such as 8.0 stands for the \
      newest 8.0.
      """,
    why: """
      Since 4.1 Django refuses an older server at the first connection; before, it was documented only, and single \
      queries failed.
      """,
    example: "image: postgres:11 with Django 5.2, which needs 14",
    remedy: "take a newer image, and move the data with a dump: an image does not read the files of an older one")

  private enum Server: String {
    case postgresql = "PostgreSQL"
    case mysql = "MySQL"
    case mariadb = "MariaDB"
  }

  private static let names: [String: Server] = [
    "postgres": .postgresql, "postgresql": .postgresql, "postgis": .postgresql, "pgvector": .postgresql,
    "postgres-ssl": .postgresql, "mysql": .mysql, "mysql-server": .mysql, "percona": .mysql, "percona-server": .mysql,
    "mariadb": .mariadb,
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let releases = context.djangoReleases
    if releases.isEmpty { return [] }
    return context.project.tree.processFiles.flatMap { file -> [CheckResult] in
      guard file.kind == .compose || file.kind == .pipeline, !file.path.isMaterial,
        let bytes = context.code.bytes(of: file.path)
      else {
        return []
      }
      return ServiceImages.images(in: bytes).compactMap { result($0, file.path, releases, in: context) }
    }
  }

  private func result(
    _ image: ServiceImages.Image, _ path: SourcePath, _ releases: [DjangoRelease], in context: CheckContext
  ) -> CheckResult? {
    let name = Self.withDefaults(image.name)
    if let server = Self.serverOfUnknownVersion(name), isUsed(server, in: context) {
      return CheckResult(
        .unknown, Escaping.text(image.name), "the version of \(server.rawValue) is not known: a variable decides",
        at: Location(path: path, line: image.line, column: image.column))
    }
    guard let (server, version) = Self.server(of: name), isUsed(server, in: context) else { return nil }
    let floors = releases.map { floor(of: server, $0) }
    // The oldest that any Django which may be run would take.
    guard let lowest = floors.compactMap(\.self).min(), !floors.contains(where: { $0 == nil }),
      Self.isOlder(version, than: lowest), let release = releases.first(where: { floor(of: server, $0) == lowest })
    else { return nil }
    let django = context.django.map { "Django \($0)" } ?? "Django \(release.series)"
    return CheckResult(
      .warning, Escaping.text(image.name),
      "\(server.rawValue) \(version), but \(django) needs \(lowest) or later",
      remedy: "take \(server.rawValue) \(lowest) or later",
      at: Location(path: path, line: image.line, column: image.column))
  }

  /// Whether the settings use such a server; where they do not tell, it is taken for granted.
  private func isUsed(_ server: Server, in context: CheckContext) -> Bool {
    guard let databases = context.settings?.databases, !databases.isEmpty else { return true }
    return databases.contains { database in
      switch database.family {
      case .postgresql: server == .postgresql
      case .mysql: server != .postgresql
      case nil: true
      default: false
      }
    }
  }

  private func floor(of server: Server, _ release: DjangoRelease) -> Version? {
    switch server {
    case .postgresql: release.minimumPostgreSQL
    case .mysql: release.minimumMySQL
    case .mariadb: release.minimumMariaDB
    }
  }

  /// What an image is where no variable is set: `postgres:${VERSION:-16}` is `postgres:16`.
  private static func withDefaults(_ image: String) -> String {
    guard let start = image.firstRange(of: "${"), let end = image[start.upperBound...].firstIndex(of: "}") else {
      return image
    }
    let name = image[start.upperBound..<end]
    guard let dash = name.firstIndex(of: "-") else { return image }
    return "\(image[..<start.lowerBound])\(name[name.index(after: dash)...])\(image[image.index(after: end)...])"
  }

  /// The server of `postgres:${VERSION}`.
  private static func serverOfUnknownVersion(_ image: String) -> Server? {
    let parts = (image.split(separator: "/").last ?? "").split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].hasPrefix("$") || parts[1].hasPrefix("{{") || parts[1].hasPrefix("<") else {
      return nil
    }
    return names[parts[0].lowercased()]
  }

  /// What `registry/name:tag` is: `postgis/postgis:13-3.4` is PostgreSQL 13, and so is `timescale/timescaledb:2.9-pg13`.
  private static func server(of image: String) -> (Server, Version)? {
    if image.contains(where: { "${<%@".contains($0) }) { return nil }
    let last = image.split(separator: "/").last ?? ""
    let parts = last.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let name = String(parts[0]).lowercased()
    for word in parts[1].split(separator: "-")
    where word.hasPrefix("pg") && name.contains("timescale") || name == "pgvector" {
      let digits = word.hasPrefix("pg") ? word.dropFirst(2) : ""
      if !digits.isEmpty, let version = Version(String(digits)) { return (.postgresql, version) }
    }
    guard let server = names[name], name != "pgvector",
      let number = parts[1].split(separator: "-").first.map({ $0.prefix { $0.isNumber || $0 == "." } }),
      !number.isEmpty,
      let version = Version(String(number))
    else { return nil }
    return (server, version)
  }

  /// A tag of fewer numbers means the newest of its kind.
  private static func isOlder(_ version: Version, than floor: Version) -> Bool {
    let count = version.release.count
    return version < Version(release: Array(floor.release.prefix(count)))
  }
}
