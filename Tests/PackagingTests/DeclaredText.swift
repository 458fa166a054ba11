import ConfigFormats
import Packaging

/// Declared dependencies as lines `line:column group requirement`, for comparing all that a reader gives.
enum DeclaredText {
  static func lines(_ dependencies: [DeclaredDependency]) -> [String] {
    dependencies.map { dependency in
      let path = dependency.localPath.map { " from \($0)" } ?? ""
      return "\(dependency.line):\(dependency.column) \(name(dependency.group)) \(dependency.requirement)\(path)"
    }
  }

  private static func name(_ group: DeclaredDependency.Group) -> String {
    switch group {
    case .project: "project"
    case .extra(let name): "extra \(name)"
    case .group(let name): "group \(name)"
    case .build: "build"
    }
  }
}
