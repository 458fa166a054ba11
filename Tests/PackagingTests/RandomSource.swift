/// The same numbers for the same seed (SplitMix64), so that a failing case can be run again.
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

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
