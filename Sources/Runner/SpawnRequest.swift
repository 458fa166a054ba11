import CPosix
import Glibc

/// A process to start: no search for the program, every signal at its default, no descriptor but those named here.
struct SpawnRequest {
  var path: String
  /// With argument 0, the name that the process shows.
  var arguments: [String]
  /// `NAME=value`, complete.
  var environment: [String]
  /// The working directory; nil for ours.
  var folder: String?
  /// Descriptors of ours that become 3, 4, ...
  var files: [Int32] = []
  /// The terminal whose foreground group the process becomes.
  var terminal: Int32?
  /// The signal that the process gets when the calling thread dies.
  var parentDeathSignal: Int32 = 0
  /// Signals that stay ignored.
  var ignoredSignals: [Int32] = []

  /// Why a process did not start.
  struct Failure: Error, Equatable {
    enum Stage: Int32 {
      case fork, files, folder, exec
    }
    let stage: Stage
    let errno: Int32
  }

  /// Starts the process as leader of a group of its own and waits until its program runs. Its pid.
  func start() throws(Failure) -> Int32 {
    var stage: Int32 = 0
    let arguments = CStrings(arguments)
    let environment = CStrings(environment)
    defer {
      arguments.free()
      environment.free()
    }
    // SAFETY: every pointer in the request outlives the call, which keeps none of them.
    let pid = path.withCString { path in
      withCString(folder) { folder in
        files.withUnsafeBufferPointer { files in
          var request = cposix_spawn_request()
          request.path = path
          request.arguments = UnsafePointer(arguments.list)
          request.environment = UnsafePointer(environment.list)
          request.folder = folder
          request.files = files.baseAddress
          request.file_count = Int32(files.count)
          request.new_group = 1
          request.terminal = terminal ?? -1
          request.parent_death_signal = parentDeathSignal
          request.ignored_signals = ignoredSignals.reduce(0) { $0 | 1 << UInt64($1 - 1) }
          return cposix_spawn(&request, &stage)
        }
      }
    }
    guard pid >= 0 else { throw Failure(stage: Failure.Stage(rawValue: stage) ?? .fork, errno: errno) }
    return pid
  }

  private func withCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }
}

/// A NULL-terminated list of C strings; whoever made it frees it.
private struct CStrings {
  let list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  let count: Int

  init(_ strings: [String]) {
    count = strings.count
    list = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { (list + index).initialize(to: strdup(string)) }
    (list + count).initialize(to: nil)
  }

  func free() {
    for index in 0..<count { Glibc.free(list[index]) }
    list.deallocate()
  }
}
