import Checks
import Diagnostics
import Doctor
import Host
import Reporting

/// Which checks there are, and which of them are asked for.
extension DoctorCommand {
  func selectedChecks(in session: Session) throws -> [any Check] {
    let all = try availableChecks(in: session)
    for pattern in only + skip where !all.contains(where: { Glob.matches($0.id, pattern) }) {
      let hint = Suggestion.closest(to: pattern, among: all.map(\.id)).map { "did you mean \($0)?" }
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "no such check: \(Escaping.text(pattern))", remedy: hint ?? "`envtool doctor --list` names them"))
    }
    return all.filter { check in
      let id = check.id
      if !only.isEmpty, !only.contains(where: { Glob.matches(id, $0) }) { return false }
      if skip.contains(where: { Glob.matches(id, $0) }) { return false }
      if list { return true }
      switch check.documentation.reach {
      case .static, .staticAndNetwork: return true
      case .interpreter: return !isStatic
      case .network: return !isStatic && !common.offline
      case .project: return isLive
      }
    }.sorted { $0.id < $1.id }
  }

  static func list(_ checks: [any Check]) -> String {
    let width = checks.map(\.id.count).max() ?? 0
    let reachWidth = checks.map(\.documentation.reach.rawValue.count).max() ?? 0
    return checks.map { check in
      let documentation = check.documentation
      return "\(Wording.padded(check.id, to: width))  \(Wording.padded(documentation.severity.rawValue, to: 7))  "
        + "\(Wording.padded(documentation.reach.rawValue, to: reachWidth))  \(documentation.title)\n"
    }.joined()
  }

  /// The checks that are compiled in, and the project's own rules.
  private func availableChecks(in session: Session) throws -> [any Check] {
    let known = CheckCatalog.everything
    let root = session.host.absolute(SourcePath(path))
    let folder = root.appending(".envtool/checks")
    guard Files.kind(of: folder) == .folder else { return known }
    var rules: [CheckRule] = []
    do {
      for (name, kind) in try Files.list(folder) where kind == .regular && name.name.hasSuffix(".toml") {
        let taken = Set(known.map(\.id) + rules.map(\.id))
        let bytes = try Files.read(folder.appending(name), limit: 1 << 20)
        rules += try RuleFile(bytes, at: SourcePath(".envtool/checks").appending(name), taken: taken).rules
      }
    } catch let problem as Finding {
      throw CommandFailure(ExitStatus.usage, problem)
    } catch {
      throw CommandFailure(ExitStatus.usage, Finding(.error, "\(error)", remedy: "make the rule files readable"))
    }
    return known + rules.map { RuleCheck($0, runsCommands: allowsCommands) }
  }
}

extension CheckCatalog {
  /// The checks in Swift, then those that are only data.
  static let everything: [any Check] =
    all
    + ruleFiles.flatMap { file -> [any Check] in
      do throws(Finding) {
        return try RuleFile(Array(file.text.utf8), at: SourcePath(file.path)).rules.map { RuleCheck($0) }
      } catch {
        preconditionFailure("\(error)")
      }
    }
}
