package import Diagnostics
import PythonSource

/// A place that lets PyMySQL stand in for mysqlclient: `pymysql.install_as_MySQLdb()`, whatever name it is called by, or
/// `sys.modules["MySQLdb"] = pymysql`.
package struct MySQLHook: Sendable {
  package let location: Location
  /// Whether it is called: a name alone does nothing.
  package let isCalled: Bool
  /// The mysqlclient that the file makes PyMySQL pretend to be, where it writes that out; empty where it does so in a way that
  /// cannot be told; nil where it does not.
  package let pretended: [Int]?
  /// The function that the call stands in, where nothing calls that one.
  package let unusedFunction: String?
  /// Whether it stands in `ready()` of an app, which runs when the models are there.
  package let isInReady: Bool
  /// Whether it runs only where the file is started by itself: `if __name__ == "__main__":`.
  package let isForScript: Bool
}

extension ProjectCode {
  /// The hooks in the project's sources, sorted by location.
  package var mysqlHooks: [MySQLHook] {
    (sources(mentioning: "MySQLdb") + strays).flatMap { file -> [MySQLHook] in
      guard let tree = tree(of: file) else { return [] }
      let pretended = Self.pretended(in: tree)
      func hook(_ expression: PythonExpression, isCalled: Bool) -> MySQLHook {
        MySQLHook(
          location: Location(path: file, line: expression.line, column: expression.column), isCalled: isCalled,
          pretended: pretended, unusedFunction: isCalled ? unusedFunction(around: expression, in: tree, file) : nil,
          isInReady: Self.isInReady(expression, in: tree), isForScript: Self.isForScript(expression, in: tree))
      }
      let calls = Self.calls(in: tree) + Self.replacements(in: tree)
      if !calls.isEmpty { return calls.map { hook($0, isCalled: true) } }
      return tree.moduleLevel.compactMap { statement, _ in
        guard case .expression(let value) = statement.kind, value.lastName == "install_as_MySQLdb" else { return nil }
        return hook(value, isCalled: false)
      }
    }.sorted { $0.location < $1.location }
  }

  private static func isInReady(_ call: PythonExpression, in tree: PythonTree) -> Bool {
    tree.classes.contains { _, type in
      type.body.contains { statement in
        guard case .function(let function) = statement.kind else { return false }
        return function.name == "ready" && statement.range.contains(call.offset)
      }
    }
  }

  private static func isForScript(_ call: PythonExpression, in tree: PythonTree) -> Bool {
    tree.statements.contains { statement in
      guard case .if(let condition, let body, _) = statement.kind, condition.text.contains("__main__"),
        condition.text.contains("==")
      else { return false }
      return body.contains { $0.range.contains(call.offset) }
    }
  }

  private static let installer = "install_as_MySQLdb"

  private static func calls(in tree: PythonTree) -> [PythonExpression] {
    let names = otherNames(in: tree)
    return tree.calls.filter { call in
      guard case .call(let function, _, _) = call.node else { return false }
      switch function.node {
      case .attribute(_, let name): return name == installer
      case .name(let name): return name == installer || names.contains(name)
      default: return false
      }
    }
  }

  /// `install = pymysql.install_as_MySQLdb`, `from pymysql import install_as_MySQLdb as install`
  private static func otherNames(in tree: PythonTree) -> Set<String> {
    let given = tree.assignments.filter { $0.value.lastName == installer }.compactMap(\.target.dottedName)
    let imported = tree.imports.flatMap { statement -> [String] in
      guard case .importFrom(_, let names, _) = statement.kind else { return [] }
      return names.filter { $0.name == installer }.compactMap(\.alias)
    }
    return Set(given + imported)
  }

  /// `sys.modules["MySQLdb"] = pymysql`
  private static func replacements(in tree: PythonTree) -> [PythonExpression] {
    tree.assignments.compactMap { target, value in
      guard case .subscripted(let base, let index) = target.node, base.lastName == "modules",
        index.stringValue == "MySQLdb", value.text.contains("pymysql")
      else { return nil }
      return target
    }
  }

  /// The name of the module's function around a call, where no source speaks of it.
  private func unusedFunction(around call: PythonExpression, in tree: PythonTree, _ file: SourcePath) -> String? {
    for statement in tree.statements where statement.range.contains(call.offset) {
      guard case .function(let function) = statement.kind, function.decorators.isEmpty,
        tree.mentions(of: function.name).isEmpty, tree.strings(reading: function.name).isEmpty
      else { return nil }
      let isKnown = sources.contains { $0 != file && text(of: $0)?.contains(function.name) == true }
      return isKnown ? nil : function.name
    }
    return nil
  }

  /// `pymysql.version_info = (1, 4, 6, "final", 0)`
  private static func pretended(in tree: PythonTree) -> [Int]? {
    for (statement, _) in tree.moduleLevel {
      guard case .assignment(let targets, let value) = statement.kind,
        targets.contains(where: {
          $0.lastName == "version_info" || $0.lastName == "__version__" && $0.dottedName != "__version__"
        })
      else { continue }
      guard case .tuple(let parts) = value.node else { return [] }
      let numbers = parts.prefix(3).map { part in
        if case .number(let digits) = part.node { Int(digits) } else { Int?.none }
      }
      return numbers.allSatisfy { $0 != nil } ? numbers.compactMap(\.self) : []
    }
    return tree.source.holds("version_info") ? [] : nil
  }
}
