import Project
import PythonSource

/// The number that an expression of a module gives at least: `multiprocessing.cpu_count() * 2 + 1` is 3 or more. What the
/// environment may set is taken for its default.
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
    case .call(let function, let arguments, _): return call(function, arguments, depth)
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

  private func call(_ function: PythonExpression, _ arguments: [PythonExpression], _ depth: Int) -> Int? {
    let name: String
    switch function.node {
    case .attribute(_, let last), .name(let last): name = last
    default: return nil
    }
    switch name {
    case "cpu_count", "process_cpu_count": return 1
    case "int", "round", "float": return arguments.first.flatMap { value(of: $0, depth + 1) }
    case "min": return least(arguments, depth)
    case "max": return arguments.compactMap { value(of: $0, depth + 1) }.max()
    case "get", "getenv", "config", "env": return arguments.count > 1 ? value(of: arguments[1], depth + 1) : nil
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
    let given = tree.assignments.filter { $0.target.dottedName == name }.map(\.value)
    return given.isEmpty ? nil : least(given, depth)
  }
}
