import Glibc
import Host

/// Kills the processes that a killed guard has left to the supervisor, its subreaper.
struct OrphanSweep {
  /// Descendants that are none of the server's.
  let strangers: Set<ProcessEntry.Identity>

  /// Returns when none is left, at most 3 s later; the pids of those that would not die.
  func run() -> [Int32] {
    let deadline = Deadline.after(.seconds(3))
    // One reading can miss a process whose parent ends just then, so two must agree.
    var empty = 0
    var left: [Int32] = []
    while empty < 2 {
      let descendants = ProcessTree().descendants(of: getpid())
      // A stranger's children are no orphans of the guard.
      let spared = strangers.isEmpty ? [] : strangersTrees(descendants)
      let orphans = descendants.filter { !spared.contains($0.pid) }
      for orphan in orphans {
        // ESRCH and zombies need nothing; whom we may not signal is named at the end.
        if !orphan.isZombie { _ = orphan.send(SIGKILL) }
        // Only our own children can be waited for, and only they stay zombies.
        if orphan.parent == getpid() { waitpid(orphan.pid, nil, WNOHANG) }
      }
      left = orphans.filter { !$0.isZombie }.map(\.pid)
      empty = orphans.isEmpty ? empty + 1 : 0
      if deadline.hasPassed { return left }
      if !orphans.isEmpty { _ = Descriptor.poll([Int32](), milliseconds: 10) }
    }
    return []
  }

  private func strangersTrees(_ descendants: [ProcessEntry]) -> Set<Int32> {
    var spared: Set<Int32> = []
    for entry in descendants where strangers.contains(entry.identity) || spared.contains(entry.parent) {
      spared.insert(entry.pid)
    }
    return spared
  }
}
