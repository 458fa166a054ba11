import Diagnostics
import PythonSource

/// Which decorators hand on what they are given.
extension ViewReader {
  /// Names below django and rest_framework; nothing else there that decorates views changes their parameters.
  private static let modules = [
    "django.contrib.auth.decorators.", "django.contrib.admin.views.decorators.", "django.views.decorators.",
    "django.utils.decorators.", "django.db.transaction.", "rest_framework.decorators.", "drf_spectacular.utils.",
    "drf_yasg.utils.", "django_ratelimit.decorators.", "ratelimit.decorators.", "asgiref.sync.",
  ]

  /// Whether a decorator leaves the parameters as they are: `@login_required`, `@cache_page(60)`.
  func keepsParameters(_ decorator: PythonExpression, _ file: SourcePath, depth: Int = 0) -> Bool {
    guard depth < 6, let name = decorator.calledName else { return false }
    switch code.definition(of: name, in: file) {
    case .external(let dotted):
      // method_decorator wraps another one.
      if dotted == "django.utils.decorators.method_decorator" {
        guard case .call(_, let arguments, _) = decorator.node, let inner = arguments.first else { return false }
        if case .list(let items) = inner.node {
          return items.allSatisfy { keepsParameters($0, file, depth: depth + 1) }
        }
        if case .tuple(let items) = inner.node {
          return items.allSatisfy { keepsParameters($0, file, depth: depth + 1) }
        }
        return keepsParameters(inner, file, depth: depth + 1)
      }
      return Self.modules.contains { dotted.hasPrefix($0) }
    case .function(let function, let location):
      guard location.path.bytes.ends(with: ".py"), function.decorators.isEmpty, let tree = code.tree(of: location.path)
      else { return false }
      if case .call = decorator.node {
        return function.returned.map { handsOn($0, tree, location.path, depth) } ?? false
      }
      return handsOn(function, tree, location.path, depth)
    default: return false
    }
  }

  /// Whether a decorator of the project returns a function that takes anything and hands it on as it is.
  private func handsOn(_ decorator: PythonFunction, _ tree: PythonTree, _ file: SourcePath, _ depth: Int) -> Bool {
    guard decorator.parameters.count == 1, let view = decorator.parameters.first, let wrapper = decorator.returned,
      wrapper.decorators.allSatisfy({ decorator in
        decorator.calledName?.hasSuffix("wraps") == true || keepsParameters(decorator, file, depth: depth + 1)
      })
    else { return false }
    let parameters = wrapper.parameters
    guard parameters.count == 3, parameters[0].role == .regular, parameters[1].role == .variadic,
      parameters[2].role == .variadicKeyword
    else { return false }
    let call = [parameters[0].name, "*\(parameters[1].name)", "**\(parameters[2].name)"]
    var calls = 0
    let text = FunctionText(wrapper, tree)
    for offset in text.uses(of: view.name) {
      guard text.arguments(behind: offset + view.name.utf8.count) == call else { return false }
      calls += 1
    }
    return calls > 0 && text.isOnlyHandedOn(parameters[2].name) && text.uses(of: parameters[1].name).count == calls
  }
}

extension PythonFunction {
  /// The function in it that it returns by its name, when that is its last statement.
  fileprivate var returned: PythonFunction? {
    guard case .return(let value?) = body.last?.kind, let name = value.dottedName else { return nil }
    let inner = body.compactMap { statement -> PythonFunction? in
      guard case .function(let function) = statement.kind, function.name == name else { return nil }
      return function
    }
    return inner.count == 1 ? inner[0] : nil
  }
}

/// The text of a function's body, looked at word by word; a comment or string counts as code does.
struct FunctionText {
  private let source: [UInt8]
  private let range: Range<Int>

  init(_ function: PythonFunction, _ tree: PythonTree) {
    source = tree.source
    range = (function.body.first?.offset ?? 0)..<(function.body.last?.range.upperBound ?? 0)
  }

  /// The offsets at which a name stands.
  func uses(of name: String) -> [Int] {
    let word = Array(name.utf8)
    guard let first = word.first, range.count >= word.count else { return [] }
    return (range.lowerBound...(range.upperBound - word.count)).filter { offset in
      source[offset] == first && source[offset..<(offset + word.count)].elementsEqual(word)
        && (offset == 0 || !Self.isName(source[offset - 1]))
        && (offset + word.count == source.count || !Self.isName(source[offset + word.count]))
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }

  /// The arguments of a call whose parenthesis stands at an offset, without white space; nil where there is no such call
  /// or it holds more brackets.
  func arguments(behind offset: Int) -> [String]? {
    guard offset < source.count, source[offset] == UInt8(ascii: "(") else { return nil }
    let inner = source[(offset + 1)...].prefix { !"()[]{}#'\"".utf8.contains($0) }
    guard inner.endIndex < source.count, source[inner.endIndex] == UInt8(ascii: ")") else { return nil }
    let parts = inner.filter { $0 > 0x20 }.split(separator: UInt8(ascii: ","))
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a parenthesis opens at an offset.
  func isCall(_ offset: Int) -> Bool { offset < source.count && source[offset] == UInt8(ascii: "(") }

  /// Whether a `**` parameter is but read and handed on: no entry is taken out or put in.
  func isOnlyHandedOn(_ name: String) -> Bool {
    uses(of: name).allSatisfy { offset in
      if offset >= 2, source[offset - 1] == UInt8(ascii: "*"), source[offset - 2] == UInt8(ascii: "*") { return true }
      let rest = source[(offset + name.utf8.count)...]
      if rest.starts(with: ".get(".utf8) { return true }
      // `self.kwargs = kwargs`
      let before = source[..<offset]
      if before.last == UInt8(ascii: "."), rest.starts(with: " = \(name)\n".utf8) { return true }
      if before.suffix(name.utf8.count + 4).elementsEqual(".\(name) = ".utf8), rest.first == 0x0A { return true }
      guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let behind = source[(end + 1)...].drop { $0 == 0x20 }
      // `kwargs["x"] = 1` and `del kwargs["x"]`
      if behind.first == UInt8(ascii: "="), behind.dropFirst().first != UInt8(ascii: "=") { return false }
      return !source[max(0, offset - 4)..<offset].elementsEqual("del ".utf8)
    }
  }
}
