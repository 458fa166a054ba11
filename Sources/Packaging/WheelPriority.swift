/// How well a wheel fits a target: the greatest is to be taken.
package struct WheelPriority: Hashable, Comparable, Sendable {
  /// The place of its best tag among the supported ones, from 0; a lower one is better.
  package let rank: Int
  /// Decides between wheels of one rank: the higher wins, and any wins over none.
  package let build: BuildTag?

  package init(rank: Int, build: BuildTag?) {
    self.rank = rank
    self.build = build
  }

  package static func < (left: WheelPriority, right: WheelPriority) -> Bool {
    if left.rank != right.rank { return left.rank > right.rank }
    guard let build = right.build else { return false }
    return left.build.map { $0 < build } ?? true
  }
}
