import Diagnostics
import Host
import Packaging

#if canImport(Glibc)
  import Glibc
#endif

/// `envtool dev packaging`, not shown in the help: answers questions about versions, requirements and markers for oracle
/// tests.
///
/// Reads lines `operation TAB argument...` on stdin and prints an answer a line: `version` the normal form or `invalid`;
/// `compare` -1, 0 or 1; `specifier` valid or invalid; `contains` and `contains-final` (specifiers, version) 1 or 0;
/// `requirement` and `marker-parse` the normal form or `invalid`; `marker` (marker, environment as JSON) 1, 0 or `error`;
/// `name` the normal form; `wheel` (a file's name) what its name says.
struct DevPackaging {
  private var answers: [UInt8] = []
  /// The environments read last.
  private var known: [ReadEnvironment] = []

  static func run(in session: Session) throws -> Int32 {
    var command = DevPackaging()
    var pending: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      pending += block[..<count]
      pending.removeFirst(command.answer(pending.span, isLast: false))
      session.output.write(command.answers)
      command.answers.removeAll(keepingCapacity: true)
    }
    _ = command.answer(pending.span, isLast: true)
    session.output.write(command.answers)
    return ExitStatus.fine
  }

  /// Answers whole lines; the count of bytes that they took. The last line may lack its end.
  private mutating func answer(_ lines: Span<UInt8>, isLast: Bool) -> Int {
    var start = 0
    var (fieldStart, fields) = (0, [Range<Int>]())
    for index in 0..<lines.count {
      let byte = lines[index]
      if byte > UInt8(ascii: "\n") || (byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t")) { continue }
      fields.append(fieldStart..<index)
      fieldStart = index + 1
      if byte == UInt8(ascii: "\t") { continue }
      answer(lines, fields)
      fields.removeAll(keepingCapacity: true)
      start = index + 1
    }
    if isLast, start < lines.count {
      fields.append(fieldStart..<lines.count)
      answer(lines, fields)
    }
    return start
  }

  private mutating func answer(_ lines: Span<UInt8>, _ fields: [Range<Int>]) {
    let operation = Operation(lines.extracting(fields[0]))
    let first = lines.extracting(fields.count > 1 ? fields[1] : 0..<0)
    let second = lines.extracting(fields.count > 2 ? fields[2] : 0..<0)
    switch operation {
    case .version: give(Version(parsing: first)) { $0.write(to: &$1) }
    case .compare: give(compare(first, second))
    case .specifier: give(SpecifierSet(parsing: first) == nil ? "invalid" : "valid")
    case .contains, .containsFinal: give(contains(first, second))
    case .requirement: give(try? Requirement(parsing: first)) { $0.write(to: &$1) }
    case .markerParse: give(try? Marker(parsing: first)) { $0.write(to: &$1) }
    case .marker: give(evaluate(first, second))
    case .name: give(PackageName.normalize(text(first)))
    case .wheel: give(wheel(text(first)))
    case nil: give("unknown operation")
    }
    answers.append(UInt8(ascii: "\n"))
  }

  private mutating func give(_ text: String) { answers.append(contentsOf: text.utf8) }

  private mutating func give<Value>(_ value: Value?, _ write: (Value, inout [UInt8]) -> Void) {
    if let value { write(value, &answers) } else { give("invalid") }
  }

  private func text(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  private func compare(_ first: Span<UInt8>, _ second: Span<UInt8>) -> String {
    guard let left = Version(parsing: first), let right = Version(parsing: second) else { return "invalid" }
    return left == right ? "0" : left < right ? "-1" : "1"
  }

  /// A single version has no other beside it, so that a pre-release is never left out.
  private func contains(_ specifiers: Span<UInt8>, _ version: Span<UInt8>) -> String {
    guard let set = SpecifierSet(parsing: specifiers) else { return "invalid" }
    return set.contains(parsing: version, prereleases: true) ? "1" : "0"
  }

  private mutating func evaluate(_ marker: Span<UInt8>, _ environment: Span<UInt8>) -> String {
    let read = self.environment(environment)
    guard let environment = read.environment, let marker = try? Marker(parsing: marker),
      let holds = try? marker.evaluateStrictly(in: environment, extra: read.extra)
    else { return "error" }
    return holds ? "1" : "0"
  }

  /// Reads a JSON object, or finds it among those read last.
  private mutating func environment(_ json: Span<UInt8>) -> ReadEnvironment {
    for entry in known {
      let text = entry.text
      if isEqual(text.span, json) { return entry }
    }
    if known.count == 8 { known.removeFirst() }
    let entry = ReadEnvironment(Array(text(json).utf8))
    known.append(entry)
    return entry
  }

  private func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    if left.count != right.count { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }

  private func wheel(_ name: String) -> String { WheelName(name)?.description ?? "invalid" }
}

/// A JSON object and what it says; a class, so that it is found without being copied.
private final class ReadEnvironment {
  let text: [UInt8]
  let environment: MarkerEnvironment?
  let extra: String

  init(_ text: [UInt8]) {
    self.text = text
    let value = MarkerEnvironment.reading(json: text)
    environment = value?.environment
    extra = value?.extra ?? ""
  }
}

private enum Operation: CaseIterable {
  case version
  case compare
  case specifier
  case contains
  case containsFinal
  case requirement
  case markerParse
  case marker
  case name
  case wheel

  private var word: StaticString {
    switch self {
    case .version: "version"
    case .compare: "compare"
    case .specifier: "specifier"
    case .contains: "contains"
    case .containsFinal: "contains-final"
    case .requirement: "requirement"
    case .markerParse: "marker-parse"
    case .marker: "marker"
    case .name: "name"
    case .wheel: "wheel"
    }
  }

  init?(_ word: Span<UInt8>) {
    for operation in Operation.allCases where operation.isNamed(word) {
      self = operation
      return
    }
    return nil
  }

  private func isNamed(_ bytes: Span<UInt8>) -> Bool {
    let word = word
    guard word.utf8CodeUnitCount == bytes.count else { return false }
    return word.withUTF8Buffer { wanted in
      for index in 0..<bytes.count where bytes[index] != wanted[index] { return false }
      return true
    }
  }
}
