import CPosix

#if canImport(Glibc)
  import Glibc
#endif

/// Starts this program again, with the same arguments, when it crashes.
package enum CrashRestart {
  /// From now on a crash starts the program again with `variable` set to `value` in its environment, once more for each
  /// call. What is given to the system is not freed: a crash may come at any time.
  package static func arm(_ variable: String, _ value: String) {
    var environment: [UnsafeMutablePointer<CChar>?] = []
    var entry = environ
    while let text = entry.pointee {
      if strncmp(text, "\(variable)=", variable.utf8.count + 1) != 0 { environment.append(text) }
      entry += 1
    }
    environment.append(strdup("\(variable)=\(value)"))
    environment.append(nil)
    let kept = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: environment.count)
    kept.initialize(from: environment, count: environment.count)
    cposix_on_crash_run(strdup("/proc/self/exe"), CommandLine.unsafeArgv, kept)
  }

  /// From now on a crash ends the process as usual.
  package static func disarm() { cposix_on_crash_run(nil, nil, nil) }

  /// Makes the calling thread able to tell of a stack that overflows.
  package static func prepareThread() { cposix_use_signal_stack() }
}
