/// The tags of the wheels that an interpreter on a system can use, the best first: what `packaging.tags.sys_tags()` of
/// packaging 26 gives there.
///
/// There are about a thousand, made of few names: they are kept as rows of an interpreter and an ABI, each of which stands
/// for one tag per platform, and a wheel is looked up by its names without its tags being made.
/// Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
package struct SupportedTags: Sendable {
  private struct Row {
    let interpreter: String
    let abi: String
    /// For the platform `any` alone.
    let isAny: Bool
  }

  private let rows: [Row]
  private let platforms: [String]
  private var platformRanks: [String: Int] = [:]
  private var interpreterNumbers: [String: Int] = [:]
  private var abiNumbers: [String: Int] = [:]
  /// Where the row of an interpreter and an ABI begins, by interpreter number, then ABI number; nil where there is none.
  private var platformRows: [Int?] = []
  private var anyRows: [Int?] = []

  package init(python: TargetPython, platform: TargetPlatform) {
    rows = SupportedTags.rows(python)
    platforms = platform.tags
    for (rank, platform) in platforms.enumerated() where platformRanks[platform] == nil {
      platformRanks[platform] = rank
    }
    for row in rows {
      if interpreterNumbers[row.interpreter] == nil { interpreterNumbers[row.interpreter] = interpreterNumbers.count }
      if abiNumbers[row.abi] == nil { abiNumbers[row.abi] = abiNumbers.count }
    }
    platformRows = Array(repeating: nil, count: interpreterNumbers.count * abiNumbers.count)
    anyRows = platformRows
    var rank = 0
    for row in rows {
      guard let interpreter = interpreterNumbers[row.interpreter], let abi = abiNumbers[row.abi] else { continue }
      let place = interpreter * abiNumbers.count + abi
      if row.isAny {
        anyRows[place] = anyRows[place] ?? rank
      } else {
        platformRows[place] = platformRows[place] ?? rank
      }
      rank += row.isAny ? 1 : platforms.count
    }
  }

  /// All of them, the best first.
  package var tags: [Tag] {
    rows.flatMap { row in
      (row.isAny ? ["any"] : platforms).map { Tag(row.interpreter, row.abi, $0) }
    }
  }

  /// The place of the best tag of the set among the supported ones, from 0; nil when none is supported.
  package func rank(of set: TagSet) -> Int? {
    let platform = set.platforms.lazy.compactMap { platformRanks[$0] }.min()
    let isAny = set.platforms.contains("any")
    if platform == nil && !isAny { return nil }
    let abis = set.abis.compactMap { abiNumbers[$0] }
    var best: Int?
    for interpreter in set.interpreters.lazy.compactMap({ interpreterNumbers[$0] }) {
      for abi in abis {
        let place = interpreter * abiNumbers.count + abi
        if let platform, let start = platformRows[place] { best = min(best ?? .max, start + platform) }
        if isAny, let rank = anyRows[place] { best = min(best ?? .max, rank) }
      }
    }
    return best
  }

  /// How well a wheel fits, to compare it with others of the same release; nil when it cannot be used.
  package func priority(of wheel: WheelName) -> WheelPriority? {
    rank(of: wheel.tags).map { WheelPriority(rank: $0, build: wheel.build) }
  }

  private static func rows(_ python: TargetPython) -> [Row] {
    var rows: [Row] = []
    let own = python.interpreterTag
    for abi in python.abis + [python.stableABI, "none"].compactMap(\.self) {
      rows.append(Row(interpreter: own, abi: abi, isAny: false))
    }
    if let stable = python.stableABI {
      for minor in stride(from: python.minor - 1, through: 2, by: -1) {
        rows.append(Row(interpreter: "cp\(python.major)\(minor)", abi: stable, isAny: false))
      }
    }
    let generic =
      ["py\(python.major)\(python.minor)", "py\(python.major)"]
      + stride(from: python.minor - 1, through: 0, by: -1).map { "py\(python.major)\($0)" }
    rows += generic.map { Row(interpreter: $0, abi: "none", isAny: false) }
    switch python.implementation {
    case .cpython: rows.append(Row(interpreter: own, abi: "none", isAny: true))
    case .pypy: rows.append(Row(interpreter: "pp3", abi: "none", isAny: true))
    case .other: break
    }
    return rows + generic.map { Row(interpreter: $0, abi: "none", isAny: true) }
  }
}
