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
  /// The environment read last, with its text.
  private var known: (text: [UInt8], value: (environment: MarkerEnvironment, extra: String)?) = ([], nil)

  static func run(in session: Session) throws -> Int32 {
    var command = DevPackaging()
    var pending: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(STDIN_FILENO, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      pending += block[..<count]
      guard let last = pending[(pending.count - count)...].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      command.answer(pending[...last])
      pending.removeSubrange(...last)
      session.output.write(command.answers)
      command.answers.removeAll(keepingCapacity: true)
    }
    command.answer(pending[...])
    session.output.write(command.answers)
    return ExitStatus.fine
  }

  private mutating func answer(_ lines: ArraySlice<UInt8>) {
    var start = lines.startIndex
    while start < lines.endIndex {
      let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.endIndex
      answer(line: lines[start..<end])
      answers.append(UInt8(ascii: "\n"))
      start = end + 1
    }
  }

  private mutating func answer(line: ArraySlice<UInt8>) {
    let tab = UInt8(ascii: "\t")
    let operationEnd = line.firstIndex(of: tab) ?? line.endIndex
    let first = line[operationEnd...].dropFirst()
    let firstEnd = first.firstIndex(of: tab) ?? first.endIndex
    let second = first[firstEnd...].dropFirst()
    answer(
      to: String(decoding: line[..<operationEnd], as: UTF8.self), first[..<firstEnd],
      second.prefix { $0 != tab })
  }

  private mutating func answer(to operation: String, _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) {
    switch operation {
    case "version": give(Version(parsing: first.span)?.description ?? "invalid")
    case "compare": give(compare(first, second))
    case "specifier": give(SpecifierSet(parsing: first.span) == nil ? "invalid" : "valid")
    case "contains", "contains-final": give(contains(first, second))
    case "requirement": give((try? Requirement(parsing: first.span))?.description ?? "invalid")
    case "marker-parse": give((try? Marker(parsing: first.span))?.description ?? "invalid")
    case "marker": give(evaluate(first, second))
    case "name": give(PackageName.normalize(String(decoding: first, as: UTF8.self)))
    case "wheel": give(wheel(first))
    default: give("unknown operation")
    }
  }

  private mutating func give(_ text: String) { answers.append(contentsOf: text.utf8) }

  private func compare(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> String {
    guard let left = Version(parsing: first.span), let right = Version(parsing: second.span) else { return "invalid" }
    return left == right ? "0" : left < right ? "-1" : "1"
  }

  /// A single version has no other beside it, so that a pre-release is never left out.
  private func contains(_ specifiers: ArraySlice<UInt8>, _ version: ArraySlice<UInt8>) -> String {
    guard let set = SpecifierSet(parsing: specifiers.span) else { return "invalid" }
    return set.contains(parsing: version.span, prereleases: true) ? "1" : "0"
  }

  private mutating func evaluate(_ marker: ArraySlice<UInt8>, _ environment: ArraySlice<UInt8>) -> String {
    if !known.text.elementsEqual(environment) {
      known = (Array(environment), MarkerEnvironment.reading(json: environment.span))
    }
    guard let (environment, extra) = known.value, let marker = try? Marker(parsing: marker.span),
      let holds = try? marker.evaluateStrictly(in: environment, extras: extra.isEmpty ? [] : [extra])
    else { return "error" }
    return holds ? "1" : "0"
  }

  private func wheel(_ name: ArraySlice<UInt8>) -> String { "invalid" }
}
