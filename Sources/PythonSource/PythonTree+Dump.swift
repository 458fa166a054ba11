extension PythonTree {
  /// Every node on a line of its own, as CPython's `ast` has it, for tests and other tools:
  /// `Class detail line column end-line end-column`, lines from 1, columns in UTF-8 bytes from 0; `- - - -` for nodes
  /// without a place. Depth first, in the order of `ast`'s fields; contexts and operators have no lines.
  package func dump() -> String {
    var output = ""
    var pending = Array(roots.reversed())
    while let id = pending.popLast() {
      let record = record(id)
      output += "\(record.kind.astName(record)) \(detail(id, record)) \(placeText(record))\n"
      // The value of a singleton pattern is no node of its own.
      if record.kind == .matchSingleton { continue }
      pending += children(id).reversed().lazy.filter { $0 != 0 }
    }
    return output
  }

  private func placeText(_ record: NodeRecord) -> String {
    switch record.kind {
    case .arguments, .comprehension, .withItem, .matchCase: "- - - -"
    default: "\(bytePlace(Int(record.start))) \(bytePlace(Int(record.end)))"
    }
  }

  private func bytePlace(_ offset: Int) -> String {
    let line = lines.line(of: offset)
    return "\(line) \(offset - lines.start(ofLine: line))"
  }

  private func detail(_ id: NodeID, _ record: NodeRecord) -> String {
    switch record.kind {
    case .name, .attribute, .functionDefinition, .classDefinition, .argument, .keyword, .handler, .matchStar, .matchAs,
      .matchMapping, .typeVariable, .parameterSpecification, .typeVariableTuple:
      optionalName(record.a, record.b) ?? "-"
    case .binary, .augmentedAssign, .boolean, .unary: PythonToken.Code(rawValue: record.operation)?.text ?? "?"
    case .compare:
      (0..<Int(record.count) - 1).map { comparisonOperator(extra(id, $0)).replacing(" ", with: "") }
        .joined(separator: ",")
    case .string: hasNamedEscape(record) ? "str" : "str:\(Self.hex(Array(text(id).utf8)))"
    case .bytes: if case .bytes(let bytes) = expression(id).node { "bytes:\(Self.hex(bytes))" } else { "?" }
    case .number: "number:\(String(decoding: source[Int(record.start)..<Int(record.end)], as: UTF8.self))"
    case .true: "True"
    case .false: "False"
    case .none: "None"
    case .ellipsis: "Ellipsis"
    case .formattedValue, .interpolation: record.a == 0 ? "-" : "\(Character(Unicode.Scalar(record.a) ?? "?"))"
    case .matchSingleton: name(record.start, record.end)
    case .alias: "\(name(record.a, record.b)):\(optionalName(extra(id, 0), extra(id, 1)) ?? "-")"
    case .importFrom:
      String(repeating: ".", count: Int(extra(id, 0))) + (optionalName(record.a, record.b) ?? "-")
    case .global, .nonlocal: pairs(id, Int(record.a))
    case .matchClass: record.a == 0 ? "-" : pairs(id, Int(record.a))
    default: "-"
    }
  }

  private func pairs(_ id: NodeID, _ count: Int) -> String {
    (0..<count).map { name(extra(id, 2 * $0), extra(id, 2 * $0 + 1)) }.joined(separator: ",")
  }

  private func hasNamedEscape(_ record: NodeRecord) -> Bool {
    let bytes = source[Int(record.start)..<Int(record.end)]
    return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "N") }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension NodeKind {
  /// The class of CPython's `ast`.
  fileprivate func astName(_ record: NodeRecord) -> String {
    let isAsync = record.operation & NodeFlag.isAsync != 0
    switch self {
    case .functionDefinition: return isAsync ? "AsyncFunctionDef" : "FunctionDef"
    case .for: return isAsync ? "AsyncFor" : "For"
    case .with: return isAsync ? "AsyncWith" : "With"
    case .try: return isAsync ? "TryStar" : "Try"
    case .string, .bytes, .number, .true, .false, .none, .ellipsis: return "Constant"
    case .matchCase: return "match_case"
    default: return Self.astNames[self] ?? "Invalid"
    }
  }

  private static let astNames: [NodeKind: String] = [
    .name: "Name", .joinedString: "JoinedStr", .templateString: "TemplateStr", .formattedValue: "FormattedValue",
    .interpolation: "Interpolation", .list: "List", .tuple: "Tuple", .set: "Set", .dict: "Dict", .call: "Call",
    .attribute: "Attribute", .subscript: "Subscript", .slice: "Slice", .binary: "BinOp", .boolean: "BoolOp",
    .compare: "Compare", .unary: "UnaryOp", .starred: "Starred", .conditional: "IfExp", .lambda: "Lambda",
    .listComprehension: "ListComp", .setComprehension: "SetComp", .dictComprehension: "DictComp",
    .generator: "GeneratorExp", .await: "Await", .yield: "Yield", .yieldFrom: "YieldFrom", .named: "NamedExpr",
    .representation: "Repr", .keyword: "keyword", .arguments: "arguments", .argument: "arg",
    .comprehension: "comprehension", .withItem: "withitem", .handler: "ExceptHandler", .alias: "alias",
    .typeVariable: "TypeVar", .parameterSpecification: "ParamSpec", .typeVariableTuple: "TypeVarTuple",
    .matchValue: "MatchValue", .matchSingleton: "MatchSingleton", .matchSequence: "MatchSequence",
    .matchMapping: "MatchMapping", .matchClass: "MatchClass", .matchStar: "MatchStar", .matchAs: "MatchAs",
    .matchOr: "MatchOr", .classDefinition: "ClassDef", .return: "Return", .delete: "Delete", .assign: "Assign",
    .typeAlias: "TypeAlias", .augmentedAssign: "AugAssign", .annotatedAssign: "AnnAssign", .while: "While", .if: "If",
    .match: "Match", .raise: "Raise", .assert: "Assert", .import: "Import", .importFrom: "ImportFrom",
    .global: "Global", .nonlocal: "Nonlocal", .expression: "Expr", .pass: "Pass", .break: "Break",
    .continue: "Continue", .print: "Print", .exec: "Exec",
  ]
}
