import Diagnostics
import Glibc
import Host
import Testing
import TestSupport

@Suite struct OutputWriterTests {
  init() { signal(SIGPIPE, SIG_IGN) }

  @Test func aFullDiskFailsAtTheEnd() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = OutputWriter(descriptor: descriptor, stream: "the stream")
    writer.line("lost")
    let error = #expect(throws: OutputError.self) { try writer.finish() }
    #expect(error?.code == ENOSPC)
    #expect(error?.description == "cannot write to the stream: No space left on device")
    #expect(throws: OutputError.self) { try writer.finish() }
  }

  @Test func aFailureInTheMiddleIsKept() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = OutputWriter(descriptor: descriptor, stream: "the stream")
    for _ in 0..<100 { writer.write(String(repeating: "x", count: 10_000)) }
    #expect(throws: OutputError.self) { try writer.finish() }
  }

  @Test func aClosedDescriptorFails() {
    let writer = OutputWriter(descriptor: -1, stream: "standard output")
    #expect(throws: Never.self) { try writer.finish() }
    writer.write("x")
    let error = #expect(throws: OutputError.self) { try writer.finish() }
    #expect(error?.code == EBADF)
  }

  @Test func aReaderThatLeavesIsNoFailure() throws {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let writer = OutputWriter(descriptor: ends[1], stream: "a pipe")
    for _ in 0..<20 { writer.write(String(repeating: "x", count: 10_000)) }
    try writer.finish()
  }

  /// A pipe that does not block gives EAGAIN while its reader is slow; nothing may be lost by it.
  @Test func everythingArrivesThroughANonBlockingPipe() async throws {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    for end in ends { #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
    let (source, sink) = (ends[0], ends[1])
    async let received = onOwnThread { () -> Int in
      var buffer = [UInt8](repeating: 0, count: 50_000)
      var count = 0
      while true {
        let got = read(source, &buffer, buffer.count)
        if got > 0 { count += got } else if got == 0 { return count } else { usleep(1000) }
      }
    }
    let writer = OutputWriter(descriptor: sink, stream: "a pipe")
    for _ in 0..<100 { writer.line(String(repeating: "x", count: 9_999)) }
    try writer.finish()
    close(sink)
    #expect(await received == 1_000_000)
    close(source)
  }

  @Test func tellsWhatIsBehindIt() throws {
    let folder = try TemporaryFolder()
    let descriptor = open(try folder.write("file"), O_WRONLY)
    defer { close(descriptor) }
    let writer = OutputWriter(descriptor: descriptor, stream: "a file")
    #expect(writer.isEmptyFile && !writer.isTerminal && writer.columns == nil)
    writer.write("a")
    writer.flush()
    writer.line("b")
    try writer.finish()
    #expect(try Files.text(SourcePath(folder.file("file"))) == "ab\n")
  }
}
