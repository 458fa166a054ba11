import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Output that did not arrive: a full disk, a closed stream.
package struct OutputError: Error, Sendable, CustomStringConvertible {
  /// `standard output`, or the stream's own name.
  package let stream: String
  /// As in errno(3).
  package let code: Int32

  package var description: String { "cannot write to \(stream): \(String(cString: strerror(code)))" }
}

/// The checked writer that everything on stdout and stderr goes through.
///
/// Text is collected and written in large pieces; `finish` tells whether all of it arrived. When the reader of a pipe
/// has left, the rest is dropped in silence: that is no failure.
package final class OutputWriter: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var failure: Int32?
  }

  private let descriptor: Int32
  private let stream: String
  private let state = Mutex(State())

  package init(descriptor: Int32, stream: String) {
    self.descriptor = descriptor
    self.stream = stream
  }

  package static func standardOutput() -> OutputWriter {
    OutputWriter(descriptor: STDOUT_FILENO, stream: "standard output")
  }
  package static func standardError() -> OutputWriter {
    OutputWriter(descriptor: STDERR_FILENO, stream: "standard error")
  }

  /// Whether a person reads this.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether an empty file is behind the stream, as after `>`.
  package var isEmptyFile: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
  }

  /// The width of the terminal in columns; nil when this is none.
  package var columns: Int? {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package func write(_ text: String) {
    state.withLock { state in
      state.pending.append(contentsOf: text.utf8)
      if state.pending.count >= 65536 { flush(&state) }
    }
  }

  package func write(_ bytes: [UInt8]) {
    state.withLock { state in
      state.pending += bytes
      if state.pending.count >= 65536 { flush(&state) }
    }
  }

  /// `write` with a line end behind it.
  package func line(_ text: String) { write("\(text)\n") }

  /// Writes what was collected. A failure is kept for `finish`.
  package func flush() { state.withLock { flush(&$0) } }

  /// Writes what was collected and throws when anything since the start did not arrive.
  package func finish() throws(OutputError) {
    let failure = state.withLock { state in
      flush(&state)
      return state.failure
    }
    if let failure, failure != EPIPE { throw OutputError(stream: stream, code: failure) }
  }

  private func flush(_ state: inout State) {
    if state.failure == nil, !state.pending.isEmpty {
      let code = Files.writeAll(state.pending, to: descriptor)
      if code != 0 { state.failure = code }
    }
    state.pending.removeAll(keepingCapacity: true)
  }
}
