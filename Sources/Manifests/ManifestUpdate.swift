package import Diagnostics
package import Host
package import Packaging
package import Project

/// What a manifest becomes when it is to declare what the project needs: additions only, everything else stays as it is.
package struct ManifestUpdate: Sendable {
  package struct Request: Sendable {
    /// The manifest, relative to the host's folder; nil for the project's own.
    package var file: SourcePath?
    /// How versions are written; nil for the way of the file.
    package var style: VersionStyle?
    /// Whether a file that a program wrote is edited, too.
    package var isForced: Bool

    package init(file: SourcePath? = nil, style: VersionStyle? = nil, isForced: Bool = false) {
      self.file = file
      self.style = style
      self.isForced = isForced
    }
  }

  /// A requirement that the manifest did not have.
  package struct Addition: Sendable {
    /// As it now stands in the file.
    package let text: String
    /// The list that it went to, where the file has several: `group test`.
    package let list: String?
    /// The first place that needs it.
    package let location: Location?
  }

  /// Absolute.
  package let path: SourcePath
  /// As the user named it, or from the project's folder.
  package let shownPath: SourcePath
  /// The whole file with the additions.
  package let bytes: [UInt8]
  /// In the order of the lists, then by name; empty when nothing has to be written.
  package let additions: [Addition]
  /// What found no place in the file.
  package let findings: [Finding]

  /// Adds those of `requirements` that are not declared: in `file` with what it includes, or in any manifest of the
  /// project where none is named. Throws what keeps the file from being edited.
  package init(
    _ request: Request, of project: Project, adding requirements: [RequirementEntry], host: Host
  ) throws(Finding) {
    let target: WritableManifest
    var declared: Set<PackageName>
    if let file = request.file {
      target = try WritableManifest(named: file, host)
      declared = try target.declaredNames(host)
    } else {
      target = try WritableManifest(of: project.root, host)
      declared = try target.declaredNames(host)
      let all = DeclaredDependencies(of: project.root, folders: project.tree.projectFolders, host: host)
      declared.formUnion(all.entries.map(\.name))
    }
    var comments = FileComments(root: project.root)
    let missing = requirements.filter { entry in
      if declared.contains(entry.name) || entry.alternatives.contains(where: declared.contains) { return false }
      return !entry.evidence.allSatisfy { comments.ignore(entry.name, .missing, at: $0.location) }
    }
    path = target.path
    shownPath = target.shownPath
    if missing.isEmpty {
      (bytes, additions, findings) = (target.bytes, [], [])
      return
    }
    if !request.isForced { try target.refuseGenerated() }
    var writer = ManifestWriter(target, style: request.style)
    do { try writer.add(missing) } catch {
      throw Finding(
        .error, at: Location(path: target.shownPath, line: error.line, column: error.column), error.message,
        remedy: error.remedy)
    }
    (bytes, additions, findings) = (writer.bytes, writer.additions, writer.findings)
  }
}
