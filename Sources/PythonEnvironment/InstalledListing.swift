import Diagnostics
import Host
import Packaging

/// The walk over the folders of sys.path, in the order in which Python puts them there.
struct InstalledListing {
  private(set) var found: [InstalledDistribution] = []
  private(set) var findings: [Finding] = []
  private(set) var searchPath: [SourcePath] = []
  private(set) var eggLinks: Set<String> = []
  let root: FileRoot
  /// What names were found in which entry.
  private var taken: [PackageName: SourcePath] = [:]
  private var listing = FolderListing()

  init(root: FileRoot) { self.root = root }

  /// Takes in a site-packages folder and what its `.pth` files add.
  mutating func addSite(_ path: SourcePath) {
    let folder: Folder
    do { folder = try Folder(path) } catch {
      tell(path, error.description, remedy: nil)
      return
    }
    var pathFiles = add(path, folder).pathFiles
    pathFiles.sort()
    for name in pathFiles {
      let bytes: [UInt8]
      do { bytes = try folder.read(name, limit: 16 << 20) } catch {
        tell(path.appending(name), "a .pth file that cannot be read: \(error.reason)", remedy: nil)
        continue
      }
      for place in PathFile(bytes: bytes).places { add(absolute(place, in: path)) }
    }
  }

  /// Takes in a folder or an egg that stands on sys.path; one that does not exist is passed over, as Python does.
  mutating func add(_ path: SourcePath) {
    switch Files.kind(of: path) {
    case .folder:
      if let folder = try? Folder(path) { add(path, folder) }
    case .regular:
      if !searchPath.contains(path) {
        searchPath.append(path)
        addArchive(path)
      }
    case .special, .symbolicLink, nil: break
    }
  }

  private func absolute(_ place: SourcePath, in folder: SourcePath) -> SourcePath {
    let path = root.place(of: folder.appending(place)).normalized
    return root == .machine ? path : root.resolved(path) ?? path
  }

  /// The entries of a folder that matter here.
  private struct Entries {
    var metadata: [(entry: MetadataEntry, name: SourcePath)] = []
    var links: [SourcePath] = []
    var pathFiles: [SourcePath] = []
    var holdsEggInfo = false
  }

  @discardableResult
  private mutating func add(_ path: SourcePath, _ folder: Folder) -> Entries {
    var entries = Entries()
    do { try listing.read("", in: folder) } catch {
      tell(path, error.description, remedy: nil)
      return entries
    }
    let isEgg = path.nameBytes.suffix(4).elementsEqual(".egg".utf8)
    listing.forEach { name, _ in
      if let entry = MetadataEntry(name) {
        entries.metadata.append((entry, SourcePath(bytes: name)))
      } else if name.ends(with: ".pth"), name[0] != UInt8(ascii: ".") {
        entries.pathFiles.append(SourcePath(bytes: name))
      } else if name.ends(with: ".egg-link") {
        entries.links.append(SourcePath(bytes: name))
      } else if isEgg, name.elementsEqual("EGG-INFO".utf8) {
        entries.holdsEggInfo = true
      }
    }
    if searchPath.contains(path) { return entries }
    searchPath.append(path)
    if entries.holdsEggInfo { take(MetadataSource(path, folder, entry: "EGG-INFO", form: .eggInfo), named: nil) }
    for (entry, name) in entries.metadata { take(entry, name, path, folder) }
    for link in entries.links { follow(link, in: path, folder) }
    return entries
  }

  /// The first line of an `.egg-link` names the folder that a development install runs from.
  private mutating func follow(_ link: SourcePath, in path: SourcePath, _ folder: Folder) {
    eggLinks.insert(String(decoding: link.bytes.dropLast(9), as: UTF8.self))
    guard let bytes = try? folder.read(link, limit: 1 << 20), let target = PathFile(bytes: bytes).places.first else {
      tell(path.appending(link), "an .egg-link that names no folder", remedy: "remove it, or install again")
      return
    }
    let place = absolute(target, in: path)
    guard let folder = try? Folder(place), (try? listing.read("", in: folder)) != nil else {
      tell(
        path.appending(link), "the folder that it leads to, \(place), cannot be listed",
        remedy: "install it again from where it lies now, or remove the file")
      return
    }
    var metadata: [(entry: MetadataEntry, name: SourcePath)] = []
    listing.forEach { name, _ in
      if let entry = MetadataEntry(name) { metadata.append((entry, SourcePath(bytes: name))) }
    }
    for (entry, name) in metadata { take(entry, name, place, folder) }
  }

