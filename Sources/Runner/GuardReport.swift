/// What the guard tells the supervisor, 16 bytes each, so that a write to the pipe is never torn.
enum GuardReport: Equatable {
  /// The server runs.
  case started(pid: Int32)
  case failed(SpawnRequest.Failure)
  /// A stop from the terminal (Ctrl-Z) has reached the server.
  case stopped
  /// A process that even KILL did not end.
  case survivor(pid: Int32)
  /// Nothing is left; the last report.
  case ended(ServerEnd)

  static let size = 16

  var encoded: [UInt8] {
    let numbers: [Int32] =
      switch self {
      case .started(let pid): [1, pid, 0, 0]
      case .failed(let failure): [2, failure.stage.rawValue, failure.errno, 0]
      case .stopped: [3, 0, 0, 0]
      case .survivor(let pid): [4, pid, 0, 0]
      case .ended(let end):
        [5, end.waitStatus, end.requestedSignal, (end.killed ? 1 : 0) | (end.hadTerminal ? 2 : 0)]
      }
    return numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
  }

  /// Reads one report of `size` bytes; nil for bytes that are none.
  init?(decoding bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == Self.size else { return nil }
    let numbers = stride(from: 0, to: Self.size, by: 4).map { offset in
      var number: UInt32 = 0
      for byte in bytes[offset..<(offset + 4)].reversed() { number = number << 8 | UInt32(byte) }
      return Int32(bitPattern: number)
    }
    switch numbers[0] {
    case 1: self = .started(pid: numbers[1])
    case 2:
      guard let stage = SpawnRequest.Failure.Stage(rawValue: numbers[1]) else { return nil }
      self = .failed(SpawnRequest.Failure(stage: stage, errno: numbers[2]))
    case 3: self = .stopped
    case 4: self = .survivor(pid: numbers[1])
    case 5:
      self = .ended(
        ServerEnd(
          waitStatus: numbers[1], requestedSignal: numbers[2], killed: numbers[3] & 1 != 0,
          hadTerminal: numbers[3] & 2 != 0))
    default: return nil
    }
  }
}
