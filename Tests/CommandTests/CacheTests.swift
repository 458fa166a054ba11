import Foundation
import TestSupport
import Testing

/// `envtool scan` twice, as processes.
@Suite struct CacheTests {
  private static func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for number in 0..<40 { try folder.write("app/m\(number).py", "import yaml, redis\nfrom app import m1\n") }
    try folder.write("app/__init__.py")
    try folder.write("settings.py", "INSTALLED_APPS = ['rest_framework']\nSECRET_KEY = 'x'\n")
    try folder.write("Procfile", "web: gunicorn app\n")
    return folder
  }

  private static var hasStrace: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") }

  @Test(.enabled(if: hasStrace, "strace is not installed")) func theSecondRunReadsNoSource() async throws {
    let (folder, caches) = (try Self.project(), try TemporaryFolder())
    let variables = ["XDG_CACHE_HOME": caches.path]
    // Files as young as these are read again.
    try await Task.sleep(for: .milliseconds(2200))
    let trace = caches.file("trace")
    let line = "exec strace -f -e trace=openat -o \(trace) \"$0\" scan --format json \(folder.path)"
    func opened() throws -> [String] {
      try String(contentsOf: URL(filePath: trace), encoding: .utf8).split(separator: "\n").map(String.init)
        .filter { $0.contains(".py\"") || $0.contains("Procfile\"") }
    }
    let plain = try await EnvtoolRun(["scan", "--format", "json", "--no-cache", folder.path], variables: variables)
    #expect(!FileManager.default.fileExists(atPath: caches.file("envtool")))
    let first = try await EnvtoolRun(shell: line, variables: variables)
    #expect(first.output == plain.output)
    #expect(try opened().count > 40)
    let second = try await EnvtoolRun(shell: line, variables: variables)
    #expect(second.output == plain.output)
    #expect(try opened() == [])
    // One file has changed: it alone and what is no plain source are read.
    try folder.write("app/m7.py", "import requests\n")
    let third = try await EnvtoolRun(shell: line, variables: variables)
    #expect(third.output.contains("requests"))
    #expect(try opened().filter { $0.contains("app/") }.count == 1)
  }

  /// Many at once read and write one file; whatever they meet, each tells the truth.
  @Test func severalAtOnce() async throws {
    let (folder, caches) = (try Self.project(), try TemporaryFolder())
    let expected = try await EnvtoolRun(["scan", "--no-cache", folder.path, "--quiet"]).output
    try await Task.sleep(for: .milliseconds(2200))
    let line = """
      for round in $(seq 50); do
        test $((round % 5)) = 0 && rm -rf "$XDG_CACHE_HOME/envtool"
        "$0" scan --quiet \(folder.path) & "$0" scan --quiet \(folder.path) & wait
      done | sort | uniq -c
      """
    let run = try await EnvtoolRun(shell: line, variables: ["XDG_CACHE_HOME": caches.path])
    let counts = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(counts.map { $0[1] } == expected.split(separator: "\n").map(String.init).sorted())
    #expect(counts.allSatisfy { $0[0] == "100" })
    #expect(run.errors == "")
    let names = try FileManager.default.contentsOfDirectory(atPath: caches.file("envtool"))
    #expect(names.count == 1)
  }

  /// Killed at any time, it leaves nothing that misleads the next run.
  @Test func killedWhileItWrites() async throws {
    let (folder, caches) = (try Self.project(), try TemporaryFolder())
    for number in 0..<300 {
      try folder.write("big/m\(number).py", (0..<50).map { "import name\($0)\n" }.joined())
    }
    let variables = ["XDG_CACHE_HOME": caches.path]
    let expected = try await EnvtoolRun(["scan", "--no-cache", folder.path, "--quiet"]).output
    let line = """
      for delay in $(seq 1 40); do
        "$0" scan --quiet \(folder.path) >/dev/null 2>&1 & process=$!
        sleep $(printf '0.%03d' $delay); kill -9 $process 2>/dev/null; wait $process 2>/dev/null
        "$0" scan --quiet \(folder.path) 2>/dev/null
        test $((delay % 3)) = 0 && rm -f "$XDG_CACHE_HOME"/envtool/scan-*
      done | sort | uniq -c
      """
    let run = try await EnvtoolRun(shell: line, variables: variables)
    let counts = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(counts.map { $0[1] } == expected.split(separator: "\n").map(String.init).sorted())
    #expect(counts.allSatisfy { $0[0] == "40" })
  }

  @Test func aCacheThatCannotBeWrittenIsQuiet() async throws {
    let folder = try Self.project()
    for variables in [["XDG_CACHE_HOME": "/proc/none"], ["XDG_CACHE_HOME": "", "HOME": ""]] {
      let run = try await EnvtoolRun(["scan", "--quiet", folder.path], variables: variables)
      #expect(run.errors == "")
      #expect(run.output.contains("pyyaml\n"))
      #expect(run.status == 0)
    }
  }
}
