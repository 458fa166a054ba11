// What the supervisor hands its guard, in a file in memory: nothing of it shows in a process title.
//
//   order  = magic number(stop time-out, ms) number(terminal group) text(executable) text(folder) texts texts
//   texts  = number(count) text*          first the arguments, then NAME=value of the environment
//   text   = number(length in bytes) bytes
//   number = 8 bytes, least significant first

/// The part of a launch plan that its guard needs.
struct GuardOrder: Equatable {
  var executable: String
  var arguments: [String]
  /// `NAME=value`, sorted.
  var environment: [String]
  var workingDirectory: String
  var stopTimeout: Duration
  /// The supervisor's process group when it stands on a terminal, whose foreground the server may take over; else 0.
  var terminalGroup: Int32

  init(_ plan: LaunchPlan, terminalGroup: Int32) {
    executable = plan.executable
    arguments = plan.arguments
    environment = plan.environment.map { "\($0)=\($1)" }.sorted()
    workingDirectory = plan.workingDirectory
    stopTimeout = plan.stopTimeout
    self.terminalGroup = terminalGroup
  }

  private static let magic = Array("envtool guard order 1\n".utf8)

  /// The order as bytes.
  var encoded: [UInt8] {
    var bytes = Self.magic
    func add(_ number: Int64) { bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    func add(_ text: String) {
      add(Int64(text.utf8.count))
      bytes += text.utf8
    }
    func add(_ texts: [String]) {
      add(Int64(texts.count))
      for text in texts { add(text) }
    }
    let (seconds, attoseconds) = stopTimeout.components
    // 30 years are as good as forever, and far from an overflow.
    add(min(max(seconds, 0), 1_000_000_000) * 1000 + attoseconds / 1_000_000_000_000_000)
    add(Int64(terminalGroup))
    add(executable)
    add(workingDirectory)
    add(arguments)
    add(environment)
    return bytes
  }

  /// Reads an order; nil when the bytes are anything else.
  init?(decoding bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic) else { return nil }
    var cursor = Cursor(rest: bytes[Self.magic.count...])
    guard let milliseconds = cursor.number(), let group = cursor.number().flatMap(Int32.init(exactly:)),
      let executable = cursor.text(), let folder = cursor.text(), let arguments = cursor.texts(),
      let environment = cursor.texts(), cursor.rest.isEmpty
    else { return nil }
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    workingDirectory = folder
    stopTimeout = .milliseconds(milliseconds)
    terminalGroup = group
  }
}

private struct Cursor {
  var rest: ArraySlice<UInt8>

  mutating func number() -> Int64? {
    guard rest.count >= 8 else { return nil }
    let value = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    return Int64(bitPattern: value)
  }

  mutating func text() -> String? {
    guard let count = number(), count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return String(decoding: rest.prefix(Int(count)), as: UTF8.self)
  }

  mutating func texts() -> [String]? {
    // Each text takes 8 bytes at least, so a count beyond that is no order and must not reserve memory.
    guard let count = number(), count >= 0, count <= rest.count / 8 else { return nil }
    var result: [String] = []
    for _ in 0..<count {
      guard let text = text() else { return nil }
      result.append(text)
    }
    return result
  }
}
