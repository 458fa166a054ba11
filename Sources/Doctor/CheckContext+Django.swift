import ConfigFormats
package import Diagnostics
package import Knowledge
import Manifests
package import Packaging
import Project
import PythonEnvironment

/// Which Django the project runs on, as far as its files tell.
extension CheckContext {
  /// The series that may run the project, oldest first: that of the installed or pinned version, else those that the declared
  /// conditions admit. Empty where Django is neither installed nor declared, or is none of the series known.
  package var djangoSeries: [DjangoRelease] {
    if let django { return SupportMatrix.release(for: django).map { [$0] } ?? [] }
    guard environment == nil, let name = PackageNames.django else { return [] }
    let entries = declared.entries.filter { $0.name == name }
    // A branch or an archive is of any version.
    if entries.isEmpty || entries.contains(where: { $0.requirement.url != nil }) { return [] }
    let conditions = entries.map(\.requirement.specifiers)
    let newest = newestPython
    return SupportMatrix.releases.filter { release in
      // No installer takes a release that asks for a newer Python.
      if let newest, newest < release.oldestPython { return false }
      return release.isAdmitted(by: conditions)
    }
  }

  /// The newest Python, in two numbers, that may run the project: of those that files name, else of those that its manifests
  /// admit. Nil where neither sets a limit.
  private var newestPython: Version? {
    if let named = namedPythons.map(\.version).max() { return Version(release: [named.major, named.minor]) }
    let conditions = (declared.pythons + requiredPythons.map(\.specifiers)).map { VersionRanges($0) }
    let newest = (0..<Self.pythonLimit).last { minor in
      guard let series = SpecifierSet("==3.\(minor).*") else { return false }
      return !conditions.contains { $0.isDisjoint(with: VersionRanges(series)) }
    }
    return newest.flatMap { $0 + 1 < Self.pythonLimit ? Version(release: [3, $0]) : nil }
  }

  /// Minor versions of Python 3 that are tried.
  private static let pythonLimit = 100

  /// What an installation made now would run the project on: the newest series that may. Nil where that is not known.
  package var likelyDjango: DjangoRelease? { djangoSeries.last }

  /// `Django 5.2.1` as installed or pinned, else `Django 5.2` by its series.
  package var djangoName: String {
    if let django { return "Django \(django)" }
    return likelyDjango.map { "Django \($0.series)" } ?? "this Django"
  }

  /// Whether this Django takes views that are given as text, as it did before 1.10, within `patterns()`.
  package func takesTextViews(in file: SourcePath) -> Bool {
    if let django, let limit = Version("1.10") { return django < limit }
    return code.mentions("patterns(", in: file)
  }

  /// Whether neither a manifest nor a lock speaks of a distribution.
  package func hasNoManifest(naming name: PackageName?) -> Bool {
    !declared.entries.contains { $0.name == name }
      && !declared.locks.contains { $0.distributions.contains { $0.name == name } }
  }

  /// How to call pip for the environment that the project runs in.
  package var pip: String { "\(environment.map { display($0.interpreter.path) } ?? "python") -m pip" }

  /// Whether a process file or script installs the distribution: `RUN pip install psycopg2`.
  package func installs(_ name: PackageName) -> Bool {
    commands.contains { command, _ in
      command.words.contains("install") && command.words.contains { Self.distribution($0) == name }
    }
  }

  private static func distribution(_ word: String) -> PackageName? {
    PackageName(String(word.prefix { !"=<>~![; ".contains($0) }))
  }
}

extension CheckContext {
  /// Whether a top-level module is neither the project's nor one that anybody is known to publish or to have installed.
  package func mayBeMisspelt(_ module: String) -> Bool {
    if code.provides(module) || StandardLibrary.contains(module, python: nil) { return false }
    if !ModuleTable.distributions(providing: module).isEmpty || ModuleTable.isNamespace(module) { return false }
    guard let name = PackageName(module) else { return true }
    return has(name) != true
  }
}

extension DjangoRelease {
  /// Whether a release of the series fulfils every condition.
  fileprivate func isAdmitted(by conditions: [SpecifierSet]) -> Bool {
    (0..<Self.patchLimit).contains { patch in
      let version = Version(release: [series.major, series.minor, patch])
      return conditions.allSatisfy { $0.contains(version, prereleases: false) }
    }
  }

  /// No series has seen so many releases.
  private static let patchLimit = 40
}
