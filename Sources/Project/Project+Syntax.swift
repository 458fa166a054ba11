package import Diagnostics
import Host
import PythonSource

extension Project {
  /// For each source that a Python of `version` refuses the first place where it does, sorted by path; those of which that
  /// cannot be told; and how many there are. `isGuess` where nothing of the project names that version. What is no source of the project's own is left out: test data, templates of sources.
  package func syntaxErrors(
    inPython version: (major: Int, minor: Int), isGuess: Bool = false
  ) -> (errors: [Finding], untold: [Finding], count: Int) {
    let files = tree.sources.filter { !$0.isMaterial }
    let found = Concurrently.map(files.count, jobs: jobs, state: {}) { [root] _, index -> Finding? in
      // A file that cannot be read has been told of when its imports were.
      guard let bytes = try? Files.read(root.appending(files[index]), limit: SourceReader.sizeLimit) else { return nil }
      if let name = SourceEncoding.undecodedName(in: bytes) {
        return Finding(.note, at: Location(path: files[index], line: 1), "\(Escaping.text(name)) is not decoded here")
      }
      guard let error = Self.firstError(bytes, version, isGuess) else { return nil }
      return Finding(
        .error, at: Location(path: files[index], line: error.line, column: error.column), error.message)
    }
    let findings = found.compactMap(\.self)
    return (findings.filter { $0.severity == .error }, findings.filter { $0.severity != .error }, files.count)
  }

  private static func firstError(
    _ bytes: [UInt8], _ version: (major: Int, minor: Int), _ isGuess: Bool
  ) -> PythonSyntaxError? {
    let tree = PythonTree(bytes)
    let error = tree.firstError(inPython: version, isGuess: isGuess)
    guard let undecoded = tree.encodingError(of: bytes) else { return error }
    return error.map { $0.line < undecoded.line ? $0 : undecoded } ?? undecoded
  }
}

extension SourcePath {
  /// Whether a Python file is there to be copied or read, not to be imported: below a folder of templates or of test data.
  package var isMaterial: Bool {
    let folders = components.dropLast()
    let isTest = folders.contains { $0 == "tests" || $0 == "test" }
    return folders.contains { folder in
      folder == "templates" || folder.hasSuffix("_template") || folder.hasSuffix("_templates") || folder.contains("{{")
        || isTest && ["data", "testdata", "test_data", "fixtures", "samples"].contains(folder)
    }
  }
}
