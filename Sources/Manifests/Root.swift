package import Diagnostics
package import Packaging
import Project

/// A distribution that the project asks for itself, and where.
package struct Root: Sendable {
  package let requirement: Requirement
  /// What stands behind `# via` for it: `mysite/settings.py:12`, `-r requirements.in`.
  package let origin: String
  package let location: Location
}

extension Manifest {
  /// The runtime requirements as roots, each with the first place that needs it.
  package var roots: [Root] {
    requirements(in: [.runtime]).compactMap { entry in
      entry.evidence.first.map { evidence in
        Root(
          requirement: Requirement(name: entry.name),
          origin: Location(path: evidence.location.path, line: evidence.location.line).description,
          location: evidence.location)
      }
    }
  }
}
