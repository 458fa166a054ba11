import Diagnostics
import Knowledge
import Manifests
import Packaging
import Project

extension DeclarationReport {
  /// The schema envtool.scan-check/1.
  package var json: JSONValue {
    let counts = DeclarationComparison.Kind.allCases.map { ($0.rawValue, JSONValue.number(comparison.count($0))) }
    return .object([
      ("schema", .string("envtool.scan-check/1")), ("root", .path(project.root)),
      ("files", .array(files.map(JSONValue.path))),
      (
        "summary",
        .object(
          counts + [("declared", .number(comparison.declaredCount)), ("needed", .number(comparison.neededCount))])
      ),
      ("findings", .array(comparison.differences.map(Self.json))),
      (
        "unresolved",
        .array(
          comparison.unresolved.map { module, evidence in
            .object([("module", .string(module)), ("evidence", .array(evidence.map(Self.json)))])
          })
      ),
    ])
  }

  private static func json(_ difference: DeclarationComparison.Difference) -> JSONValue {
    .object([
      ("kind", .string(difference.kind.rawValue)), ("name", .string(difference.name.normalized)),
      ("location", json(difference.location)), ("reason", .string(difference.reason)),
      ("remedy", .string(difference.remedy)), ("group", .optional(difference.group?.rawValue)),
      ("via", .array(difference.chain.map { .string($0.normalized) })),
      ("declared", .array(difference.declarations.map(json))), ("evidence", .array(difference.evidence.map(json))),
    ])
  }

  private static func json(_ location: Location) -> JSONValue {
    .object([
      ("path", .path(location.path)), ("line", .optional(location.line)), ("column", .optional(location.column)),
    ])
  }

  private static func json(_ entry: DeclaredDependencies.Entry) -> JSONValue {
    .object([
      ("path", .path(entry.location.path)), ("line", .optional(entry.location.line)),
      ("column", .optional(entry.location.column)), ("requirement", .string(entry.requirement.description)),
      ("role", .string(entry.role.kind.rawValue)), ("part", .optional(entry.role.name)),
    ])
  }

  private static func json(_ evidence: Evidence) -> JSONValue {
    .object([
      ("path", .path(evidence.location.path)), ("line", .optional(evidence.location.line)),
      ("column", .optional(evidence.location.column)), ("kind", .string(evidence.kind.rawValue)),
      ("text", .string(evidence.text)),
    ])
  }
}
