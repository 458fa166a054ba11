import Diagnostics

/// What importing the project or asking a server tells beside what the files tell already: each fault is to be named once.
extension [TimedResult] {
  /// Our checks that find what a message of Django's own checks says, by the message's id.
  /// https://docs.djangoproject.com/en/stable/ref/checks/
  private static let ownChecks = [
    "caches.E001": "cache-default", "security.W018": "debug-exposed", "security.W020": "hosts-exposed",
    "staticfiles.E002": "static-root", "staticfiles.W004": "static-dir", "urls.E006": "static-url",
    "urls.W002": "route-slash",
  ]

  /// Without what importing told of a place, or a fault, of which a check of files has told; and without what a server's check
  /// told of a subject at such a place.
  package var withoutDoubles: [TimedResult] {
    let known = filter { $0.documentation.reach.readsFiles && $0.isFinding && $0.result.status != .unknown }
    let ids = Set(known.map(\.documentation.id))
    let places = Set(known.compactMap { $0.result.location.flatMap(Self.line) })
    let broken = Set(known.filter { $0.documentation.id == "source-syntax" }.compactMap { $0.result.location?.path })
    return filter { timed in
      if timed.documentation.reach == .network, timed.isFinding {
        return !known.contains { other in
          other.documentation.area == timed.documentation.area && other.result.subject == timed.result.subject
            && other.result.location.flatMap(Self.line) == timed.result.location.flatMap(Self.line)
        }
      }
      guard timed.documentation.reach == .project, timed.isFinding else { return true }
      if let id = timed.result.evidence["django"].flatMap({ Self.ownChecks[$0] }), ids.contains(id) { return false }
      guard let location = timed.result.location else { return true }
      if broken.contains(location.path) { return false }
      return Self.line(location).map { !places.contains($0) } ?? true
    }
  }

  private static func line(_ location: Location) -> Location? {
    location.line.map { Location(path: location.path, line: $0) }
  }
}
