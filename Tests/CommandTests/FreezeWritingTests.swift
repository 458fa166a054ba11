import Diagnostics
import Foundation
import Glibc
import Host
import TestSupport
import Testing

/// `freeze -o FILE`: whatever happens, the file is the old or the new one, whole.
@Suite struct FreezeWritingTests {
  private static let old = String(repeating: "# what was locked before\n", count: 40)
  private let folder: TemporaryFolder

  /// An environment of 300 distributions, so that a lock is some kilobytes long.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".venv/bin/python3")
    try folder.write(".venv/pyvenv.cfg", "home = /nowhere/bin\nversion = 3.12.1\n")
    for number in 0..<300 {
      let name = "package_with_a_long_name_\(number)"
      try folder.write(
        ".venv/lib/python3.12/site-packages/\(name)-1.\(number).dist-info/METADATA",
        "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.\(number)\n")
    }
  }

  private func shell(_ line: String) async throws -> EnvtoolRun { try await EnvtoolRun(shell: line, in: folder.path) }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.file(name), encoding: .utf8) }

  /// The lock that a run which nothing disturbs writes.
  private func new() async throws -> String {
    let run = try await shell("\"$0\" freeze --all --quiet")
    try #require(run.status == 0 && run.output.count > 10_000)
    return run.output
  }

  @Test func killedAt200Moments() async throws {
    let new = try await new()
    let start = ContinuousClock.now
    #expect(try await shell("\"$0\" freeze --all -o requirements.lock").status == 0)
    let whole = ContinuousClock.now - start
    var ends = [0, 0]
    for _ in 0..<200 {
      try folder.write("requirements.lock", Self.old)
      let process = Process()
      process.executableURL = EnvtoolRun.executable
      process.arguments = ["freeze", "--all", "-o", "requirements.lock", "--quiet"]
      process.currentDirectoryURL = URL(filePath: folder.path)
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 0...UInt32(max(1, whole / .microseconds(1)))))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let found = try text("requirements.lock")
      #expect(found == Self.old || found == new)
      ends[found == new ? 1 : 0] += 1
    }
    // Moments before and after the renaming were both hit.
    #expect(ends[0] > 0)
    print("killed at 200 moments: \(ends[0]) times the old lock, \(ends[1]) times the new one")
    // A file that was being written may be left; it hides and does not stand in the way of the next run.
    #expect(try await shell("\"$0\" freeze --all -o requirements.lock").status == 0)
    #expect(try text("requirements.lock") == new)
  }

  /// Whether a folder can be mounted that no other process sees.
  private static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c", "folder=$(mktemp -d); unshare --mount mount -t tmpfs tmpfs $folder; end=$?; rmdir $folder; exit $end",
    ]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: canMount, "no right to mount a small disk")) func aFullDiskKeepsTheOldLock() async throws {
    let run = try await shell(
      """
      mkdir disk; unshare --mount bash -c '
        mount -t tmpfs -o size=8k tmpfs disk
        echo old > disk/requirements.lock
        "$0" freeze --all -o disk/requirements.lock; echo "status $?"; cat disk/requirements.lock; ls -A disk' "$0"
      """)
    #expect(run.output == "status 3\nold\nrequirements.lock\n")
    #expect(run.errors.contains("error: cannot write disk/requirements.lock: No space left on device"))
    #expect(run.errors.contains("hint: the old file, if there was one, is as it was"))
  }

  @Test(.enabled(if: canMount, "no right to mount a folder")) func aReadOnlyFolderKeepsTheOldLock() async throws {
    let run = try await shell(
      """
      mkdir disk; echo old > disk/requirements.lock; unshare --mount bash -c '
        mount --bind -o ro disk disk && mount -o remount,ro,bind disk
        "$0" freeze --all -o disk/requirements.lock; echo "status $?"; cat disk/requirements.lock; ls -A disk' "$0"
      """)
    #expect(run.output == "status 3\nold\nrequirements.lock\n")
    #expect(run.errors.contains("error: cannot write disk/requirements.lock: Read-only file system"))
  }

  @Test func aLimitOfFileSizesKeepsTheOldLock() async throws {
    let run = try await shell(
      "echo old > requirements.lock; ulimit -f 4; \"$0\" freeze --all -o requirements.lock; echo \"status $?\"; cat *.lock"
    )
    #expect(run.output == "status 3\nold\n")
    #expect(run.errors.contains("error: cannot write requirements.lock: File too large"))
  }

  @Test func aLinkStaysALink() async throws {
    let new = try await new()
    try folder.write("locks/real.lock", Self.old)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("requirements.lock"), withDestinationPath: "locks/real.lock")
    #expect(try await shell("\"$0\" freeze --all -o requirements.lock").status == 0)
    #expect(try text("locks/real.lock") == new)
    #expect(Files.kind(of: SourcePath(folder.file("requirements.lock")), followingLinks: false) == .symbolicLink)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("locks")) == ["real.lock"])
  }

  @Test func twoWritersLeaveOneWholeLock() async throws {
    let new = try await new()
    let run = try await shell(
      """
      for turn in $(seq 20); do
        "$0" freeze --all -o requirements.lock & "$0" freeze --all --no-annotate -o requirements.lock & wait
      done
      ls -A | grep -c lock
      """)
    #expect(run.output == "1\n")
    #expect(try text("requirements.lock") == new)
  }
}
