package import ConfigFormats

/// One distribution of a lock file, and where to get it.
///
/// It comes from an index (`sdist`, `wheels`), or from one of `repository`, `directory` and `archive`.
/// Source: https://packaging.python.org/en/latest/specifications/pylock-toml/#packages
package struct LockedPackage: Equatable, Sendable {
  package var name: PackageName
  package var version: Version?
  /// When to install it; always when nil.
  package var marker: Marker?
  package var requiresPython: SpecifierSet?
  /// The entries of `packages` that it depends on, each by as many of its fields as tell it apart.
  package var dependencies: [ConfigTable]?
  package var repository: Repository?
  package var directory: Directory?
  package var archive: Archive?
  /// The address of the index.
  package var index: String?
  package var sdist: File?
  package var wheels: [File]?
  /// Each has at least a `kind`.
  package var attestationIdentities: [ConfigTable]?
  package var tool: ConfigTable?

  package init(name: PackageName, version: Version? = nil) {
    self.name = name
    self.version = version
  }
}

extension LockedPackage {
  /// `packages.vcs`: a commit of a repository.
  package struct Repository: Equatable, Sendable {
    /// `git`, `hg`, `bzr` or `svn`.
    package var type: String
    package var url: String?
    /// From the folder of the lock file.
    package var path: String?
    package var requestedRevision: String?
    package var commitID: String
    package var subdirectory: String?

    package init(type: String, url: String?, commitID: String) {
      self.type = type
      self.url = url
      self.commitID = commitID
    }
  }

  /// `packages.directory`: a folder of sources.
  package struct Directory: Equatable, Sendable {
    /// From the folder of the lock file.
    package var path: String
    package var editable: Bool?
    package var subdirectory: String?

    package init(path: String, editable: Bool? = nil) {
      self.path = path
      self.editable = editable
    }
  }

  /// `packages.archive`: an archive of sources or a wheel that comes from no index.
  package struct Archive: Equatable, Sendable {
    package var url: String?
    package var path: String?
    /// In bytes.
    package var size: Int?
    /// A date-time as TOML writes it, in UTC.
    package var uploadTime: String?
    /// Hexadecimal digests by algorithm; at least one.
    package var hashes: [String: String]
    package var subdirectory: String?

    package init(url: String?, hashes: [String: String]) {
      self.url = url
      self.hashes = hashes
    }
  }

  /// `packages.sdist` and one of `packages.wheels`: a file that an index offers.
  package struct File: Equatable, Sendable {
    /// When it is not the last part of path or URL.
    package var name: String?
    /// A date-time as TOML writes it, in UTC.
    package var uploadTime: String?
    package var url: String?
    package var path: String?
    /// In bytes.
    package var size: Int?
    /// Hexadecimal digests by algorithm; at least one.
    package var hashes: [String: String]

    package init(name: String? = nil, url: String?, hashes: [String: String]) {
      self.name = name
      self.url = url
      self.hashes = hashes
    }

    /// What the file is called; empty when nothing says it.
    package var fileName: String {
      if let name, !name.isEmpty { return name }
      if let path, !path.isEmpty, case let last = FileNameOfLocation.last(ofPath: path), !last.isEmpty { return last }
      return url.map(FileNameOfLocation.last(ofURL:)) ?? ""
    }
  }
}
