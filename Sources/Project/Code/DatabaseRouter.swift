package import Diagnostics
package import PythonSource

/// A class that decides which database a model goes to.
package struct DatabaseRouter: Sendable {
  package let file: SourcePath
  package let definition: PythonClass
  /// Whether DATABASE_ROUTERS names it.
  package let isNamed: Bool

  /// The methods that Django asks for the alias of a database.
  private static let choosers: Set<String> = ["db_for_read", "db_for_write"]
  static let methods: Set<String> = ["db_for_read", "db_for_write", "allow_relation", "allow_migrate", "allow_syncdb"]

  /// The aliases that it gives and that are written out, in the router or in what it takes them from.
  package func aliases(in code: ProjectCode) -> [GivenValues.Text] {
    let lineage = code.lineage(of: definition, in: file)
    let values = GivenValues(code, owner: (definition, file))
    var seen: Set<Location> = []
    return Self.choosers.sorted().flatMap { chooser -> [GivenValues.Text] in
      for (type, file) in lineage {
        if let method = type.methods.last(where: { $0.function.name == chooser }) {
          return PythonStatement.returns(in: method.function.body).flatMap { values.texts(of: $0, in: file) }
        }
        if let value = type.attributes[chooser] {
          guard case .lambda(_, let result) = value.node else { return [] }
          return values.texts(of: result, in: file)
        }
      }
      return []
    }.filter { seen.insert($0.location).inserted }
  }
}

extension DatabaseRouter {
  /// The labels of apps that it compares with, and those that it keeps in an attribute: `route_app_labels`.
  package func labels(in code: ProjectCode) -> [PythonExpression] {
    guard let tree = code.tree(of: file) else { return [] }
    let ranges = definition.methods.map(\.statement.range)
    let compared = tree.comparisons.filter { comparison in ranges.contains { $0.contains(comparison.offset) } }
      .flatMap { comparison -> [PythonExpression] in
        guard case .comparison(let left, let others) = comparison.node, others.count == 1 else { return [] }
        let sides = [left, others[0].value]
        guard sides.contains(where: { $0.lastName == "app_label" }) else { return [] }
        return sides.flatMap(\.texts)
      }
    let kept = definition.attributes.filter { $0.key.lowercased().contains("app_label") }.flatMap { $0.value.texts }
    return (compared + kept).sorted { $0.offset < $1.offset }
  }
}

extension PythonExpression {
  /// A text, or those of a list, tuple or set.
  package var texts: [PythonExpression] {
    switch node {
    case .string: [self]
    case .list(let items), .tuple(let items), .set(let items): items.filter { $0.stringValue != nil }
    default: []
    }
  }
}

extension Project {
  /// The routers of the project: those that DATABASE_ROUTERS names, then other classes that look like one, by their place.
  package var routers: [DatabaseRouter] {
    guard let code else { return [] }
    var found: [DatabaseRouter] = []
    var seen: Set<Location> = []
    let entries =
      judgedSettings?.values["DATABASE_ROUTERS"]?.alternatives.flatMap(\.items).flatMap(\.alternatives) ?? []
    for entry in entries.compactMap(\.text) {
      guard case .class(let definition, let location) = code.definition(of: entry), seen.insert(location).inserted
      else {
        continue
      }
      found.append(DatabaseRouter(file: location.path, definition: definition, isNamed: true))
    }
    for file in code.sources(mentioning: "db_for_read", "db_for_write", "allow_migrate", "allow_syncdb") {
      for (statement, definition) in code.tree(of: file)?.topClasses ?? [] {
        let location = Location(path: file, line: statement.line, column: statement.column)
        let names = Set(definition.methods.map(\.function.name)).intersection(DatabaseRouter.methods)
        // No other class has an allow_syncdb.
        let isRouter = names.count > 1 || names.contains("allow_syncdb")
        guard isRouter || !names.isEmpty && definition.name.hasSuffix("Router"), seen.insert(location).inserted
        else {
          continue
        }
        found.append(DatabaseRouter(file: file, definition: definition, isNamed: false))
      }
    }
    return found
  }
}
