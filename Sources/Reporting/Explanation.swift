import Diagnostics
package import Doctor
import Knowledge
package import Manifests
package import Packaging
package import Project

/// What `explain` tells, as blocks of a title and fields.
package struct Explanation: Sendable {
  private typealias Field = (name: String, lines: [String])

  private let title: String
  private let kind: String
  private let fields: [Field]

  /// How many places are shown.
  private static let placeLimit = 12

  private init(_ title: String, _ kind: String, _ fields: [Field]) {
    self.title = title
    self.kind = kind
    self.fields = fields.filter { !$0.lines.isEmpty }
  }

  /// The block with its line ends.
  package func text(paint: Paint) -> String {
    let width = fields.map(\.name.count).max() ?? 0
    var text = "\(paint(Escaping.text(title), .bold)) (\(kind))\n"
    for (name, lines) in fields {
      for (index, line) in lines.enumerated() {
        let head =
          index == 0
          ? paint(name, .dim) + String(repeating: " ", count: width - name.count) : Wording.padded("", to: width)
        text += "  \(head)  \(Escaping.text(line))\n"
      }
    }
    return text
  }

  // MARK: - Distributions

  /// Why a distribution is there: what needs it, how that is known, who declares it, who else asks for it.
  package init(
    of name: PackageName, needed requirement: RequirementEntry?, declared: [DeclaredDependencies.Entry],
    in graph: DependencyGraph, chain: [PackageName]
  ) {
    let node = graph[name]
    var state: [String] = []
    switch node?.source {
    case .environment?: state = ["installed, \(node?.version ?? "version unknown")"]
    case .lock(let path)?: state = ["\(node?.version ?? "no version") in \(path)"]
    case .table?, nil: state = ["neither installed nor locked"]
    }
    var fields: [Field] = [("version", state)]
    if let requirement {
      fields.append(("needed", ["\(requirement.group.rawValue), \(Self.proof(requirement.proof))"]))
      fields.append(("shown by", Self.places(requirement.evidence)))
      fields.append(("modules", requirement.modules.isEmpty ? [] : [requirement.modules.joined(separator: ", ")]))
      let others = requirement.alternatives.map(\.normalized).joined(separator: ", ")
      fields.append(("instead of it", others.isEmpty ? [] : [others]))
    } else {
      fields.append(("needed", ["no import, setting or process file of the project shows it"]))
    }
    fields.append(("declared", declared.isEmpty ? ["nowhere"] : declared.map(Self.declaration)))
    let dependents = graph.dependents(of: name).map { other, extra in
      "\(other)" + (extra.map { "[\($0)]" } ?? "")
    }
    fields.append(("needed by", dependents.isEmpty ? [] : [dependents.joined(separator: ", ")]))
    if chain.count > 1 { fields.append(("comes with", [chain.map(\.normalized).joined(separator: " -> ")])) }
    let needs = (node?.needs ?? []).filter { $0.forExtra == nil }.map(\.name.normalized)
    fields.append(("needs", needs.isEmpty ? [] : [needs.joined(separator: ", ")]))
    self.init(name.normalized, "distribution", fields)
  }

  private static func declaration(_ entry: DeclaredDependencies.Entry) -> String {
    let role = entry.role.name.map { "\(entry.role.kind.rawValue) \($0)" } ?? entry.role.kind.rawValue
    return "\(entry.location) \(entry.requirement) (\(role))"
  }

  private static func proof(_ proof: Proof) -> String {
    switch proof {
    case .environment: "known from the environment"
    case .lock: "known from the lock"
    case .declared: "known from what is declared"
    case .table: "known from the table of published modules"
    case .index: "known from the index"
    }
  }

  private static func places(_ evidence: some Collection<Evidence>) -> [String] {
    let shown = evidence.prefix(placeLimit).map { item in
      item.kind == .import ? "\(item.location) \(item.text)" : "\(item.location) \(item.kind.rawValue) \(item.text)"
    }
    let more = evidence.count - shown.count
    return shown + (more > 0 ? ["and \(Wording.count(more, "more place", plural: "more places"))"] : [])
  }

  // MARK: - Modules

  /// What provides a module.
  package init(
    ofModule module: String, providers: [PackageName], proof: Proof?, evidence: some Collection<Evidence>,
    isLocal: Bool,
    chosen: PackageName?
  ) {
    var origin: [String]
    if isLocal {
      origin = ["the project itself"]
    } else if let proof, !providers.isEmpty {
      origin = providers.map { $0 == chosen ? "\($0), which the project takes" : "\($0)" }
      origin[0] += " (\(Self.proof(proof)))"
    } else if StandardLibrary.contains(module.topLevelModule, python: nil) {
      origin = ["the standard library of Python"]
    } else if ModuleTable.isProjectName(module.topLevelModule) {
      origin = ["nothing: it is a name that projects give to modules of their own"]
    } else {
      origin = ["nothing proves it"]
    }
    self.init(module, "module", [("provided by", origin), ("used at", Self.places(evidence))])
  }

  // MARK: - Checks

  /// What a check of doctor means.
  package init(of check: CheckDocumentation) {
    let reach =
      switch check.reach {
      case .static: "reads files alone"
      case .interpreter: "asks the project's interpreter"
      case .staticAndNetwork: "reads files, and asks the servers that the settings name where that is allowed"
      case .network: "talks to the servers that the settings name"
      case .project: "imports the project with its interpreter (--live)"
      }
    let severity =
      check.severity.rawValue + (check.isErrorInProduction ? " (error under --profile production)" : "")
    self.init(
      check.id, "check of doctor, \(severity)",
      [
        ("says", [check.title]), ("reach", [reach]), ("what", Self.lines(check.what)), ("why", Self.lines(check.why)),
        ("example", Self.lines(check.example)), ("remedy", Self.lines(check.remedy)),
      ])
  }

  /// What a finding of scan means.
  package init(of rule: ReportRow.Rule) {
    self.init(
      rule.id, "finding of scan, \(rule.severity.rawValue)",
      [("says", [rule.title]), ("remedy", Self.lines(rule.help))])
  }

  /// Words in lines of at most 88 columns.
  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n") {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > 88 {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      lines.append(line)
    }
    return lines
  }
}
