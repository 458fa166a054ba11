import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project

/// The database drivers are new enough for this Django.
struct DatabaseDriverVersion: Check {
  let documentation = CheckDocumentation(
    id: "database-driver-version", area: .database, reach: .static, severity: .error,
    title: "database drivers new enough for Django",
    what: """
      Compares the installed or pinned version of each engine's driver with the oldest that this Django takes. Of PyMySQL \
      behind install_as_MySQLdb() it is the mysqlclient that it pretends to be.
      """,
    why: """
      Django refuses an older driver ("mysqlclient 1.4.3 or newer is required; you have 1.3.12") whatever it could do. Pinning \
      Django to a series out of support is a common way around it, and no good one.
      """,
    example: "django==4.2 with pymysql==0.9.3, which says that it is mysqlclient 1.3.12",
    remedy: "install a newer driver, or mysqlclient itself")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard context.settings != nil else { return [CheckResult(.skipped, "drivers", "no Django settings found")] }
    var found: Set<PackageName> = []
    return context.inDatabases { database in
      let engines = database.alternatives(of: "ENGINE")
      guard engines.count == 1, let value = engines.first, let engine = value.text,
        let driver = DatabaseDriver(for: engine)
      else { return [] }
      return judge(driver, at: value.location, in: context).filter { name, _ in found.insert(name).inserted }.map(
        \.result)
    }
  }

  private typealias Judgement = (name: PackageName, result: CheckResult)

  private func judge(_ driver: DatabaseDriver, at location: Location, in context: CheckContext) -> [Judgement] {
    let known = driver.distributions.compactMap { name in context.version(of: name).map { (name, $0) } }
    let versions = Dictionary(known) { first, _ in first }
    if versions.isEmpty { return bounded(driver, in: context) }
    guard let release = context.likelyDjango else {
      return versions.keys.sorted().map { name in
        (name, CheckResult(.unknown, name.normalized, "which Django will run is not known", at: location))
      }
    }
    switch driver.server {
    case "MySQL": return mysql(versions, release, at: location, in: context)
    case "PostgreSQL":
      // Django 4.2 and later take psycopg where both are there.
      let takesThree = release.minimumPsycopg3 != nil
      if takesThree, let name = PackageName("psycopg"), context.has(name) == true {
        return compare(name, versions[name], release.minimumPsycopg3, at: location, in: context)
      }
      return ["psycopg2", "psycopg2-binary"].compactMap { PackageName($0) }.flatMap { name in
        compare(name, versions[name], release.minimumPsycopg2, at: location, in: context)
      }
    default:
      let name = release.oracleDriver.name
      return compare(name, versions[name], release.oracleDriver.specifiers.floor, at: location, in: context)
    }
  }

  private func mysql(
    _ versions: [PackageName: Version], _ release: DjangoRelease, at location: Location, in context: CheckContext
  ) -> [Judgement] {
    guard let client = PackageName("mysqlclient"), let pymysql = PackageName("pymysql"),
      let floor = release.minimumMysqlclient
    else { return [] }
    let hooks = context.code.mysqlHooks.filter(\.isCalled)
    if hooks.isEmpty || context.has(pymysql) != true {
      return compare(client, versions[client], floor, at: location, in: context)
    }
    guard let version = versions[pymysql], !hooks.contains(where: { $0.pretended == [] }) else { return [] }
    let written = hooks.compactMap(\.pretended).first.map { Version(release: $0) }
    guard let pretended = written ?? MysqlclientStandIn.version(pretendedBy: version), pretended < floor else {
      return []
    }
    let way = MysqlclientStandIn.oldestPyMySQL(pretendingAtLeast: floor).map { "PyMySQL \($0)" } ?? "mysqlclient"
    let result = CheckResult(
      context.status(self), pymysql.normalized,
      "\(version) pretends to be mysqlclient \(pretended), and \(context.djangoName) wants \(floor) or later",
      remedy: written == nil
        ? "install \(way) or later, or mysqlclient itself" : "raise version_info beside install_as_MySQLdb()",
      at: place(of: pymysql, in: context) ?? location,
      evidence: ["found": pretended.description, "required": floor.description])
    return [(pymysql, result)]
  }

  private func compare(
    _ name: PackageName, _ version: Version?, _ floor: Version?, at location: Location, in context: CheckContext
  ) -> [Judgement] {
    guard let version, let floor, version < floor else { return [] }
    let result = CheckResult(
      context.status(self), name.normalized,
      "\(version) is installed or pinned, and \(context.djangoName) wants \(floor) or later",
      remedy: "\(context.pip) install '\(name)>=\(floor)'", at: place(of: name, in: context) ?? location,
      evidence: ["found": version.description, "required": floor.description])
    return [(name, result)]
  }

  /// The requirement that pins it.
  private func place(of name: PackageName, in context: CheckContext) -> Location? {
    if let entry = context.declared.entries.first(where: {
      $0.name == name && $0.requirement.specifiers.pinnedVersion != nil
    }) {
      return entry.location
    }
    for lock in context.declared.locks {
      guard let found = lock.distributions.first(where: { $0.name == name && $0.version != nil }) else { continue }
      return Location(path: lock.path, line: line(of: found, in: lock.path, context), column: 1)
    }
    return nil
  }

  /// The line of an entry that names it.
  private func line(of found: LockedDistribution, in path: SourcePath, _ context: CheckContext) -> Int {
    let lines = context.code.text(of: path)?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
    let near = lines.indices.dropFirst(found.line - 1).prefix(4).first { index in
      lines[index].lowercased().contains(found.name.normalized)
    }
    return near.map { $0 + 1 } ?? found.line
  }

  // MARK: - Conditions

  /// Of a driver that is in no version yet: conditions such as `PyMySQL<1.0` that admit none that is new enough.
  private func bounded(_ driver: DatabaseDriver, in context: CheckContext) -> [Judgement] {
    guard context.environment == nil, let release = context.likelyDjango else { return [] }
    return driver.distributions.compactMap { name -> Judgement? in
      let entries = context.declared.entries.filter { $0.name == name }
      guard let floor = floor(of: name, driver, release, in: context), let entry = entries.first,
        !context.declared.locks.contains(where: { $0.distributions.contains { $0.name == name } }),
        entries.allSatisfy({ $0.requirement.url == nil && !$0.requirement.specifiers.specifiers.isEmpty }),
        let lower = SpecifierSet(">=\(floor)"),
        entries.allSatisfy({ VersionRanges($0.requirement.specifiers).isDisjoint(with: VersionRanges(lower)) })
      else { return nil }
      let result = CheckResult(
        context.status(self), name.normalized,
        "\(Escaping.text("\(entry.requirement.specifiers)")) admits no version that \(context.djangoName) takes: it wants \(floor) or later",
        remedy: "write \(name)>=\(floor)", at: entry.location, evidence: ["required": floor.description])
      return (name, result)
    }
  }

  /// The oldest version of a distribution that Django takes: for PyMySQL the one that pretends to be new enough.
  private func floor(
    of name: PackageName, _ driver: DatabaseDriver, _ release: DjangoRelease, in context: CheckContext
  ) -> Version? {
    switch name.normalized {
    case "pymysql":
      let hooks = context.code.mysqlHooks.filter(\.isCalled)
      guard !hooks.isEmpty, hooks.allSatisfy({ $0.pretended == nil }) else { return nil }
      return release.minimumMysqlclient.flatMap { MysqlclientStandIn.oldestPyMySQL(pretendingAtLeast: $0) }
    case "mysqlclient": return release.minimumMysqlclient
    case "psycopg2", "psycopg2-binary":
      // The other one may be taken.
      return PackageName("psycopg").flatMap { context.has($0) } == true ? nil : release.minimumPsycopg2
    default: return nil
    }
  }
}

extension SpecifierSet {
  /// The version of the only condition: that of `oracledb>=2.3.0`.
  fileprivate var floor: Version? { specifiers.count == 1 ? specifiers[0].version : nil }
}
