import Diagnostics
import PythonSource

/// Functions and classes of the project.
extension SettingsInterpreter {
  static let callLimit = 24

  func define(_ function: PythonFunction, at place: Place, in frame: Frame) throws(Interruption) {
    var flags: Set<String> = []
    var opaque: String? = function.isAsync ? "an async function is not followed" : nil
    for decorator in function.decorators {
      let expression = if case .call(let called, _, _) = decorator.node { called } else { decorator }
      let name = expression.dottedName?.split(separator: ".").last.map(String.init) ?? ""
      if ["property", "cached_property", "classproperty", "classmethod", "staticmethod"].contains(name) {
        flags.insert(name)
      } else if !["lru_cache", "cache", "wraps"].contains(name) {
        opaque = "`\(function.name)` is decorated"
      }
    }
    let closure = PythonClosure(
      name: function.name, parameters: function.parameters,
      defaults: try defaults(function.parameters, in: frame),
      body: opaque.map { .opaque($0) } ?? .statements(function.body), scopes: closureScopes(frame),
      globals: frame.globals, file: frame.file, path: frame.path,
      isProperty: !flags.isDisjoint(with: ["property", "cached_property", "classproperty"]),
      isClassMethod: flags.contains("classmethod"), isStatic: flags.contains("staticmethod"))
    set(function.name, of: frame.local, to: add(closure, at: place))
  }

  func lambda(
    _ parameters: [PythonParameter], _ body: PythonExpression, at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    add(
      PythonClosure(
        name: "lambda", parameters: parameters, defaults: try defaults(parameters, in: frame),
        body: .expression(body), scopes: closureScopes(frame), globals: frame.globals, file: frame.file,
        path: frame.path, isProperty: false, isClassMethod: false, isStatic: false), at: place)
  }

  private func add(_ closure: PythonClosure, at place: Place) -> PythonValue {
    functions.append(closure)
    return PythonValue(.function(functions.count - 1), at: place)
  }

  private func defaults(
    _ parameters: [PythonParameter], in frame: Frame
  ) throws(Interruption) -> [String: PythonValue] {
    var defaults: [String: PythonValue] = [:]
    for parameter in parameters {
      if let value = parameter.defaultValue { defaults[parameter.name] = try evaluate(value, in: frame) }
    }
    return defaults
  }

  /// A function does not see the names of the class that it stands in.
  private func closureScopes(_ frame: Frame) -> [NamespaceID] {
    frame.scopes.filter { if case .class = namespaces[$0.index].kind { false } else { true } }
  }

  /// Runs a function with these arguments.
  func call(_ index: Int, _ call: PythonCall) throws(Interruption) -> PythonValue {
    let closure = functions[index]
    guard callDepth < Self.callLimit, depth < Self.depthLimit - 20 else {
      return unknown("calls are nested deeper than is followed", at: call.place)
    }
    let local = makeNamespace(.local)
    if let problem = try bind(call, to: closure, in: local) { return unknown(problem, at: call.place) }
    let frame = Frame(
      scopes: closure.scopes + [local], globals: closure.globals, file: closure.file, path: closure.path)
    frame.callPlace = call.place
    callDepth += 1
    let doubtsBefore = doubts
    defer {
      callDepth -= 1
      doubts = doubtsBefore
    }
    switch closure.body {
    case .opaque(let reason): return unknown(reason, at: call.place)
    case .expression(let body): return try returned(body, in: frame)
    case .statements(let body):
      let flow: Flow
      do { flow = try run(body, in: frame) } catch {
        guard case .raised(let kind) = error, attempts.isEmpty else { throw error }
        return unknown("`\(closure.name)` raises \(kind)", at: call.place)
      }
      if frame.isGenerator { return unknown("`\(closure.name)` is a generator", at: call.place) }
      let last: PythonValue = if case .returned(let value) = flow { value } else { PythonValue(.none, at: call.place) }
      return frame.returns.isEmpty ? last : try joined(frame.returns + [last]) ?? last
    }
  }

