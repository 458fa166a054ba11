/// A parameter of a function or lambda.
package struct PythonParameter: Sendable {
  package enum Role: Sendable {
    case regular, positionalOnly, variadic, keywordOnly, variadicKeyword
  }

  /// Empty for a tuple of Python 2.
  package let name: String
  package let role: Role
  package let annotation: PythonExpression?
  package let defaultValue: PythonExpression?
  /// The byte offset of the name.
  package let offset: Int
}

extension PythonTree {
  /// The parameters that an `arguments` node holds, in source order.
  func parameters(_ id: NodeID) -> [PythonParameter] {
    let ids = Array(children(id))
    let arguments = ids.prefix { $0 != 0 && record($0).kind == .argument }
    let isKeyword = { (id: NodeID) in self.record(id).operation == ParameterRole.keywordOnly.rawValue }
    let isPositional = { (id: NodeID) in self.record(id).operation <= ParameterRole.positionalOnly.rawValue }
    let keywordCount = arguments.count(where: isKeyword)
    let positionalCount = arguments.count(where: isPositional)
    // Behind them: the defaults of keywords, `**name` or 0, and the defaults of the last positions.
    var variadic = arguments
    var named = arguments.count
    if let last = arguments.last, record(last).operation == ParameterRole.variadicKeyword.rawValue {
      variadic.removeLast()
      named -= 1
    }
    let keywordDefaults = ids[named..<min(ids.count, named + keywordCount)]
    let rest = ids[min(ids.count, named + keywordCount)...]
    let defaults = Array(rest.dropFirst())
    var result: [PythonParameter] = []
    var keywordIndex = keywordDefaults.startIndex
    for (index, id) in variadic.enumerated() {
      var value: NodeID = 0
      if isKeyword(id), keywordIndex < keywordDefaults.endIndex {
        value = keywordDefaults[keywordIndex]
        keywordIndex += 1
      } else if isPositional(id), index >= positionalCount - defaults.count {
        value = defaults[index - (positionalCount - defaults.count)]
      }
      result.append(parameter(id, value))
    }
    if let keywords = rest.first, keywords != 0 { result.append(parameter(keywords, 0)) }
    return result
  }

  private func parameter(_ id: NodeID, _ value: NodeID) -> PythonParameter {
    let record = record(id)
    let role: PythonParameter.Role =
      switch ParameterRole(rawValue: record.operation) {
      case .positionalOnly: .positionalOnly
      case .variadic: .variadic
      case .keywordOnly: .keywordOnly
      case .variadicKeyword: .variadicKeyword
      default: .regular
      }
    return PythonParameter(
      name: optionalName(record.a, record.b) ?? "", role: role,
      annotation: record.count == 0 ? nil : expression(words[Int(record.first)]),
      defaultValue: optional(value), offset: Int(record.start))
  }
}
