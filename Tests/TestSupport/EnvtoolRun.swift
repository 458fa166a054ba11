package import Foundation

/// One run of the built envtool, from start to end.
package struct EnvtoolRun: Sendable {
  package let status: Int32
  package let output: String
  package let errors: String

  /// The repository, where fixtures/ lies.
  package static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The program that this package has built.
  package static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let program = bundle ?? URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return program.deletingLastPathComponent().appending(path: "envtool")
  }()

  /// Runs envtool in `folder` (default: fixtures/mysite) with nothing in its environment but PATH, HOME, a place for caches
  /// that cannot be made and `variables`.
  package init(_ arguments: [String], in folder: String? = nil, variables: [String: String] = [:]) async throws {
    try await self.init(
      "exec \"$0\" \"$@\"", [Self.executable.path] + arguments, in: folder, variables: variables)
  }

  /// The same for a line of shell in which `$0` is envtool and `$@` are `arguments`' rest.
  package init(
    shell line: String, in folder: String? = nil, variables: [String: String] = [:]
  ) async throws {
    try await self.init(line, [Self.executable.path], in: folder, variables: variables)
  }

  private init(_ line: String, _ words: [String], in folder: String?, variables: [String: String]) async throws {
    let (process, output, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line] + words
    process.currentDirectoryURL = folder.map { URL(filePath: $0) } ?? Self.repository.appending(path: "fixtures/mysite")
    let own = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" || $0.key == "HOME" }
    process.environment = own.merging(["XDG_CACHE_HOME": "/dev/null/none"]) { $1 }.merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    async let printed = Self.text(of: output)
    async let told = Self.text(of: errors)
    (self.output, self.errors) = try await (printed, told)
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  private static func text(of pipe: Pipe) async throws -> String {
    let handle = pipe.fileHandleForReading
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "reader").async {
        continuation.resume(with: Result { String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self) })
      }
    }
  }
}
