package import Diagnostics
import PythonSource

extension ProjectCode {
  /// The literal text that the value of a setting ends with, whatever the rest of it comes to: `/static` of
  /// `f"https://{BUCKET}/static"`. `location` is that of the value. Nil where no such text ends it.
  package func writtenEnd(of name: String, at location: Location) -> String? {
    guard let tree = tree(of: location.path) else { return nil }
    for (statement, _) in tree.moduleLevel {
      guard case .assignment(let targets, let value) = statement.kind, statement.line <= location.line ?? 0,
        targets.contains(where: { $0.dottedName == name }), value.line == location.line,
        location.column == nil || value.column == location.column
      else { continue }
      return value.writtenEnd { name in tree.onlyText(of: name) }
    }
    return nil
  }
}

extension PythonTree {
  /// The text that a name is given at the module's level, where that happens once and under no condition.
  fileprivate func onlyText(of name: String) -> String? {
    var found: [String?] = []
    for (statement, isConditional) in moduleLevel {
      switch statement.kind {
      case .assignment(let targets, let value) where targets.contains { $0.dottedName == name }:
        found.append(isConditional ? nil : value.stringValue)
      case .augmentedAssignment(let target, _, _) where target.dottedName == name: found.append(nil)
      default: break
      }
    }
    return found.count == 1 ? found[0] : nil
  }
}

extension PythonExpression {
  /// `text` tells what a name says.
  fileprivate func writtenEnd(_ text: (String) -> String?) -> String? {
    guard depth < 50 else { return nil }
    let end: String?
    switch node {
    case .string(let text): end = text
    case .formatted(let parts): end = parts.last?.writtenEnd(text)
    case .field(let value, conversion: nil, format: nil): end = value.writtenEnd(text)
    case .name(let name): end = text(name)
    case .binary(_, "+", let right): end = right.writtenEnd(text)
    case .binary(let left, "%", _):
      // The text behind the last conversion: `"%s/static" % host`.
      end = left.stringValue.flatMap { text in
        guard let sign = text.lastIndex(of: "%") else { return nil }
        return text[sign...].dropFirst().firstIndex { $0.isLetter }.map { String(text[text.index(after: $0)...]) }
      }
    case .call(let function, let arguments, _):
      if function.lastName == "urljoin", arguments.count > 1 {
        end = arguments[1].writtenEnd(text)
      } else if case .attribute(let base, "format") = function.node, let text = base.stringValue {
        end = text.lastIndex(of: "}").map { String(text[text.index(after: $0)...]) }
      } else {
        end = nil
      }
    default: end = nil
    }
    return end?.isEmpty == false ? end : nil
  }
}
