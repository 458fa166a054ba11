import ConfigFormats
import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project

/// This Django still gets security fixes.
struct DjangoSupport: Check {
  let documentation = CheckDocumentation(
    id: "django-support", area: .environment, reach: .static, severity: .warning,
    title: "a Django that is still supported",
    what: """
      Compares the installed, pinned or declared Django with the end of its series: the month of its last security fix. \
      Today's date counts, or that of SOURCE_DATE_EPOCH.
      """,
    why: "What is found in a series later stays open, and is published: every scanner knows it.",
    example: "django==2.1.15, whose series ended in December 2019",
    remedy: "upgrade, one series after another: the release notes of each say what to change")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    // What nothing but a command names is told where that stands.
    if context.environment == nil, context.hasNoManifest(naming: PackageNames.django) {
      return inCommands(context)
    }
    if let django = context.django {
      // Known from a command that installs it: the command is the place.
      if place(of: django, in: context) == nil, context.environment == nil {
        let found = inCommands(context)
        if !found.isEmpty { return found }
      }
      guard let release = SupportMatrix.release(for: django) else { return other(django, in: context) }
      return isOver(release, in: context)
        ? [over("Django \(django)", release, at: place(of: django, in: context), in: context)] : []
    }
    // A range is at fault only when nothing in it is supported.
    let releases = context.djangoReleases
    if releases.isEmpty, context.hasNoManifest(naming: PackageNames.django) { return inCommands(context) }
    if releases.isEmpty { return severalConditions(context) ?? olderThanKnown(context) }
    guard let newest = releases.last, releases.allSatisfy({ isOver($0, in: context) }) else { return [] }
    let entry = context.declaredDjango.first { !$0.requirement.specifiers.isEmpty }
    let asked = entry.map { "django\($0.requirement.specifiers)" } ?? "Django \(newest.series)"
    return [over(asked, newest, at: entry?.location, in: context)]
  }

  /// One condition for each Python, of which no release meets all; nil where they are no such.
  private func severalConditions(_ context: CheckContext) -> [CheckResult]? {
    let entries = context.declaredDjango.filter { !$0.requirement.specifiers.isEmpty }
    guard entries.count > 1 else { return nil }
    let found = entries.compactMap { entry -> CheckResult? in
      let releases = CheckContext.releases(admittedBy: [entry.requirement.specifiers])
      guard let newest = releases.last, releases.allSatisfy({ isOver($0, in: context) }) else { return nil }
      return over("django\(entry.requirement.specifiers)", newest, at: entry.location, in: context)
    }
    return found.count == entries.count ? Array(found.suffix(1)) : found.isEmpty ? nil : []
  }

  /// A range that ends before the oldest series known: `<2`, `~=1.11.0`.
  private func olderThanKnown(_ context: CheckContext) -> [CheckResult] {
    guard let entry = context.declaredDjango.first(where: { !$0.requirement.specifiers.isEmpty }),
      let oldest = SupportMatrix.releases.first
    else { return [] }
    let isOld = (4...11).contains { minor in
      (0..<40).contains { patch in
        entry.requirement.specifiers.contains(Version(release: [1, minor, patch]), prereleases: false)
      }
    }
    guard isOld, CheckContext.releases(admittedBy: [entry.requirement.specifiers]).isEmpty else { return [] }
    return [
      CheckResult(
        .warning, "django",
        "django\(entry.requirement.specifiers): these have had no security fixes since before \(oldest.endOfLife)",
        remedy: "upgrade, one series after another", at: entry.location)
    ]
  }

  /// `pip install 'django<2.2'` in a script or an image, where no manifest declares any.
  private func inCommands(_ context: CheckContext) -> [CheckResult] {
    context.commands.compactMap { command, path -> CheckResult? in
      guard !path.isMaterial, command.place != .testRunner, command.place != .pipeline,
        let installer = InstallerCommand(command), installer.words.contains("install")
      else { return nil }
      let asked = installer.words.lazy.compactMap { try? Requirement(parsing: $0) }
        .first { $0.name == PackageNames.django && !$0.specifiers.isEmpty && $0.url == nil }
      guard let asked else { return nil }
      let releases = CheckContext.releases(admittedBy: [asked.specifiers])
      guard let newest = releases.last, releases.allSatisfy({ isOver($0, in: context) }) else { return nil }
      return over(
        "django\(asked.specifiers)", newest, at: Location(path: path, line: command.line, column: command.column),
        in: context)
    }
  }

  private func isOver(_ release: DjangoRelease, in context: CheckContext) -> Bool {
    CalendarMonth(release.endOfLife).map { $0 < context.today } ?? false
  }

  private func over(
    _ django: String, _ release: DjangoRelease, at place: Location?, in context: CheckContext
  ) -> CheckResult {
    let supported = SupportMatrix.releases.filter { !isOver($0, in: context) }
    let next = supported.first.map {
      "upgrade to Django \($0.series) or later: python -m pip install 'django~=\($0.series).0'"
    }
    return CheckResult(
      .warning, "django",
      "\(django): the series \(release.series) has had no security fixes since \(release.endOfLife)",
      remedy: next ?? "upgrade to the newest Django", at: place)
  }

  private func other(_ django: Version, in context: CheckContext) -> [CheckResult] {
    guard let oldest = SupportMatrix.releases.first, django < oldest.series else {
      return [CheckResult(.unknown, "django", "when the support of Django \(django) ends is not known")]
    }
    return [
      CheckResult(
        .warning, "django", "Django \(django) has had no security fixes since before \(oldest.endOfLife)",
        remedy: "upgrade, one series after another", at: place(of: django, in: context))
    ]
  }

  /// Where the manifests or locks name the version.
  private func place(of django: Version, in context: CheckContext) -> Location? {
    let named = context.declared.entries.filter { $0.name == PackageNames.django }
    let pinned = named.first { $0.requirement.specifiers.pinnedVersion == django }
    // A range that has supported series in it is not at fault: the lock chose.
    if pinned == nil, !named.contains(where: { isOver($0.requirement.specifiers, in: context) }),
      let lock = lockPlace(in: context)
    {
      return lock
    }
    if let found = pinned ?? named.first(where: { $0.role.kind == .runtime }) ?? named.first { return found.location }
    return lockPlace(in: context)
  }

  private func isOver(_ specifiers: SpecifierSet, in context: CheckContext) -> Bool {
    let releases = specifiers.isEmpty ? [] : CheckContext.releases(admittedBy: [specifiers])
    return !releases.isEmpty && releases.allSatisfy { isOver($0, in: context) }
  }

  private func lockPlace(in context: CheckContext) -> Location? {
    for lock in context.declared.locks {
      if let line = lock.distributions.first(where: { $0.name == PackageNames.django })?.line {
        return Location(path: lock.path, line: line, column: 1)
      }
    }
    return nil
  }
}
