/// A moment after which waiting ends.
package struct Deadline: Sendable {
  package let instant: ContinuousClock.Instant

  package init(at instant: ContinuousClock.Instant) { self.instant = instant }

  /// `duration` from now.
  package static func after(_ duration: Duration) -> Deadline { Deadline(at: .now + duration) }

  /// The time left; zero when it has passed.
  package var remaining: Duration { max(.zero, instant - .now) }

  package var hasPassed: Bool { instant <= .now }

  /// The time left in whole milliseconds, rounded up and capped for `poll(2)`; 0 when it has passed.
  package var milliseconds: Int32 {
    let (seconds, attoseconds) = remaining.components
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: min(milliseconds, 86_400_000))
  }

  /// The earlier of the two.
  package func earlier(_ other: Deadline) -> Deadline { instant <= other.instant ? self : other }
}
