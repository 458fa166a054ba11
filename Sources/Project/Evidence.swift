package import Diagnostics
package import Knowledge
package import Packaging

/// One place in the project that needs something installed.
package struct Evidence: Sendable {
  /// What is needed.
  package enum Subject: Hashable, Sendable {
    /// A module by its dotted name, as imported or as named by a string.
    case module(String)
    /// One of these distributions, the usual one first: known from the framework, not from a module.
    case distribution([PackageName])
    /// What a rule about strings and names asks for.
    case rule(RuleKey)
  }

  package let subject: Subject
  package let kind: EvidenceKind
  package let group: DependencyGroup
  package let location: Location
  /// The source text that shows it: a statement, a string, a section.
  package let text: String
  /// The names of `from module import names`, which may be modules themselves; empty for anything else.
  package var names: [String] = []
}

/// What evidence asks for, wherever it stands.
package struct Need: Hashable, Sendable {
  package let subject: Evidence.Subject
  /// As `Evidence.names`.
  package var names: [String] = []

  /// A text that no other need has: of a module without names, as most are, its own.
  var key: String {
    let subject =
      switch subject {
      case .module(let module): module
      case .distribution(let names): "=" + names.map(\.normalized).joined(separator: "|")
      case .rule(let rule): "<" + rule.text
      }
    return names.isEmpty ? subject : "\(subject) \(names.joined(separator: ","))"
  }
}
