package import Diagnostics
package import Packaging
import PythonEnvironment

/// How a lock that was written earlier differs from the environment that it should describe.
///
/// A newer release on an index is no difference: a lock holds until something that asks for it changes.
package struct LockComparison: Sendable {
  package enum Difference: Sendable {
    /// Needed and installed, but not locked.
    case missing(Pin)
    /// Locked, and nothing needs it.
    case superfluous(LockedPin)
    /// Locked in one version or place and installed in another; `unfit` says which requirement the locked one breaks.
    case differs(LockedPin, Pin, unfit: Ask?)
    /// No pin that pip would take as it stands, with the reason.
    case invalid(LockedPin, String)
    /// The environment itself lacks what the project needs, or the lock is for another Python.
    case unknown(Finding)
  }

  /// By name, what is unknown at the end.
  package let differences: [Difference]
  /// The number of pins that apply here.
  package let count: Int

  /// Compares `locked` with the lock of the environment, or with what can be known of it when it is incomplete: what is
  /// superfluous then cannot be told.
  package init(
    of locked: [LockedPin], requiresPython: SpecifierSet? = nil, with current: Lock, missing findings: [Finding] = [],
    in environment: MarkerEnvironment, python: Version?, extras: Set<String> = [], groups: Set<String> = []
  ) {
    let here = locked.filter { $0.marker?.evaluate(in: environment, extras: extras, groups: groups) ?? true }
    var found: [(name: PackageName, difference: Difference)] = []
    var seen: [PackageName: LockedPin] = [:]
    let needsHashes = here.contains(where: \.hasHashes)
    for pin in here {
      if let reason = Self.reason(against: pin, seen[pin.name], needsHashes: needsHashes, python: python) {
        found.append((pin.name, .invalid(pin, reason)))
      } else if let installed = current[pin.name] {
        if let difference = Self.difference(pin, installed) { found.append((pin.name, difference)) }
      } else if findings.isEmpty {
        found.append((pin.name, .superfluous(pin)))
      }
      seen[pin.name] = pin
    }
    for pin in current.pins where seen[pin.name] == nil { found.append((pin.name, .missing(pin))) }
    let whole = Self.exclusion(of: python, by: requiresPython).map {
      Difference.unknown(Finding(.error, "the lock \($0)"))
    }
    differences =
      found.sorted { $0.name < $1.name }.map(\.difference) + (whole.map { [$0] } ?? [])
      + findings.map(Difference.unknown)
    count = here.count
  }

  /// Why pip would not take the pin.
  private static func reason(
    against pin: LockedPin, _ earlier: LockedPin?, needsHashes: Bool, python: Version?
  ) -> String? {
    if let earlier {
      return "locked already at line \(earlier.location.line.map(String.init) ?? "?")"
    }
    if pin.version == nil, pin.url == nil { return "not pinned to one version" }
    if let exclusion = exclusion(of: python, by: pin.requiresPython) { return exclusion }
    return needsHashes && !pin.hasHashes ? "has no hash where others have: pip refuses such a file" : nil
  }

  private static func exclusion(of python: Version?, by range: SpecifierSet?) -> String? {
    guard let python, let range, !range.contains(python, prereleases: true) else { return nil }
    return "excludes Python \(python): it asks for \(range)"
  }

  private static func difference(_ pin: LockedPin, _ installed: Pin) -> Difference? {
    let unfit = installed.asks.first { ask in
      pin.version.map { !ask.requirement.specifiers.contains($0, prereleases: true) } ?? false
    }
    let isSame =
      switch installed.origin {
      case .index: pin.version != nil && Version(installed.version) == pin.version
      // A folder of this machine may be written in many ways; a repository or archive is what its URL says.
      case .url(let url): pin.url.map { url.path != nil || $0 == url.requirementURL } ?? false
      case .editable: pin.url != nil
      }
    return isSame ? nil : .differs(pin, installed, unfit: unfit)
  }
}
