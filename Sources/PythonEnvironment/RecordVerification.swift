import Diagnostics
package import Host
package import Packaging

/// The comparison of everything that is installed with what was installed.
///
/// A file without a hash, RECORD itself above all, must be there; compiled files (`.pyc`) may be missing.
package struct RecordVerification: Sendable {
  /// Sorted by path.
  package let problems: [RecordProblem]
  /// Distributions that have no RECORD, such as those of the system's packages; sorted by name.
  package let unrecorded: [PackageName]
  /// How many files were looked at.
  package let fileCount: Int

  /// Reads the RECORD of every distribution and every file that it names, on `jobs` threads. Throws when there is no
  /// libcrypto.
  package init(of installed: InstalledDistributions, in environment: PythonEnvironment, jobs: Int)
    throws(MissingLibrary)
  {
    // Threads would have to be silent about what is missing.
    _ = try FileDigester()
    let all = installed.all
    let records = Concurrently.map(all.count, jobs: jobs, state: {}) { _, index in
      all[index].source.read("RECORD").map { RecordFile(bytes: $0) }
    }
    var files: [RecordedFile] = []
    var unrecorded: [PackageName] = []
    for (distribution, record) in zip(all, records) {
      guard let record else {
        unrecorded.append(distribution.name)
        continue
      }
      let place = RecordedPlace(distribution, environment)
      files += record.entries.map { RecordedFile(place: place, entry: $0) }
    }
    self.unrecorded = unrecorded
    fileCount = files.count
    problems = Self.compare(files, jobs: jobs)
  }

  private static func compare(_ files: [RecordedFile], jobs: Int) -> [RecordProblem] {
    // Several files a piece: handing out a piece costs about as much as hashing a small file.
    let piece = 32
    let found = Concurrently.map((files.count + piece - 1) / piece, jobs: jobs, state: { try? FileDigester() }) {
      (digester: inout FileDigester?, index: Int) -> [RecordProblem] in
      guard let digester else { return [] }
      let range = (index * piece)..<min((index + 1) * piece, files.count)
      return files[range].compactMap { $0.problem(digester) }
    }
    return found.flatMap(\.self).sorted { $0.path < $1.path }
  }
}

/// Where the files of a distribution may lie.
private final class RecordedPlace: Sendable {
  let distribution: PackageName
  let folder: SourcePath
  private let root: FileRoot
  /// The folders that they may lie in: the environment's, and the prefix of the folder.
  private let allowed: [SourcePath]

  init(_ distribution: InstalledDistribution, _ environment: PythonEnvironment) {
    self.distribution = distribution.name
    folder = distribution.location
    root = environment.root
    let prefix = folder.parent.parent.parent
    allowed = [environment.prefix.normalized, folder] + (prefix.bytes.count > 1 ? [prefix] : [])
  }

  /// The file that RECORD names, or nil when it would lie somewhere else.
  func place(of path: SourcePath) -> SourcePath? {
    let place = root.place(of: folder.appending(path)).normalized
    return allowed.contains { place.relative(to: $0) != nil } ? place : nil
  }
}

private struct RecordedFile: Sendable {
  let place: RecordedPlace
  let entry: RecordFile.Entry

  /// What is wrong with the file; nil when nothing is.
  func problem(_ digester: FileDigester) -> RecordProblem? {
    guard let path = place.place(of: entry.path) else {
      return problem(at: place.folder.appending(entry.path).normalized, .outside)
    }
    guard let written = entry.algorithm else {
      let mayBeMissing = path.nameBytes.suffix(4).elementsEqual(".pyc".utf8)
      return mayBeMissing || Files.exists(path) ? nil : problem(at: path, .missing)
    }
    guard let algorithm = Digest.Algorithm(rawValue: written) else {
      return problem(at: path, .unverifiable(hash: "\(written)=\(entry.hash)"))
    }
    let hash: [UInt8]
    do { hash = try digester.digest(of: path, algorithm) } catch {
      return problem(at: path, error.isMissing ? .missing : .unreadable(reason: error.reason))
    }
    let found = Base64.urlSafe(hash)
    let expected = entry.hash.utf8.last == UInt8(ascii: "=") ? String(entry.hash.prefix { $0 != "=" }) : entry.hash
    if found == expected { return nil }
    return problem(at: path, .changed(expected: "\(written)=\(entry.hash)", found: "\(written)=\(found)"))
  }

  private func problem(at path: SourcePath, _ kind: RecordProblem.Kind) -> RecordProblem {
    RecordProblem(distribution: place.distribution, path: path, kind: kind)
  }
}
