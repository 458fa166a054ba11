import CPosix
package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// The outside world as one value: what is not given here is not reached.
///
/// Files are read through `Files` with the paths found here; a test that needs others makes them in a temporary folder.
package struct Host: Sendable {
  /// The environment variables.
  package var environment: [String: String]
  /// The folder that relative paths start from.
  package var folder: SourcePath

  package init(environment: [String: String], folder: SourcePath) {
    self.environment = environment
    self.folder = folder
  }

  /// This process's own environment and folder.
  package static func live() -> Host {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      // SAFETY: each entry ends with a NUL, and stays where it is while this runs.
      let pair = UnsafeRawBufferPointer(start: text, count: strlen(text))
      if let equals = pair.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(decoding: pair[..<equals], as: UTF8.self)
        variables[name] = String(decoding: pair[(equals + 1)...], as: UTF8.self)
      }
      entry += 1
    }
    return Host(environment: variables, folder: Files.currentFolder())
  }

  /// The value of an environment variable; nil when it is unset or empty.
  package func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A path as the user wrote it, made absolute.
  package func absolute(_ path: SourcePath) -> SourcePath { folder.appending(path).normalized }

  /// The first executable file of that name on PATH, absolute.
  package func executable(named name: String) -> SourcePath? {
    for part in (variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let candidate = folder.appending(String(part)).appending(name)
      if Files.kind(of: candidate) == .regular, Files.isAccessible(candidate, X_OK) { return candidate }
    }
    return nil
  }

  /// Makes large pieces of memory go back to the system when they are freed, so that what a scan's tables leave behind
  /// while they grow does not add up.
  package static func giveBackLargeMemory() { cposix_give_back_large_memory() }

  /// Makes this process fit to write checked output: a reader that leaves gives EPIPE and no signal, a limit of file
  /// sizes EFBIG, and a standard stream that came closed cannot be taken by the next file opened (writing to it still
  /// fails).
  package static func prepareStandardStreams() {
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
