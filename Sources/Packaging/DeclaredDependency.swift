/// A requirement that a project's own file states, with its place there.
package struct DeclaredDependency: Hashable, Sendable {
  /// What must be asked for so that the requirement counts; the names are normalised.
  package enum Group: Hashable, Sendable {
    /// The project itself.
    case project
    /// An extra of the project, which its users may ask for.
    case extra(String)
    /// A dependency group, for those who work on the project.
    case group(String)
    /// Building the project.
    case build
  }

  package let requirement: Requirement
  /// Where a path stands instead of a version: as written, from the folder of the file, to a folder or an archive.
  package let localPath: String?
  /// Of the string that states it, or of its name where that is a key; both from 1.
  package let line: Int
  package let column: Int
  package let group: Group

  package init(requirement: Requirement, localPath: String? = nil, line: Int, column: Int, group: Group) {
    self.requirement = requirement
    self.localPath = localPath
    self.line = line
    self.column = column
    self.group = group
  }

  /// The same for those who ask for another group.
  func inGroup(_ group: Group) -> DeclaredDependency {
    DeclaredDependency(requirement: requirement, localPath: localPath, line: line, column: column, group: group)
  }
}
