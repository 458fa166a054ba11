package import Diagnostics
package import Packaging
package import PythonEnvironment

extension Lock {
  /// What a lock lacks to be whole, one finding each.
  package struct Incomplete: Error, Sendable {
    package let findings: [Finding]
    /// What could be pinned all the same: for comparing, never for writing.
    package let partial: Lock
  }

  /// Everything that is installed; without `reasons` it is not asked what asks for each, which costs most of the time.
  package init(allOf installed: InstalledDistributions, in environment: MarkerEnvironment, reasons: Bool = true) {
    var closure = Closure(installed: installed, environment: environment, environmentName: nil)
    if reasons { for distribution in installed.all { closure.visit(distribution.name, extra: nil) } }
    // What is missing is no concern here: this records what there is.
    closure.run()
    let frozen = installed.frozen()
    pins = frozen.distributions.map { closure.pin($0) }
    findings = frozen.findings
    notes = closure.notes
  }

  /// The closure of `roots` over the metadata of what is installed and the markers that hold here; `constraints` ask for
  /// nothing and restrict the versions of what is asked for.
  ///
  /// Throws `Incomplete` when a distribution of the closure is not installed, or not in a version that its requirement
  /// allows, or says in a way that cannot be read what it needs: a partial lock is never made.
  /// `environmentName` is for the messages.
  package init(
    closureOf roots: [Root], within constraints: [Root] = [], over installed: InstalledDistributions,
    in environment: MarkerEnvironment, named environmentName: String
  ) throws(Incomplete) {
    var closure = Closure(installed: installed, environment: environment, environmentName: environmentName)
    for root in roots where root.requirement.marker?.evaluate(in: environment, extras: []) ?? true {
      closure.need(root.requirement, via: root.origin, at: root.location)
    }
    closure.run()
    for constraint in constraints where constraint.requirement.marker?.evaluate(in: environment) ?? true {
      closure.restrict(constraint)
    }
    var findings: [Finding] = []
    let pins = closure.reached.sorted().compactMap { name in
      installed[name].map { closure.pin(installed.frozen($0, &findings)) }
    }
    self.init(pins: pins, findings: findings, notes: closure.notes)
    if !closure.findings.isEmpty {
      let sorted = closure.findings.sorted { left, right in
        (left.location == nil ? 1 : 0, left.message) < (right.location == nil ? 1 : 0, right.message)
      }
      throw Incomplete(findings: sorted, partial: self)
    }
  }
}

private struct Closure {
  private struct Visit: Hashable {
    let name: PackageName
    let extra: String?
  }

  let installed: InstalledDistributions
  let environment: MarkerEnvironment
  /// For messages; nil where what is missing is nobody's concern.
  let environmentName: String?
  private(set) var findings: [Finding] = []
  private var told: Set<Finding> = []
  private(set) var notes: [Finding] = []
  private var asks: [PackageName: [Ask]] = [:]
  private var needs: [PackageName: Set<PackageName>] = [:]
  private var licenses: [PackageName: String] = [:]
  private var visited: Set<Visit> = []
  private var pending: [Visit] = []

  init(installed: InstalledDistributions, environment: MarkerEnvironment, environmentName: String?) {
    self.installed = installed
    self.environment = environment
    self.environmentName = environmentName
  }

  /// What was asked for and is installed.
  var reached: some Collection<PackageName> { asks.keys }

  func pin(_ distribution: FrozenDistribution) -> Pin {
    let name = distribution.name
    return Pin(distribution, asks: asks[name] ?? [], needs: needs[name] ?? [], license: licenses[name])
  }

  mutating func need(_ requirement: Requirement, via origin: String, at location: Location?) {
    let name = requirement.name
    guard let distribution = installed[name] else {
      guard let environmentName else { return }
      tell(
        Finding(
          .error, at: location,
          "\(name) is not installed in \(environmentName)\(location == nil ? ", needed by \(origin)" : "")",
          remedy: "install it (python -m pip install \(name)), then freeze again"))
      return
    }
    if environmentName != nil, let version = Version(distribution.version),
      !requirement.specifiers.contains(version, prereleases: true)
    {
      let wanted = Ask.wanted(requirement)
      tell(
        Finding(
          .error, at: location, "\(name) \(distribution.version) is installed, \(origin) asks for \(wanted)",
          remedy: "install a version that fits (python -m pip install '\(wanted)'), then freeze again"))
    }
    asks[name, default: []].append(Ask(origin: origin, requirement: requirement, location: location))
    for extra in [nil] + requirement.extras.map(Optional.some) { visit(name, extra: extra) }
  }

  /// Tells when what was reached is not in a version that the constraint allows.
  mutating func restrict(_ constraint: Root) {
    let requirement = constraint.requirement
    guard asks[requirement.name] != nil, let distribution = installed[requirement.name],
      let version = Version(distribution.version), !requirement.specifiers.contains(version, prereleases: true)
    else { return }
    let wanted = Ask.wanted(requirement)
    tell(
      Finding(
        .error, at: constraint.location,
        "\(requirement.name) \(version) is installed, the constraint allows \(wanted)",
        remedy: "install a version that fits (python -m pip install '\(wanted)'), then freeze again"))
  }

  /// The same is needed once by a distribution and once more by each of its extras.
  private mutating func tell(_ finding: Finding) {
    if told.insert(finding).inserted { findings.append(finding) }
  }

  /// Puts a distribution, or one of its extras, on the list of what is to be followed.
  mutating func visit(_ name: PackageName, extra: String?) {
    let visit = Visit(name: name, extra: extra)
    if visited.insert(visit).inserted { pending.append(visit) }
  }

  mutating func run() {
    while let visit = pending.popLast() {
      guard let distribution = installed[visit.name] else { continue }
      let metadata: CoreMetadata
      do { metadata = try distribution.metadata() } catch {
        tell(Finding(.error, at: error.location, error.message, remedy: error.remedy))
        continue
      }
      if visit.extra == nil {
        licenses[visit.name] = metadata.licenseExpression
        notes += metadata.notes.map { Finding(.note, at: Location(path: distribution.metadataFolder), $0) }
      }
      for warning in metadata.warnings where warning.hasPrefix("Requires-Dist") {
        tell(
          Finding(
            .error, at: Location(path: distribution.metadataFolder),
            "what \(visit.name) needs is not known: \(warning)",
            remedy: "install a newer release of \(visit.name), then freeze again"))
      }
      let extras: Set<String> = visit.extra.map { [$0] } ?? []
      for requirement in metadata.requiresDist {
        guard requirement.marker?.evaluate(in: environment, extras: extras) ?? true else { continue }
        need(requirement, via: visit.name.normalized, at: nil)
        if installed[requirement.name] != nil { needs[visit.name, default: []].insert(requirement.name) }
      }
    }
  }
}
