import Diagnostics

/// How settings are evaluated for checks: what an environment variable that is not set, the command line or a file that may not
/// be there would decide is not known.
///
/// Values stay: a default is what the variable gives, and a comparison with it what it gives then. They are marked as assumed,
/// and a condition on what is assumed counts as one that is not known, so that both branches are kept. Of systems only Linux is
/// looked at.
extension SettingsInterpreter {
  /// What tells the system, by its full name.
  static let platform = [
    "sys.platform": "linux", "platform.uname().system": "Linux", "os.uname().sysname": "Linux",
  ]

  func platformFunction(_ name: String, _ call: PythonCall) -> PythonValue? {
    switch name {
    case "platform.system": PythonValue(.string("Linux"), at: call.place)
    case "platform.uname", "os.uname": PythonValue(.external("\(name)()"), at: call.place)
    default: nil
    }
  }

  /// Whether a file is there: elsewhere it may not be.
  func existence(_ value: PythonValue) -> PythonValue {
    var value = value
    value.isAssumed = isJudging
    return value
  }

  // MARK: - Conditions

  /// What a comparison hangs on that is not known; nil when it hangs on nothing of the kind.
  func assumption(of operation: String, _ left: PythonValue, _ right: PythonValue) -> PythonValue? {
    if let value = assumption(in: left) ?? assumption(in: right) { return value }
    guard operation == "in" || operation == "not in" else { return nil }
    var value = right
    value.isAssumed = true
    if case .external("os.environ") = right.kind, let name = left.string, isSet(name) == false {
      value.variable = name
      return variable(name, of: environ) == nil ? value : nil
    }
    return Self.commandLine(operation, left, right) == nil ? nil : value
  }

  private func assumption(in value: PythonValue) -> PythonValue? {
    if value.isAssumed { return value }
    switch value.kind {
    case .oneOf(let values): return values.first(where: \.isAssumed)
    case .list(let id), .tuple(let id), .set(let id): return items(id).first(where: \.isAssumed)
    default: return nil
    }
  }

  /// What an assumed operand of `or` or `and` that is not the last may leave as the result; nil for nothing. `variable` becomes
  /// that for which the next operand is the fallback: `os.environ.get("X") or "default"`.
  func assumed(_ operand: PythonValue, _ operation: String, _ variable: inout String?) -> PythonValue? {
    if case .boolean = operand.kind { return PythonValue(.boolean(operation == "or"), at: operand.place) }
    let isTrue = truth(of: operand, assuming: true) == true
    if operation == "or" {
      if isTrue { return operand }
      variable = variable ?? operand.variable
      return nil
    }
    var nothing = operand
    nothing.kind = .none
    return nothing
  }

  /// Whether the operands behind one are not looked at.
  func isLast(_ operand: PythonValue, _ operation: String) -> Bool {
    if operand.isAssumed {
      if case .boolean = operand.kind { return false }
      return operation == "or" && truth(of: operand, assuming: true) == true
    }
    return truth(of: operand) == (operation == "or")
  }

  /// The last operand, where it stands in for a variable: an empty one tells nothing, any other is written out.
  func fallback(_ value: PythonValue, of variable: String?) -> PythonValue {
    guard let variable, !value.isUnknown else { return value }
    var value = value
    value.isAssumed = true
    if emptyReason(of: value.hanging(onUnset: variable)) != nil { value.variable = variable }
    return value
  }

  /// Any of the values of a dictionary or list; nil for anything else, and for what has too many.
  func anyItem(of base: PythonValue) throws(Interruption) -> PythonValue? {
    var values: [PythonValue]
    switch base.kind {
    case .dictionary(let id):
      values = entries(id).entries.map(\.value.withoutDoubt)
      if let rest = entries(id).rest { values.append(rest) }
    case .list(let id), .tuple(let id): values = items(id).map(\.withoutDoubt)
    default: return nil
    }
    guard values.count <= 16 else { return nil }
    if !attempts.isEmpty { attempts[attempts.count - 1].isUncertain = true }
    return try joined(values)
  }

  /// Whether a function gives what the environment holds, so that its arguments are but the default.
  static func readsEnvironment(_ name: String) -> Bool {
    ["os.environ.", "os.getenv", "environ.", "environs.", "decouple.", "dotenv."].contains { name.hasPrefix($0) }
  }

  // MARK: - Values

  /// Why a value that is assumed tells nothing; nil when it tells something.
  func emptyReason(of value: PythonValue) -> String? {
    guard value.variable != nil else { return value.unknownReason }
    switch value.kind {
    case .none, .string(""): return PythonValue.notSet(value.variable)
    case .list(let id), .tuple(let id), .set(let id):
      return items(id).isEmpty ? PythonValue.notSet(value.variable) : nil
    default: return nil
    }
  }

  /// `os.path.expandvars`: not known while judging where one of the variables is not set.
  func expanded(_ text: String, _ value: PythonValue, at place: Place) throws(Interruption) -> PythonValue {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    var read: PythonValue?
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        result.append(byte)
        continue
      }
      let isBraced = rest.first == UInt8(ascii: "{")
      let inner = isBraced ? rest.dropFirst() : rest
      let name = inner.prefix { isBraced ? $0 != UInt8(ascii: "}") : Self.isOfName($0) }
      guard !name.isEmpty, !isBraced || name.endIndex < inner.endIndex else {
        result.append(byte)
        continue
      }
      let end = isBraced ? name.endIndex + 1 : name.endIndex
      let variable = String(decoding: name, as: UTF8.self)
      if isSet(variable) == false {
        if isJudging { return unknown(PythonValue.notSet(variable), at: place, variable: variable) }
        result += [byte] + rest[..<end]
      } else {
        let found = try environment(variable, default: nil, at: place)
        guard let part = found.text else {
          return found.isUnknown ? found : unknown("a path that is not known", at: place)
        }
        read = read ?? found
        result += Array(part.utf8)
      }
      rest = rest[end...]
    }
    guard let read else { return value }
    var expanded = self.text(String(decoding: result, as: UTF8.self), at: place).hanging(on: read)
    expanded.variable = read.variable
    expanded.isSecret = expanded.isSecret || read.isSecret
    return expanded
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }
}

extension PythonValue {
  var isScalar: Bool {
    switch kind {
    case .boolean, .integer, .float, .number, .string, .path: true
    default: false
    }
  }

  /// The value, assumed where the other is.
  func hanging(on other: PythonValue?) -> PythonValue {
    guard let other, other.isAssumed else { return self }
    var value = self
    value.isAssumed = true
    value.variable = variable ?? other.variable
    return value
  }

  /// What a function makes of a receiver and arguments, assumed where one of them is.
  func hanging(on receiver: PythonValue?, _ call: PythonCall) -> PythonValue {
    guard !isAssumed, isScalar || receiver?.isAssumed == true && sequence != nil else { return self }
    let arguments = call.arguments + call.keywords.map(\.value)
    return hanging(on: receiver?.isAssumed == true ? receiver : arguments.first(where: \.isAssumed))
  }

  /// The value as the default of a variable that is not set.
  func hanging(onUnset name: String?) -> PythonValue {
    guard let name else { return self }
    var value = self
    value.isAssumed = true
    value.variable = name
    if case .oneOf(let values) = kind { value.kind = .oneOf(values.map { $0.hanging(onUnset: name) }) }
    return value
  }
}
