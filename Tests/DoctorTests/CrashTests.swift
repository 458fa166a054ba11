import Foundation
import TestSupport
import Testing

@Suite struct CrashTests {
  @Test func aCheckThatCrashesCostsOnlyItself() throws {
    let folder = try TemporaryFolder()
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: Bundle.program(named: "doctor-probe"))
    process.arguments = [folder.path]
    // The reports of Swift's own crash reporter take seconds.
    process.environment = ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(
      text == "abort unknown crash\nfine ok \noverflow unknown crash\ntrap unknown crash\n")
  }
}
