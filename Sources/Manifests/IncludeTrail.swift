import Diagnostics

/// How one file led to another, for messages.
enum IncludeTrail {
  /// `requirements.txt:3 -> base.txt:1`
  static func text(_ includes: [Location], _ location: Location) -> String {
    (includes + [location]).map { Location(path: $0.path, line: $0.line).description }.joined(separator: " -> ")
  }
}
