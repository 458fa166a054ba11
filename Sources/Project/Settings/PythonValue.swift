import Diagnostics

/// A value while settings are evaluated.
///
/// Lists, dictionaries and what else can be changed stand in the interpreter's `memory`, so that two names of one list see
/// the same changes.
struct PythonValue: Sendable {
  indirect enum Kind: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    /// A number that none of these holds, as written.
    case number(String)
    case string(String)
    case path(SourcePath)
    case tuple(ObjectID)
    case list(ObjectID)
    case set(ObjectID)
    case dictionary(ObjectID)
    case function(Int)
    /// A class or module that the project has.
    case namespace(NamespaceID)
    case instance(ObjectID)
    /// What the project does not have, by its full name: `os.path.join`, `builtins.str`.
    case external(String)
    /// A function of a value.
    case method(PythonValue, String)
    /// Two or more, none of them `oneOf`.
    case oneOf([PythonValue])
    case unknown(String)
  }

  var kind: Kind
  var place: Place
  var variable: String?
  var isSecret = false
  var isOptional = false
  /// Whether this is what an environment variable that is not set, or something else that is not known, leaves: what hangs on it
  /// may go the other way. Only while judging.
  var isAssumed = false

  init(_ kind: Kind, at place: Place, variable: String? = nil, isSecret: Bool = false) {
    self.kind = kind
    self.place = place
    self.variable = variable
    self.isSecret = isSecret
  }

  /// Another value, made from this one: its place, variable and secrecy stay.
  func with(_ kind: Kind) -> PythonValue {
    var result = self
    result.kind = kind
    result.isOptional = false
    return result
  }

  var isUnknown: Bool { unknownReason != nil }

  var unknownReason: String? {
    switch kind {
    case .unknown(let reason): return reason
    case .none where isAssumed: return Self.notSet(variable)
    default: return nil
    }
  }

  static func notSet(_ variable: String?) -> String {
    variable.map { "the environment variable \($0) is not set" } ?? "not known"
  }

  /// The text of a string or path.
  var text: String? {
    switch kind {
    case .string(let text): text
    case .path(let path): String(decoding: path.bytes, as: UTF8.self)
    default: nil
    }
  }

  var string: String? { if case .string(let text) = kind { text } else { nil } }

  /// An integer, or a boolean as Python counts with it.
  var integer: Int? {
    switch kind {
    case .integer(let number): number
    case .boolean(let flag): flag ? 1 : 0
    default: nil
    }
  }

  var double: Double? {
    if case .float(let number) = kind { return number }
    return integer.map(Double.init)
  }

  /// The items' object of a list, tuple or set.
  var sequence: ObjectID? {
    switch kind {
    case .list(let id), .tuple(let id), .set(let id): id
    default: nil
    }
  }

  var alternatives: [PythonValue] {
    if case .oneOf(let values) = kind { return values }
    return [self]
  }
}

/// A byte of a file that the interpreter knows by its number.
struct Place: Sendable {
  var file: Int32
  var offset: UInt32
}

/// An object of the interpreter's memory.
struct ObjectID: Hashable {
  let index: Int
}

/// The names of a module, class or call.
struct NamespaceID: Hashable {
  let index: Int
}
