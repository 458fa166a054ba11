package import Diagnostics
import PythonSource

/// Where settings are written, for values that come from functions and names that stand elsewhere.
extension Project {
  /// The place of a value in the settings: its own where it stands in a statement that sets `name`, else that of the entry it is
  /// the value of, else that of the last such statement's value.
  ///
  /// `index` is that of the entry in the list, which is the setting itself or what stands behind `key` in it.
  package func place(of value: SettingValue, in name: String, key: String? = nil, index: Int? = nil) -> Location {
    guard let settings = judgedSettings?.values, let code else { return value.location }
    var last: Location?
    for path in settings.starImports + [settings.path] {
      for (statement, _) in code.tree(of: path)?.moduleLevel ?? [] {
        guard let written = Self.written(name, by: statement) else { continue }
        if value.location.path == path, let line = value.location.line, let lines = code.lines(of: statement, in: path),
          lines.contains(line)
        {
          return value.location
        }
        let entry = index.flatMap { Self.entries(of: written, key, 0)?.dropFirst($0).first } ?? written
        last = Location(path: path, line: entry.line, column: entry.column)
      }
    }
    return last ?? value.location
  }

  /// The expression that a statement gives to a name or adds to it.
  private static func written(_ name: String, by statement: PythonStatement) -> PythonExpression? {
    switch statement.kind {
    case .assignment(let targets, let value): targets.contains { $0.dottedName == name } ? value : nil
    case .annotation(let target, _, let value?), .augmentedAssignment(let target, _, let value):
      target.dottedName == name ? value : nil
    default: nil
    }
  }

  /// The entries of a list or tuple; of the first behind `key` in what is written out.
  private static func entries(of value: PythonExpression, _ key: String?, _ depth: Int) -> [PythonExpression]? {
    guard depth < 20 else { return nil }
    switch value.node {
    case .list(let items), .tuple(let items):
      guard let key else { return items }
      return items.lazy.compactMap { entries(of: $0, key, depth + 1) }.first
    case .dictionary(let entries):
      return entries.first { $0.key?.stringValue == key && key != nil }.flatMap {
        self.entries(of: $0.value, nil, depth + 1)
      }
    case .call(_, _, let keywords):
      return keywords.first { $0.name == key && key != nil }.flatMap { self.entries(of: $0.value, nil, depth + 1) }
    default: return nil
    }
  }
}

extension ProjectCode {
  fileprivate func lines(of statement: PythonStatement, in path: SourcePath) -> ClosedRange<Int>? {
    guard let tree = tree(of: path) else { return nil }
    return statement.line...max(statement.line, tree.lines.line(of: statement.range.upperBound))
  }
}
