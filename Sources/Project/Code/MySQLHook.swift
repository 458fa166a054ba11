package import Diagnostics
import PythonSource

/// A place that lets PyMySQL stand in for mysqlclient: `pymysql.install_as_MySQLdb()`.
package struct MySQLHook: Sendable {
  package let location: Location
  /// Whether it is called: a name alone does nothing.
  package let isCalled: Bool
  /// The mysqlclient that the file makes PyMySQL pretend to be, where it writes that out; empty where it does so in a way that
  /// cannot be told; nil where it does not.
  package let pretended: [Int]?
  /// The function that the call stands in, where nothing calls that one.
  package let unusedFunction: String?
}

extension ProjectCode {
  /// The hooks in the project's sources, sorted by location.
  package var mysqlHooks: [MySQLHook] {
    (sources(mentioning: "install_as_MySQLdb") + strays).flatMap { file -> [MySQLHook] in
      guard let tree = tree(of: file) else { return [] }
      let pretended = Self.pretended(in: tree)
      func hook(_ expression: PythonExpression, isCalled: Bool) -> MySQLHook {
        MySQLHook(
          location: Location(path: file, line: expression.line, column: expression.column), isCalled: isCalled,
          pretended: pretended, unusedFunction: isCalled ? unusedFunction(around: expression, in: tree, file) : nil)
      }
      let calls = tree.calls.filter { call in
        if case .call(let function, _, _) = call.node { function.lastName == "install_as_MySQLdb" } else { false }
      }
      if !calls.isEmpty { return calls.map { hook($0, isCalled: true) } }
      return tree.moduleLevel.compactMap { statement, _ in
        guard case .expression(let value) = statement.kind, value.lastName == "install_as_MySQLdb" else { return nil }
        return hook(value, isCalled: false)
      }
    }.sorted { $0.location < $1.location }
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
