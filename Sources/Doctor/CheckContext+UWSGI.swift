import Diagnostics
import Project

extension CheckContext {
  /// Unknown for each file that a configuration of uWSGI takes in and that is none of the project's: those are looked at for
  /// themselves.
  package func unseenInclusions(of configuration: UWSGIConfiguration) -> [CheckResult] {
    configuration.inclusions.compactMap { option in
      guard let value = option.value, !value.hasPrefix(":") else { return nil }
      let expansion = configuration.expansion(of: value, in: project.root)
      let name = expansion.text.split(separator: ":").first.map(String.init) ?? ""
      if let reason = expansion.unknownReason {
        return CheckResult(.unknown, option.key, "not known: \(reason)", at: option.place())
      }
      if uwsgi.contains(where: { $0.path.name == SourcePath(name).name }) { return nil }
      // It may hold a password: the option alone is named.
      return CheckResult(
        .unknown, option.key, "what stands in that file is not known: it is not in the project", at: option.place())
    }
  }
}
