import Project
import PythonSource

/// The number that an expression of a module gives at least: `multiprocessing.cpu_count() * 2 + 1` is 3 or more. What the
/// environment may set is taken for its default, and what it leaves unset without one is passed over.
struct LeastNumber {
  private let tree: PythonTree

  init(_ tree: PythonTree) { self.tree = tree }

  func value(of expression: PythonExpression, _ depth: Int = 0) -> Int? {
    guard expression.depth < 50, depth < 10 else { return nil }
    switch expression.node {
    case .number(let digits): return Int(digits)
    case .string(let text): return Int(text)
    case .name(let name): return variable(name, depth)
    case .logical("or", let operands):
      let numbers = operands.map { value(of: $0, depth + 1) }
      return numbers.contains(nil) ? numbers.last ?? nil : numbers.compactMap(\.self).min()
    case .conditional(let first, _, let second): return least([first, second], depth)
    case .call(let function, let arguments, let keywords): return call(function, arguments, keywords, depth)
    case .binary(let left, let operation, let right):
      guard let first = value(of: left, depth + 1), let second = value(of: right, depth + 1),
        (0...1000).contains(first),
        (0...1000).contains(second)
      else { return nil }
      switch operation {
      case "+": return first + second
      case "*": return first * second
      case "//": return second > 0 ? first / second : nil
      case "-": return max(0, first - second)
      default: return nil
      }
    default: return nil
    }
  }

  private func least(_ expressions: [PythonExpression], _ depth: Int) -> Int? {
    let numbers = expressions.map { value(of: $0, depth + 1) }
    return numbers.contains(nil) ? nil : numbers.compactMap(\.self).min()
  }

  private func call(
    _ function: PythonExpression, _ arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword], _ depth: Int
  ) -> Int? {
    let name: String
    var usual = arguments.count > 1 ? arguments[1] : nil
    usual = keywords.first { $0.name == "default" }?.value ?? usual
    switch function.node {
    // `env.int("WORKERS", default=4)`
    case .attribute(let base, "int") where base.lastName?.lowercased().contains("env") ?? false:
      return usual.flatMap { value(of: $0, depth + 1) }
    case .attribute(_, let last), .name(let last): name = last
    default: return nil
    }
    switch name {
    case "cpu_count", "process_cpu_count": return 1
    case "len":
      guard case .call(let inner, _, _)? = arguments.first?.node else { return nil }
      return inner.lastName == "sched_getaffinity" ? 1 : nil
    case "int", "round", "float": return arguments.first.flatMap { value(of: $0, depth + 1) }
    case "min": return least(arguments, depth)
    case "max": return arguments.compactMap { value(of: $0, depth + 1) }.max()
    case "get", "getenv", "config", "env": return usual.flatMap { value(of: $0, depth + 1) }
    default: break
    }
    // A function of the module.
    for statement in tree.statements {
      guard case .function(let definition) = statement.kind, definition.name == name, function.dottedName == name else {
        continue
      }
      let returned = PythonStatement.returns(in: definition.body)
      return returned.isEmpty ? nil : least(returned, depth)
    }
    return nil
  }

  private func variable(_ name: String, _ depth: Int) -> Int? {
    let given = values(of: name).filter { !isUnset($0, depth) }
    return given.isEmpty ? nil : least(given, depth)
  }

  private func values(of name: String) -> [PythonExpression] {
    tree.assignments.filter { $0.target.dottedName == name }.map(\.value)
  }

  /// Whether an expression is None, or made of it, as long as the environment sets nothing: `int(os.getenv("WORKERS"))`.
  private func isUnset(_ expression: PythonExpression, _ depth: Int) -> Bool {
    guard depth < 10 else { return false }
    switch expression.node {
    case .none: return true
    case .name(let name):
      let given = values(of: name)
      return !given.isEmpty && given.allSatisfy { isUnset($0, depth + 1) }
    case .call(let function, let arguments, let keywords):
      switch function.lastName {
      case "int", "float", "min": return arguments.contains { isUnset($0, depth + 1) }
      case "get", "getenv":
        guard keywords.isEmpty else { return false }
        return arguments.count == 1 || arguments.count == 2 && isUnset(arguments[1], depth + 1)
      default: return false
      }
    default: return false
    }
  }
}
