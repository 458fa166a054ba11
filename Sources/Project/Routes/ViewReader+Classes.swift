package import Diagnostics
package import PythonSource

/// Class-based views.
extension ViewReader {
  /// A class of the project with where it stands.
  typealias Ancestor = (type: PythonClass, file: SourcePath)

  /// What stands above a class: the project's own classes in the order in which they are asked, itself first, and the dotted
  /// names of the others. Nil where a base is not known.
  struct Lineage {
    var own: [Ancestor] = []
    var others: [String] = []
    var isKnown = true
  }

  func lineage(of type: PythonClass, _ file: SourcePath) -> Lineage {
    var result = Lineage()
    add(type, file, &result, 0)
    return result
  }

  /// The dotted names of the classes of other packages that stand above a class, through those of the project.
  package func bases(of type: PythonClass, in file: SourcePath) -> [String] { lineage(of: type, file).others }

  private func add(_ type: PythonClass, _ file: SourcePath, _ lineage: inout Lineage, _ depth: Int) {
    guard depth < 20, lineage.own.count < 100 else { return lineage.isKnown = false }
    lineage.own.append((type, file))
    if !type.keywords.isEmpty { lineage.isKnown = false }
    for base in type.bases {
      var expression = base
      // `Generic[T]`, `DetailView[Question]`
      if case .subscripted(let generic, _) = base.node { expression = generic }
      guard let name = expression.dottedName else {
        lineage.isKnown = false
        continue
      }
      switch code.definition(of: name, in: file) {
      case .class(let type, let location): add(type, location.path, &lineage, depth + 1)
      case .external(let dotted): lineage.others.append(dotted)
      case .unknown where name == "object": break
      case .missing(let missing, _) where missing == "object": break
      default: lineage.isKnown = false
      }
    }
  }

  /// Whether a class derives from Django's View.
  func isClassBasedView(_ type: PythonClass, _ file: SourcePath) -> Bool {
    lineage(of: type, file).others.contains { name in
      name.hasPrefix("django.views.generic") && !name.hasSuffix("Mixin") || name == "rest_framework.views.APIView"
        || name.hasPrefix("rest_framework.generics.") || name == "django.views.View"
    }
  }

  /// Bases that hand everything on to the methods.
  private static let transparent = [
    "django.views.", "django.contrib.auth.mixins.", "django.contrib.auth.views.", "django.contrib.messages.views.",
    "rest_framework.views.", "rest_framework.generics.", "rest_framework.mixins.", "typing.", "abc.",
  ]

  private static let methods = ["setup", "get", "post", "put", "patch", "delete", "head", "options", "trace"]