  /// What a function returns. A text that it makes stands where it is called; one that is written out or passed on keeps its
  /// place.
  func returned(_ expression: PythonExpression, in frame: Frame) throws(Interruption) -> PythonValue {
    var value = try evaluate(expression, in: frame)
    guard let place = frame.callPlace else { return value }
    if case .oneOf(let values) = value.kind {
      value.kind = .oneOf(values.map { moved($0, madeBy: expression, to: place, in: frame) })
    }
    return moved(value, madeBy: expression, to: place, in: frame)
  }

  private func moved(
    _ value: PythonValue, madeBy expression: PythonExpression, to place: Place, in frame: Frame
  ) -> PythonValue {
    guard value.text != nil, value.place.file == frame.file,
      Self.makes(expression, at: Int(value.place.offset))
    else { return value }
    var value = value
    value.place = place
    return value
  }

  /// Whether an expression makes its value anew, at a byte of the file: `os.path.join(...)`, also in `str(...)`.
  private static func makes(_ expression: PythonExpression, at offset: Int, depth: Int = 0) -> Bool {
    switch expression.node {
    case .binary, .formatted: return expression.offset == offset
    case .call(_, let arguments, _):
      if expression.offset == offset { return true }
      return arguments.count == 1 && depth < 10 && makes(arguments[0], at: offset, depth: depth + 1)
    default: return false
    }
  }

  /// Gives the parameters their values; the words say why that cannot be.
  private func bind(_ call: PythonCall, to closure: PythonClosure, in local: NamespaceID) throws(Interruption)
    -> String?
  {
    if call.isOpen { return "called with arguments that are not known" }
    var positional = call.arguments[...]
    var keywords = call.keywords
    for parameter in closure.parameters {
      let name = parameter.name
      let value: PythonValue
      switch parameter.role {
      case .variadic:
        value = try tuple(Array(positional), at: call.place)
        positional = []
      case .variadicKeyword:
        var dictionary = PythonDictionary()
        for (name, value) in keywords {
          dictionary.set(.string(name), PythonValue(.string(name), at: value.place), to: value)
        }
        keywords = []
        value = try self.dictionary(dictionary, at: call.place)
      case .regular, .positionalOnly, .keywordOnly:
        if parameter.role != .keywordOnly, let first = positional.popFirst() {
          value = first
        } else if let index = keywords.firstIndex(where: { $0.name == name }) {
          value = keywords.remove(at: index).value
        } else if let fallback = closure.defaults[name] {
          value = fallback
        } else {
          return "`\(closure.name)` is called without `\(name)`"
        }
      }
      set(name, of: local, to: value)
    }
    return positional.isEmpty && keywords.isEmpty ? nil : "`\(closure.name)` is called with too many arguments"
  }

  // MARK: - Classes

  func define(_ definition: PythonClass, at place: Place, in frame: Frame) throws(Interruption) {
    var bases: [PythonValue] = []
    for base in definition.bases { bases.append(try evaluate(base, in: frame)) }
    let namespace = makeNamespace(.class(definition.name, bases: bases))
    if frame.globals == recordedNamespace { recordedClasses.insert(namespace) }
    let inner = frame.inner(namespace)
    let flow = try run(definition.body, in: inner)
    _ = flow
    let isKnown = definition.decorators.isEmpty
    set(
      definition.name, of: frame.local,
      to: isKnown
        ? PythonValue(.namespace(namespace), at: place) : unknown("`\(definition.name)` is decorated", at: place))
  }

  /// The attribute of a class, its bases included; nil when there is none.
  func attribute(_ name: String, ofClass namespace: NamespaceID, depth: Int = 0) -> PythonValue? {
    if let value = variable(name, of: namespace) { return value }
    guard depth < 20, case .class(_, let bases) = namespaces[namespace.index].kind else { return nil }
    for base in bases {
      if case .namespace(let id) = base.kind, let value = attribute(name, ofClass: id, depth: depth + 1) {
        return value
      }
    }
    return nil
  }

  /// Whether a class is made from one of that full name.
  func isDerived(_ namespace: NamespaceID, from names: Set<String>, depth: Int = 0) -> Bool {
    guard depth < 20, case .class(_, let bases) = namespaces[namespace.index].kind else { return false }
    return bases.contains { base in
      switch base.kind {
      case .external(let name): names.contains(name)
      case .namespace(let id): isDerived(id, from: names, depth: depth + 1)
      default: false
      }
    }
  }
}
