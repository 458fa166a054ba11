/// The arguments of a call.
struct PythonCall {
  var arguments: [PythonValue]
  var keywords: [(name: String, value: PythonValue)]
  /// Whether there may be more of either: `*` or `**` of something that is not known.
  var isOpen = false
  let place: Place

  /// The argument at a position or by its name.
  func argument(_ position: Int, _ name: String? = nil) -> PythonValue? {
    if position < arguments.count { return arguments[position] }
    return name.flatMap { keyword($0) }
  }

  func keyword(_ name: String) -> PythonValue? { keywords.last { $0.name == name }?.value }

  /// Why one of the arguments is not known; nil when all are.
  var unknownReason: String? {
    if isOpen { return "called with arguments that are not known" }
    return (arguments + keywords.map(\.value)).lazy.compactMap(\.unknownReason).first
  }

  var isSecret: Bool { arguments.contains(where: \.isSecret) || keywords.contains { $0.value.isSecret } }
}
