import Dispatch
import Host

/// Runs one check on a thread of its own: when it never ends it takes no thread from those that watch it, and when it crashes
/// that can be told.
final class CheckExecutor: TaskExecutor {
  // Of a serial queue, which gets a thread even when every core is busy; a concurrent one waits for a core.
  private let queue = DispatchQueue(label: "check")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in
      CrashRestart.prepareThread()
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
