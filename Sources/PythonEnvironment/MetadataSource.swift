import Diagnostics
import Host
import Packaging
import Synchronization

/// Where the metadata of one installed distribution lies, and what was read of it.
final class MetadataSource: Sendable {
  enum Form {
    /// `x.dist-info/METADATA`
    case distInfo
    /// `x.egg-info/PKG-INFO`; also `EGG-INFO/PKG-INFO` in an egg.
    case eggInfo
    /// `x.egg-info` is the file itself.
    case eggInfoFile
    /// An egg in one file: what is in it is not read.
    case archive
  }

  /// The folder on sys.path.
  let location: SourcePath
  /// `location`, open.
  private let folder: Folder?
  /// The folder or file below it.
  let entry: SourcePath
  let form: Form
  /// The longest headers seen are a hundredth of this; what goes on longer is no metadata, and would be read for minutes.
  private static let mostHeaders = 4 << 20
  private let whole = Mutex<Result<CoreMetadata, FileError>?>(nil)

  init(_ location: SourcePath, _ folder: Folder?, entry: SourcePath, form: Form) {
    self.location = location
    self.folder = folder
    self.entry = entry
    self.form = form
  }

  var path: SourcePath { location.appending(entry) }

  /// The file that holds the name, below `location`.
  var file: SourcePath {
    switch form {
    case .distInfo: entry.appending("METADATA")
    case .eggInfo: entry.appending("PKG-INFO")
    case .eggInfoFile, .archive: entry
    }
  }

  /// A file beside the metadata; nil when there is none, or none that can be read.
  func read(_ name: SourcePath) -> [UInt8]? {
    form == .eggInfoFile ? nil : try? folder?.read(entry.appending(name), limit: 64 << 20)
  }

  var hasMetadata: Bool { folder?.kind(of: file) == .regular }

  /// The headers; read once.
  func metadata() throws(FileError) -> CoreMetadata {
    if let known = whole.withLock({ $0 }) { return try known.get() }
    let result: Result<CoreMetadata, FileError>
    do throws(FileError) {
      let bytes = try folder?.read(file, limit: Self.mostHeaders) { CoreMetadata.holdsAllHeaders($0) }
      var metadata = CoreMetadata(headers: bytes ?? [])
      if form == .eggInfo, let text = read("requires.txt") { metadata.add(EggRequirements(bytes: text)) }
      result = .success(metadata)
    } catch {
      result = .failure(error)
    }
    whole.withLock { $0 = result }
    return try result.get()
  }

  /// Name and version as METADATA writes them: at its very beginning, so that mostly one short read tells.
  func identity() throws(FileError) -> CoreMetadata.Identity {
    if let known = whole.withLock({ $0 }) { return try known.get().identity }
    let start = try folder?.read(file, limit: Self.mostHeaders, chunk: 1024) {
      CoreMetadata.Identity(beginning: $0) != nil
    }
    guard let start else { return CoreMetadata.Identity(name: nil, version: nil) }
    return CoreMetadata.Identity(beginning: start) ?? CoreMetadata(headers: start).identity
  }
}
