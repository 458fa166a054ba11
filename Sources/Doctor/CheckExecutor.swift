import Dispatch
import Host

/// Runs checks on threads of their own: one that never ends takes no thread from those that watch it, and one that crashes can be
/// told from the others.
final class CheckExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "checks", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in
      CrashRestart.prepareThread()
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
