import ConfigFormats
import Diagnostics
import Doctor
import Project

/// The user and the group that uWSGI is to run as exist.
struct UWSGIUser: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-user", area: .serving, reach: .static, severity: .error,
    title: "uWSGI's user and group exist",
    what: """
      Looks up the names of uid and gid among the users and groups of this machine. Those that systems make for web \
      servers (www-data, nginx and the like) and those that a file of the project makes are unknown where they are missing.
      """,
    why: "uWSGI does not start: \"user git not found.\"",
    example: "uid = git",
    remedy: "name a user of the machine: `id -un` tells yours")

  private static let usual: Set<String> = [
    "www-data", "nginx", "uwsgi", "http", "apache", "httpd", "www", "nobody", "nogroup", "daemon", "web", "wwwrun",
    "users",
    "vagrant", "ubuntu", "ec2-user", "django",
  ]
  private static let keys: [String: Bool] = [
    "uid": true, "gid": false, "immediate-uid": true, "immediate-gid": false, "emperor-tyrant-uid": true,
    "add-gid": false,
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.flatMap { configuration in
      configuration.options.compactMap { option in
        guard let isUser = Self.keys[option.key], let value = option.value, !option.isConditional else { return nil }
        return result(value, isUser: isUser, option, configuration, in: context)
      }
    }
  }

  private func result(
    _ value: String, isUser: Bool, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration,
    in context: CheckContext
  ) -> CheckResult? {
    let expansion = configuration.expansion(of: value, in: context.project.root)
    let name = expansion.text
    let kind = isUser ? "user" : "group"
    if let reason = expansion.unknownReason {
      return CheckResult(.unknown, option.key, "the \(kind) is not known: \(reason)", at: option.place())
    }
    guard !name.isEmpty, Int(name) == nil, isUser ? !context.hasUser(name) : !context.hasGroup(name) else { return nil }
    let message = "there is no \(kind) \(Escaping.text(name)) on this machine"
    if Self.usual.contains(name) || isMade(name, in: context), context.profile != .production {
      return CheckResult(.unknown, option.key, "\(message); the one that serves may have it", at: option.place())
    }
    return CheckResult(
      .error, option.key, message,
      remedy: isUser
        ? "useradd --system \(Escaping.text(name)), or name a user that exists"
        : "groupadd --system \(Escaping.text(name)), or name a group that exists", at: option.place())
  }

  /// Whether a Dockerfile or a script makes the user or group.
  private func isMade(_ name: String, in context: CheckContext) -> Bool {
    let makers: Set<String> = ["useradd", "adduser", "groupadd", "addgroup"]
    return context.commands.contains { command, _ in
      guard let program = command.words.first?.split(separator: "/").last.map(String.init) else { return false }
      return makers.contains(program) && command.words.contains(name)
    }
  }
}
