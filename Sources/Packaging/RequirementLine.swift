/// A requirement as a requirements file gives it: from an index, from a URL or from a path, with pip's options.
package struct RequirementLine: Sendable {
  package enum Source: Hashable, Sendable {
    case index
    /// A URL with its scheme, or what stands behind `NAME @`.
    case url(CredentialText)
    /// Without extras; it starts at the folder that pip runs in.
    case path(String)
  }

  /// Where text is no requirement: 0-based, in Unicode scalars.
  struct Failure: Error {
    let reason: RequirementsFileProblem.Reason
    let offset: Int
  }

  /// As written, variables replaced.
  package let text: CredentialText
  /// Name, extras, versions and marker; nil when the text gives no name. A URL in it is without credentials.
  package let requirement: Requirement?
  /// Those behind a path or in `#egg=`, or of the requirement.
  package let extras: [String]
  package let marker: Marker?
  package let source: Source
  package let isEditable: Bool
  package internal(set) var hashes: [ArtifactHash] = []
  /// `KEY=VALUE`
  package internal(set) var configSettings: [CredentialText] = []
  package internal(set) var globalOptions: [CredentialText] = []

  /// The requirement when a name has been found for it elsewhere.
  package func requirement(named name: PackageName) -> Requirement {
    if let requirement { return requirement }
    var location: String?
    if case .url(let url) = source { location = url.withoutCredentials }
    return Requirement(name: name, extras: extras, url: location, marker: marker)
  }

  /// The folder below the URL that holds the project: `#subdirectory=`.
  package var subdirectory: String? {
    guard case .url(let url) = source else { return nil }
    return RequirementURL(url.revealed).fragment("subdirectory")
  }

  // MARK: - Reading

  init(_ text: String) throws(Failure) {
    self.text = CredentialText(text)
    isEditable = false
    let isURL = RequirementURL(text).isKnown
    let (head, marker, markerOffset) = Self.splitMarker(text, isURL: isURL)
    let isPath = !isURL && Self.namesPath(head)
    if !isURL && !isPath {
      let requirement = try Self.requirement(head, marker, markerOffset)
      let url = requirement.url.map(CredentialText.init)
      source = url.map(Source.url) ?? .index
      self.requirement = requirement.withoutCredentials
      extras = requirement.extras
      self.marker = requirement.marker
      return
    }
    self.marker = try Self.marker(marker, markerOffset)
    let (path, pathExtras) = isPath ? Self.splitExtras(head) : (head, "")
    source = isPath ? .path(path) : .url(CredentialText(head))
    let named = try Self.nameWithin(path, isPath: isPath)
    // What the name lacks, the path gives: `./a-1.0-py3-none-any.whl[x]`.
    let outer = try Self.requirement("x\(pathExtras)", nil, 0).extras
    extras = Set((named?.extras ?? []) + outer).sorted()
    requirement = named.map { [marker = self.marker, extras] named in
      Requirement(
        name: named.name, extras: extras, specifiers: isPath ? named.specifiers : SpecifierSet(),
        url: isPath ? nil : CredentialText(head).withoutCredentials, marker: marker)
    }
  }

  /// Reads what stands behind `-e`.
  init(editable text: String) throws(Failure) {
    self.text = CredentialText(text)
    isEditable = true
    if let requirement = try? Requirement(parsing: text), let written = requirement.url {
      let url = RequirementURL(written)
      guard url.isRepository || url.scheme == "file" || url.scheme == nil else {
        throw Failure(reason: .editable, offset: 0)
      }
      source = .url(CredentialText(written))
      self.requirement = requirement.withoutCredentials
      extras = requirement.extras
      marker = requirement.marker
      return
    }
    marker = nil
    let url = RequirementURL(text).withRepositoryPrefix
    let (path, pathExtras) = Self.splitExtras(text)
    guard url.isRepository || url.scheme == "file" else {
      if url.text.utf8.contains(sequence: "://") || url.beginsLikeRepository {
        throw Failure(reason: .editable, offset: 0)
      }
      source = .path(path)
      extras = try Self.requirement("x\(pathExtras)", nil, 0).extras
      requirement = nil
      return
    }
    source = .url(CredentialText(url.text))
    let named = try Self.nameWithin(url.text, isPath: false)
    extras = named?.extras ?? []
    requirement = named.map { named in
      Requirement(name: named.name, extras: named.extras, url: CredentialText(url.text).withoutCredentials)
    }
  }
}