  func read(
    viewClass base: PythonExpression, _ arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword],
    _ file: SourcePath
  ) -> ViewReading {
    guard let name = base.dottedName else { return .unknown("its class is not a name") }
    let definition = code.definition(of: name, in: file)
    switch definition {
    case .class(let type, let location):
      guard arguments.isEmpty, !keywords.contains(where: { $0.name == nil }) else {
        return .unknown("as_view is given arguments that are not known")
      }
      return read(type, location.path, Set(keywords.compactMap(\.name)))
    case .missing, .missingModule:
      return mayBeThere(definition) ? .unknown("\(name) is not found") : .broken(.missing(definition))
    case .external(let dotted):
      guard Self.isOfObject(dotted), arguments.isEmpty else { return .external }
      let keys = [("pk_url_kwarg", "pk"), ("slug_url_kwarg", "slug")].map { attribute, usual in
        let given = keywords.first { $0.name == attribute || $0.name == nil }
        return given == nil ? usual : given?.value.stringValue
      }
      let known = keys.compactMap(\.self)
      let location = Location(path: file, line: base.line, column: base.column)
      return known.count < 2
        ? .external : .signatures([ViewSignature(name: name, location: location, parameters: [], keys: known)])
    default: return .unknown("\(name) is not found in the sources")
    }
  }

  private func read(_ type: PythonClass, _ file: SourcePath, _ attributes: Set<String>) -> ViewReading {
    let lineage = lineage(of: type, file)
    guard lineage.isKnown else { return .unknown("a base of \(type.name) is not known") }
    if let other = lineage.others.first(where: { name in !Self.transparent.contains { name.hasPrefix($0) } }) {
      return .unknown("\(type.name) derives from \(other)")
    }
    let members = members(of: lineage)
    for (ancestor, path) in lineage.own {
      for decorator in ancestor.decorators where !keepsParameters(decorator, path) {
        return .unknown("\(ancestor.name) is decorated")
      }
    }
    for name in ["as_view", "dispatch", "http_method_not_allowed", "__call__", "__init__"] {
      guard let member = members[name] else { continue }
      // One that takes nothing but what it names is asked first, whatever it does then.
      if name == "dispatch", let signature = signature(of: member, "\(type.name).dispatch"), signature.isClosed {
        return .signatures([signature])
      }
      guard name == "dispatch", let function = member.function, let tree = code.tree(of: member.file),
        handsOn(dispatch: function, tree)
      else { return .unknown("\(type.name) has its own \(name)") }
    }
    var signatures: [ViewSignature] = []
    for name in Self.methods {
      guard let member = members[name] else { continue }
      guard let signature = signature(of: member, "\(type.name).\(name)") else {
        return .unknown("\(type.name).\(name) is not a plain method")
      }
      signatures.append(signature)
    }
    if let keys = keys(lineage, Set(members.keys), attributes, members.compactMapValues { $0.at }) {
      let place = members["model"] ?? members["template_name"]
      signatures.append(
        ViewSignature(
          name: type.name,
          location: Location(path: place?.file ?? file, line: place?.at.line, column: place?.at.column), parameters: [],
          keys: keys))
    }
    return .signatures(signatures)
  }

  typealias Member = (function: PythonFunction?, file: SourcePath, at: PythonStatement)

  /// What the project's own classes of a lineage give names to.
  func members(of lineage: Lineage) -> [String: Member] {
    var members: [String: Member] = [:]
    for (ancestor, path) in lineage.own {
      for (name, function, statement) in ancestor.members where members[name] == nil {
        members[name] = (function, path, statement)
      }
    }
    return members
  }

  func signature(of member: Member, _ name: String) -> ViewSignature? {
    guard let function = member.function,
      function.decorators.allSatisfy({ keepsParameters($0, member.file) }), let first = function.parameters.first,
      first.role == .regular || first.role == .positionalOnly
    else { return nil }
    return ViewSignature(
      name: name, location: Location(path: member.file, line: member.at.line, column: member.at.column),
      parameters: Array(function.parameters.dropFirst()))
  }

  /// A `dispatch` that takes anything and calls that of its base with all of it.
  private func handsOn(dispatch function: PythonFunction, _ tree: PythonTree) -> Bool {
    let parameters = function.parameters
    guard parameters.count == 4, parameters[2].role == .variadic, parameters[3].role == .variadicKeyword,
      function.decorators.allSatisfy({ $0.calledName == "method_decorator" })
    else { return false }
    let text = FunctionText(function, tree)
    let call = [parameters[1].name, "*\(parameters[2].name)", "**\(parameters[3].name)"]
    // The word alone may stand in a comment.
    return text.isOnlyHandedOn(parameters[3].name)
      && text.uses(of: "dispatch").allSatisfy { use in
        let behind = use + "dispatch".utf8.count
        return !text.isCall(behind) || text.arguments(behind: behind) == call
      }
  }
}

extension PythonClass {
  /// What the class body gives names to, the last of each name first; functions with what they are.
  fileprivate var members: [(name: String, function: PythonFunction?, statement: PythonStatement)] {
    body.reversed().flatMap { statement -> [(String, PythonFunction?, PythonStatement)] in
      switch statement.kind {
      case .function(let function): [(function.name, function, statement)]
      case .assignment(let targets, _): targets.compactMap(\.dottedName).map { ($0, nil, statement) }
      case .annotation(let target, _, _?): target.dottedName.map { [($0, nil, statement)] } ?? []
      case .if, .try, .with, .for: [("__init__", nil, statement)]
      default: []
      }
    }
  }
}
