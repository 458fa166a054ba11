package import Diagnostics
package import Packaging
import Project

/// A distribution that the project asks for itself, and where.
package struct Root: Sendable {
  /// Where a distribution is to come from.
  package enum Source: Hashable, Sendable {
    /// The indexes that are configured.
    case index
    /// A file or a repository on the network; the requirement's URL is the same without credentials.
    case url(CredentialText)
    /// A folder with a project in it, or an archive; absolute.
    case path(SourcePath)
  }

  package let requirement: Requirement
  /// What stands behind `# via` for it: `mysite/settings.py:12`, `-r requirements.in`.
  package let origin: String
  package let location: Location
  package let source: Source
  package let isEditable: Bool
  /// What its files must hash to; any will do when there are none.
  package let hashes: [ArtifactHash]
  /// The lines that led to the file of `location`, the first file's first: `requirements.txt:3`.
  package let includes: [Location]

  package init(
    requirement: Requirement, origin: String, location: Location, source: Source = .index, isEditable: Bool = false,
    hashes: [ArtifactHash] = [], includes: [Location] = []
  ) {
    self.requirement = requirement
    self.origin = origin
    self.location = location
    self.source = source
    self.isEditable = isEditable
    self.hashes = hashes
    self.includes = includes
  }

  /// Where it stands, with the files that led there: `requirements.txt:3 -> base.txt:1`.
  package var trail: String { IncludeTrail.text(includes, location) }
}

extension Manifest {
  /// The runtime requirements as roots, each with the first place that needs it.
  package var roots: [Root] {
    requirements(in: [.runtime]).compactMap { entry in
      entry.evidence.first.map { evidence in
        Root(
          requirement: Requirement(name: entry.name, extras: entry.extras),
          origin: Location(path: evidence.location.path, line: evidence.location.line).description,
          location: evidence.location)
      }
    }
  }
}
