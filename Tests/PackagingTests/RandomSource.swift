import TestSupport

/// Chances, choices and versions at random, the same for the same seed.
struct RandomSource: RandomNumberGenerator {
  private var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(state: seed) }

  mutating func next() -> UInt64 { numbers.next() }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }
}

extension RandomSource {
  /// The text of a version; numbers are mostly small, so that versions meet.
  mutating func version(mayBeLocal: Bool = true) -> String {
    var text = chance(8) ? "1!" : ""
    text += release()
    if chance(30) { text += one(of: ["a", "b", "rc"]) + number() }
    if chance(25) { text += ".post" + number() }
    if chance(25) { text += ".dev" + number() }
    if mayBeLocal, chance(25) { text += "+" + one(of: ["a", "1", "a.1", "0", "a.b", "1.a", "0a", "10"]) }
    return text
  }

  mutating func specifier() -> String {
    switch Int.random(in: 0..<10, using: &self) {
    case 0, 1: one(of: ["==", "!="]) + (chance(8) ? "1!" : "") + release() + ".*"
    case 2, 3: one(of: ["==", "!="]) + version()
    case 4: "~=" + number() + "." + version(mayBeLocal: false).split(separator: "!").joined()
    default: one(of: ["<", ">", "<=", ">="]) + version(mayBeLocal: false)
    }
  }

  private mutating func release() -> String {
    (0..<one(of: [1, 1, 2, 2, 2, 3, 4])).map { _ in number() }.joined(separator: ".")
  }

  private mutating func number() -> String {
    chance(6)
      ? one(of: ["199", "200", "10439", "10440", "134228167", "134228168", "99999999999999999999"])
      : one(of: ["0", "0", "1", "1", "2", "3"])
  }
}
