/// Options of the command's contract that are not there yet, and why: they end with status 2 and say so, instead of being
/// unknown.
struct PlannedOptions: Sendable {
  /// The long names without their dashes.
  let names: Set<String>
  /// What is not there yet, behind `--name: `.
  let reason: String
  /// What serves until then.
  let meanwhile: String

  static let none = PlannedOptions(names: [], reason: "", meanwhile: "")
}
