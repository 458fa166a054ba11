package import Diagnostics
import Host
package import Knowledge
package import Manifests
package import Packaging
import Project
package import PythonEnvironment

#if canImport(Glibc)
  import Glibc
#endif

/// What checks ask of the machine that envtool runs on.
extension CheckContext {
  /// Whether there is a file or folder, `path` absolute or relative to the project.
  package func exists(_ path: SourcePath) -> Bool { Files.exists(project.root.appending(path)) }

  package func isFolder(_ path: SourcePath) -> Bool { folderExists(project.root.appending(path)) }

  /// Whether the machine knows a user of that name.
  package func hasUser(_ name: String) -> Bool { getpwnam(name) != nil }

  /// Whether the machine knows a group of that name.
  package func hasGroup(_ name: String) -> Bool { getgrnam(name) != nil }

  /// The folders beside the project that hold its environment by custom, absolute: those that there are.
  package var foldersForEnvironments: [SourcePath] {
    [".venv", "venv", "env"].map { project.root.appending($0) }.filter(folderExists)
  }

  /// The first of them that is an environment, whole or not.
  package var environmentBeside: SourcePath? {
    foldersForEnvironments.first { folder in
      Files.exists(folder.appending("pyvenv.cfg")) || Files.exists(folder.appending("conda-meta"))
    }
  }

  /// Whether two paths lead to one folder.
  package func isSameFolder(_ left: SourcePath, _ right: SourcePath) -> Bool {
    left.normalized == right.normalized || Files.resolved(left).map { $0 == Files.resolved(right) } ?? false
  }

  /// The short name of the Linux distribution, `debian`, with those that it is like; empty when nothing tells.
  package var systems: [String] {
    guard let text = try? Files.text("/etc/os-release") else { return [] }
    var found: [String] = []
    for line in text.textLines where line.hasPrefix("ID=") || line.hasPrefix("ID_LIKE=") {
      let value = line.drop { $0 != "=" }.dropFirst()
      found += value.split { $0 == "\"" || $0 == " " || $0 == "'" }.map(String.init)
    }
    return found
  }

  /// Whether an image of the project's own holds an absolute path, as its Dockerfile names it or a folder above it.
  package func isInImage(_ path: SourcePath) -> Bool {
    var names: [String] = []
    var folder = path
    while !folder.isEmpty, folder.components.count > 0 {
      names.append(folder.description)
      folder = folder.parent
    }
    return project.tree.processFiles.contains { file in
      guard file.kind == .dockerfile, let text = code.text(of: file.path) else { return false }
      return text.split { $0.isWhitespace || "\"',=:[]".contains($0) }.contains { word in
        names.contains(word.last == "/" ? String(word.dropLast()) : String(word))
      }
    }
  }
}

extension CheckContext {
  /// The series of Django that may be run: that of the installed or pinned one, else those that the manifests allow. Empty
  /// when nothing tells.
  package var djangoReleases: [DjangoRelease] {
    if let django = django ?? PackageNames.django.flatMap({ pinnedVersion(of: $0) }) {
      return SupportMatrix.release(for: django).map { [$0] } ?? []
    }
    let specifiers = declaredDjango.map(\.requirement.specifiers).filter { !$0.isEmpty }
    return specifiers.isEmpty ? [] : Self.releases(admittedBy: specifiers)
  }

  /// The series that all of the conditions admit, oldest first.
  package static func releases(admittedBy specifiers: [SpecifierSet]) -> [DjangoRelease] {
    SupportMatrix.releases.filter { release in
      specifiers.allSatisfy { set in
        // A series counts where any of its releases would do.
        (0..<40).contains { patch in
          set.contains(Version(release: [release.series.major, release.series.minor, patch]), prereleases: false)
        }
      }
    }
  }

  /// Where the manifests ask for Django to run the project.
  package var declaredDjango: [DeclaredDependencies.Entry] {
    declared.entries.filter { $0.name == PackageNames.django && $0.role.kind == .runtime && $0.requirement.url == nil }
  }
}

extension CheckContext {
  /// The markers that hold in an environment on this machine.
  package func markers(of environment: PythonEnvironment) -> MarkerEnvironment {
    var name = utsname()
    uname(&name)
    let machine = withUnsafeBytes(of: &name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return environment.markerEnvironment(machine: machine)
  }
}
