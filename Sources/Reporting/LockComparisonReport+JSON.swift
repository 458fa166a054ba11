import Diagnostics
import Manifests
import Packaging

extension LockComparisonReport {
  /// The schema envtool.freeze-check/1.
  package var json: JSONValue {
    .object([
      ("schema", .string("envtool.freeze-check/1")), ("file", .path(file)), ("pins", .number(comparison.count)),
      ("differences", .array(comparison.differences.map(Self.json))),
    ])
  }

  private static func json(_ difference: LockComparison.Difference) -> JSONValue {
    switch difference {
    case .missing(let pin): json("missing", installed: pin)
    case .superfluous(let pin): json("superfluous", pin)
    case .differs(let locked, let pin, let unfit):
      json("differs", locked, installed: pin, reason: unfit.map { "\($0.origin) asks for \($0.wanted)" })
    case .invalid(let pin, let reason): json("invalid", pin, reason: reason)
    case .unknown(let finding): json("unknown", reason: finding.description)
    }
  }

  private static func json(
    _ kind: String, _ locked: LockedPin? = nil, installed: Pin? = nil, reason: String? = nil
  ) -> JSONValue {
    .object([
      ("kind", .string(kind)), ("name", .optional((locked?.name ?? installed?.name)?.normalized)),
      ("locked", .optional(locked?.text)), ("line", .optional(locked?.location.line)),
      ("installed", .optional(installed?.requirement)), ("via", .array((installed?.via ?? []).map { .string($0) })),
      ("reason", .optional(reason)),
    ])
  }
}
