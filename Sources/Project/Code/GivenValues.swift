package import Diagnostics
package import PythonSource

/// What expressions of the project's code may give, as far as the sources write it out: constants, attributes of classes,
/// variables, defaults of parameters and functions that return a literal are followed.
///
/// All that is found is there for some run: what decides is not asked.
package struct GivenValues: Sendable {
  package typealias Text = (text: String, location: Location)
  /// An expression that is no name, and the file that it stands in.
  typealias Value = (expression: PythonExpression, file: SourcePath)

  let code: ProjectCode
  /// The class that `self` is of, where it is known better than by where the code stands.
  let owner: (type: PythonClass, file: SourcePath)?

  package init(_ code: ProjectCode, owner: (type: PythonClass, file: SourcePath)? = nil) {
    self.code = code
    self.owner = owner
  }

  /// The texts that an expression may give, each place once, in the order they were found.
  package func texts(of expression: PythonExpression, in file: SourcePath) -> [Text] {
    var seen: Set<Location> = []
    return values(of: expression, in: file, 0).compactMap { value in
      guard let text = value.expression.stringValue else { return nil }
      let place = Location(path: value.file, line: value.expression.line, column: value.expression.column)
      return seen.insert(place).inserted ? (text, place) : nil
    }
  }

  /// The texts that a list, tuple or set may hold: `["default", DB]`, `frozenset(["default"])`.
  package func texts(within expression: PythonExpression, in file: SourcePath) -> [Text] {
    values(of: expression, in: file, 0).flatMap { items(of: $0) }.flatMap { texts(of: $0.expression, in: $0.file) }
  }

  private static let limit = 12

  private func values(of expression: PythonExpression, in file: SourcePath, _ depth: Int) -> [Value] {
    guard depth < Self.limit, expression.depth < 200 else { return [] }
    func all(_ expressions: [PythonExpression]) -> [Value] {
      expressions.flatMap { values(of: $0, in: file, depth + 1) }
    }
    switch expression.node {
    case .string, .formatted, .list, .tuple, .set, .dictionary, .lambda: return [(expression, file)]
    case .conditional(let value, _, let otherwise): return all([value, otherwise])
    case .logical("or", let operands): return all(operands)
    case .named(_, let value): return all([value])
    case .name(let name): return variable(name, at: expression, in: file, depth)
    case .attribute(let base, let name):
      if base.dottedName == "self" || base.dottedName == "cls", let home = owner ?? home(of: expression, in: file) {
        return attribute(name, of: home.type, in: home.file, depth)
      }
      return expression.dottedName.map { defined($0, in: file, depth) } ?? []
    case .subscripted(let base, _): return values(of: base, in: file, depth + 1).flatMap { contents(of: $0, depth) }
    case .call(let function, let arguments, _): return call(function, arguments, in: file, depth)
    default: return []
    }
  }

  /// What a dictionary or list may give when it is asked for one thing.
  private func contents(of value: Value, _ depth: Int) -> [Value] {
    let inner: [PythonExpression] =
      if case .dictionary(let entries) = value.expression.node { entries.map(\.value) } else {
        items(of: value).map(\.expression)
      }
    return inner.flatMap { values(of: $0, in: value.file, depth + 1) }
  }

  private func items(of value: Value) -> [Value] {
    switch value.expression.node {
    case .list(let items), .tuple(let items), .set(let items): items.map { ($0, value.file) }
    default: []
    }
  }

  // MARK: - Calls

  private func call(
    _ function: PythonExpression, _ arguments: [PythonExpression], in file: SourcePath, _ depth: Int
  ) -> [Value] {
    let first = arguments.first
    if case .attribute(let base, "get") = function.node, let first {
      // What the environment says is not written here.
      if base.dottedName?.contains("environ") == true || arguments.count > 2 { return [] }
      let kept = values(of: base, in: file, depth + 1).flatMap { contents(of: $0, depth) }
      return kept
        + arguments.dropFirst().filter { $0.offset != first.offset }.flatMap {
          values(of: $0, in: file, depth + 1)
        }
    }
    switch function.lastName {
    case "choice"?, "frozenset"?, "set"?, "list"?, "tuple"?:
      let given = first.map { values(of: $0, in: file, depth + 1) } ?? []
      return function.lastName == "choice" ? given.flatMap { contents(of: $0, depth) } : given
    default: break
    }
    if case .attribute(let base, let name) = function.node, base.dottedName == "self" || base.dottedName == "cls",
      let home = owner ?? home(of: function, in: file)
    {
      for (type, file) in code.lineage(of: home.type, in: home.file) {
        guard let method = type.methods.first(where: { $0.function.name == name }) else { continue }
        return returned(by: method.function.body, in: file, depth)
      }
      return []
    }
    guard let name = function.dottedName,
      case .function(let definition, let place) = code.definition(of: name, in: file)
    else { return [] }
    return returned(by: definition.body, in: place.path, depth)
  }

  private func returned(by body: [PythonStatement], in file: SourcePath, _ depth: Int) -> [Value] {
    PythonStatement.returns(in: body).flatMap { values(of: $0, in: file, depth + 1) }
  }

  // MARK: - Names

  private func variable(
    _ name: String, at expression: PythonExpression, in file: SourcePath, _ depth: Int
  ) -> [Value] {
    guard let tree = code.tree(of: file) else { return [] }
    let around = tree.functions.filter { $0.statement.range.contains(expression.offset) }
      .sorted { $0.statement.range.count < $1.statement.range.count }
    for (statement, function) in around {
      let given = tree.assignments.filter { target, _ in
        target.dottedName == name && statement.range.contains(target.offset)
      }.map(\.value)
      let parameter = function.parameters.first { $0.name == name }
      if given.isEmpty, parameter == nil { continue }
      return (given + [parameter?.defaultValue].compactMap(\.self)).filter { $0.offset != expression.offset }.flatMap {
        values(of: $0, in: file, depth + 1)
      }
    }
    return defined(name, in: file, depth)
  }

  /// What a dotted name gives at the end of a module.
  private func defined(_ dotted: String, in file: SourcePath, _ depth: Int) -> [Value] {
    if case .value(let value, let place) = code.definition(of: dotted, in: file) {
      if value.dottedName == dotted, place.path == file { return [] }
      return values(of: value, in: place.path, depth + 1)
    }
    let parts = dotted.split(separator: ".").map(String.init)
    guard let last = parts.last, parts.count > 1,
      case .class(let type, let place) = code.definition(of: parts.dropLast().joined(separator: "."), in: file)
    else { return [] }
    return attribute(last, of: type, in: place.path, depth)
  }

  /// What a class or the nearest of its bases gives a name, in its body or by `self.name = ...`.
  private func attribute(_ name: String, of type: PythonClass, in file: SourcePath, _ depth: Int) -> [Value] {
    for (type, file) in code.lineage(of: type, in: file) {
      let ranges = type.methods.map(\.statement.range)
      let set = (code.tree(of: file)?.assignments ?? []).filter { target, _ in
        target.dottedName == "self.\(name)" && ranges.contains { $0.contains(target.offset) }
      }.map(\.value)
      let given = [type.attributes[name]].compactMap(\.self) + set
      if !given.isEmpty { return given.flatMap { values(of: $0, in: file, depth + 1) } }
    }
    return []
  }

  private func home(of expression: PythonExpression, in file: SourcePath) -> (type: PythonClass, file: SourcePath)? {
    code.tree(of: file)?.classes.filter { $0.statement.range.contains(expression.offset) }
      .min { $0.statement.range.count < $1.statement.range.count }.map { ($0.definition, file) }
  }
}

extension ProjectCode {
  /// A class and those of the project that it comes from, itself first, each with its file.
  package func lineage(of type: PythonClass, in file: SourcePath) -> [(type: PythonClass, file: SourcePath)] {
    var found: [(type: PythonClass, file: SourcePath)] = []
    var pending = [(type: type, file: file)]
    while let next = pending.popLast(), found.count < 20 {
      found.append(next)
      for base in next.type.bases.reversed() {
        guard let name = base.dottedName, case .class(let type, let place) = definition(of: name, in: next.file) else {
          continue
        }
        pending.append((type, place.path))
      }
    }
    return found
  }
}