  private mutating func take(_ entry: MetadataEntry, _ name: SourcePath, _ path: SourcePath, _ folder: Folder) {
    let place = path.appending(name)
    // pip renames what it is about to remove to `~ip...`, once to `-ip...`.
    if entry.name.isEmpty || entry.name.hasPrefix("~") {
      tell(place, "left behind by an interrupted pip; it is not installed", remedy: "remove it")
      return
    }
    guard let distribution = PackageName(entry.name) else {
      tell(place, "\(Escaping.text(entry.name)) is no name of a distribution", remedy: "remove it, or install again")
      return
    }
    if let first = taken[distribution] {
      if first.parent == path {
        tell(
          place, "\(distribution) is installed twice; \(first.name) is the one that counts",
          remedy: "install it again: python -m pip install --force-reinstall \(distribution)")
      }
      return
    }
    var form = MetadataSource.Form.distInfo
    if entry.suffix == .eggInfo { form = folder.kind(of: name) == .folder ? .eggInfo : .eggInfoFile }
    let source = MetadataSource(path, folder, entry: name, form: form)
    if case .valid(let version) = entry.version {
      if !source.hasMetadata {
        let file = path.appending(source.file)
        tell(file, "an installed distribution has no readable metadata", remedy: "reinstall \(distribution)")
      }
      taken[distribution] = place
      found.append(InstalledDistribution(distribution, version, source))
    } else {
      // A dist-info folder that names no version is not asked for the name either.
      let folderName = entry.suffix == .distInfo && entry.version == .none ? nil : distribution
      take(source, named: folderName, hasInvalidVersion: entry.version == .invalid)
    }
  }

  /// Takes in what only its metadata tells the name or the version of.
  private mutating func take(_ source: MetadataSource, named folderName: PackageName?, hasInvalidVersion: Bool = false)
  {
    let file = source.location.appending(source.file)
    let remedy = "reinstall it, or remove \(source.path)"
    let identity: CoreMetadata.Identity
    do { identity = try source.identity() } catch {
      tell(file, "an installed distribution has no readable metadata: \(error.reason)", remedy: remedy)
      return
    }
    guard let name = identity.name.flatMap({ PackageName($0) }) ?? folderName, let version = identity.version else {
      tell(file, "metadata without a valid name and version", remedy: remedy)
      return
    }
    // `a-b-1.0.dist-info` is a-b, as its metadata says, and not a.
    let key = hasInvalidVersion ? name : folderName ?? name
    if taken[key] != nil { return }
    if let normal = Version(version), !hasInvalidVersion {
      taken[key] = source.path
      found.append(InstalledDistribution(name, normal.description, source))
    } else if version.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
      tell(
        hasInvalidVersion ? source.path : file,
        "\(hasInvalidVersion ? source.entry.name : version) has no version of PEP 440", remedy: "reinstall \(name)")
      taken[key] = source.path
      found.append(InstalledDistribution(name, version, hasArbitraryVersion: true, source))
    } else {
      tell(file, "\(Escaping.text(version)) is not a version (PEP 440)", remedy: "reinstall \(name)")
    }
  }

  /// An egg that is an archive says in its own name what it is.
  private mutating func addArchive(_ path: SourcePath) {
    guard path.nameBytes.suffix(4).elementsEqual(".egg".utf8) else { return }
    let parts = path.name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard let name = parts.first.flatMap({ PackageName(String($0)) }), parts.count > 1 else {
      tell(path, "an egg whose name does not say what it is", remedy: "install it again with pip")
      return
    }
    if taken[name] != nil { return }
    taken[name] = path
    let written = String(parts[1]).replacing("_", with: "-")
    let version = Version(written)
    let source = MetadataSource(path.parent, nil, entry: SourcePath(bytes: path.nameBytes), form: .archive)
    found.append(
      InstalledDistribution(
        name, version?.description ?? written, hasArbitraryVersion: version == nil, source))
  }

  private mutating func tell(_ path: SourcePath, _ message: String, remedy: String?) {
    findings.append(Finding(.warning, at: Location(path: path), message, remedy: remedy))
  }
}
