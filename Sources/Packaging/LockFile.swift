package import ConfigFormats

/// A lock file of PEP 751: what to install, for one or several environments.
///
/// Source: https://packaging.python.org/en/latest/specifications/pylock-toml/
package struct LockFile: Equatable, Sendable {
  /// Of the format; only 1.x can be read.
  package var lockVersion = Version(release: [1, 0])
  /// The environments that the lock is for; nil when it does not say.
  package var environments: [Marker]?
  package var requiresPython: SpecifierSet?
  /// The extras that may be asked for, normalised.
  package var extras: [String]?
  /// The dependency groups that may be asked for.
  package var dependencyGroups: [String]?
  /// The groups that are installed when nothing is asked for.
  package var defaultGroups: [String]?
  /// The tool that wrote the lock.
  package var createdBy: String
  package var packages: [LockedPackage]
  /// What tools keep there for themselves.
  package var tool: ConfigTable?

  package init(createdBy: String, packages: [LockedPackage] = []) {
    self.createdBy = createdBy
    self.packages = packages
  }

  /// One sentence when the file is of a later 1.x than is known here, which may say more than is read.
  package var versionWarning: String? {
    lockVersion > Version(release: [1, 0])
      ? "`lock-version` is \(lockVersion): what it adds to 1.0 is not read" : nil
  }
}
