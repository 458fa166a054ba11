import Diagnostics
import Doctor
import Manifests
import Packaging
import Project
import PythonEnvironment

/// What is installed is what the manifests and locks say.
struct DependencyDrift: Check {
  let documentation = CheckDocumentation(
    id: "dependency-drift", area: .environment, reach: .static, severity: .warning,
    title: "installed versions as declared and locked",
    what: """
      Compares the installed versions with the specifiers of the manifests and with the pins of the locks, as far as their \
      markers apply here. What was installed from a folder or a URL is left alone.
      """,
    why: "What was tested is not what runs: a version that somebody installed by hand is on one machine only.",
    example: "requirements.txt has django==5.2.1, and 5.1.4 is installed",
    remedy: "install again from the manifest: python -m pip install -r requirements.txt")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let environment = context.environment else {
      return [CheckResult(.skipped, "environment", "no virtual environment to compare with")]
    }
    let markers = context.markers(of: environment)
    let entries = context.declared.entries.filter { entry in
      !entry.isConda && entry.requirement.url == nil && ![.optional, .build].contains(entry.role.kind)
        && entry.requirement.marker?.evaluate(in: markers) != false
    }
    var told: Set<PackageName> = []
    var results: [CheckResult] = []
    for entry in entries {
      guard let version = installed(entry.name, context), !allows(entry, version),
        !isAlternative(entry, version, among: entries), told.insert(entry.name).inserted
      else { continue }
      results.append(
        CheckResult(
          .warning, entry.name.normalized,
          "\(version) is installed in \(environment.displayName), but \(entry.requirement.specifiers) is declared",
          remedy: "\(context.display(environment.interpreter.path)) -m pip install "
            + "'\(entry.name)\(entry.requirement.specifiers)'", at: entry.location))
    }
    results += context.declared.locks.flatMap { lock in inLock(lock, environment, &told, in: context) }
    return results + entries.compactMap { unreadable($0, context) }
  }

  /// A version that no specifier can be held against.
  private func unreadable(_ entry: DeclaredDependencies.Entry, _ context: CheckContext) -> CheckResult? {
    guard !entry.requirement.specifiers.isEmpty, let found = context.installed[entry.name],
      found.directURL() == nil, Version(found.version) == nil
    else { return nil }
    return CheckResult(
      .unknown, entry.name.normalized,
      "whether \(entry.requirement.specifiers) holds is not known: \(Escaping.text(found.version)) is no version",
      at: entry.location)
  }

  private func installed(_ name: PackageName, _ context: CheckContext) -> Version? {
    guard let found = context.installed[name], found.directURL() == nil else { return nil }
    return Version(found.version)
  }

  private func allows(_ entry: DeclaredDependencies.Entry, _ version: Version) -> Bool {
    entry.requirement.specifiers.contains(version, prereleases: true)
  }

  /// Whether another entry asks for another version on purpose, and has it: files for several versions side by side.
  private func isAlternative(
    _ entry: DeclaredDependencies.Entry, _ version: Version, among entries: [DeclaredDependencies.Entry]
  ) -> Bool {
    entries.contains { other in
      guard other.name == entry.name, other.location != entry.location, allows(other, version) else { return false }
      if let pinned = entry.requirement.specifiers.pinnedVersion { return !allows(other, pinned) }
      return other.requirement.specifiers.pinnedVersion.map { !allows(entry, $0) } ?? false
    }
  }

  /// What installs from a lock again, by the tool that wrote it.
  private static func installation(from lock: SourcePath, _ python: String) -> String {
    switch lock.name {
    case "uv.lock": "uv sync"
    case "poetry.lock": "poetry sync"
    case "pdm.lock": "pdm sync"
    case "Pipfile.lock": "pipenv sync"
    case let name where name.hasSuffix(".toml"): "uv pip sync \(lock)"
    default: "\(python) -m pip install -r \(lock)"
    }
  }

  private func inLock(
    _ lock: DeclaredDependencies.Lock, _ environment: PythonEnvironment, _ told: inout Set<PackageName>,
    in context: CheckContext
  ) -> [CheckResult] {
    var pins: [PackageName: [LockedDistribution]] = [:]
    for distribution in lock.distributions { pins[distribution.name, default: []].append(distribution) }
    return lock.distributions.compactMap { distribution in
      guard let version = installed(distribution.name, context), let all = pins[distribution.name] else { return nil }
      let versions = all.compactMap { $0.version.flatMap { Version($0) } }
      guard versions.count == all.count, !versions.contains(where: { Self.isSame($0, version) }),
        told.insert(distribution.name).inserted
      else { return nil }
      let locked = versions.map(\.description).joined(separator: " or ")
      return CheckResult(
        .warning, distribution.name.normalized,
        "\(version) is installed in \(environment.displayName), but \(lock.path) locks \(locked)",
        remedy: Self.installation(from: lock.path, context.display(environment.interpreter.path)),
        at: Location(path: lock.path, line: distribution.line, column: 1))
    }
  }

  /// Whether they are one version, but for a local label: `2.1.0+cpu`.
  private static func isSame(_ pin: Version, _ installed: Version) -> Bool {
    SpecifierSet([Specifier(.equal, pin)]).contains(installed, prereleases: true)
  }
}
