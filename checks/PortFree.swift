import ConfigFormats
import Diagnostics
import Doctor
import Project

/// The ports that the project would be served at are free.
struct PortFree: Check {
  let documentation = CheckDocumentation(
    id: "port-free", area: .serving, reach: .network, severity: .error,
    title: "the ports of the project are free",
    what: """
      Looks whether a server could listen at the addresses of runserver and gunicorn in scripts and Procfiles, of \
      gunicorn's and uWSGI's files, else at 127.0.0.1:8000 for a project with a manage.py. What the project itself serves \
      there is fine, and so are addresses inside of containers.
      """,
    why: "\"That port is already in use\", and the browser shows another project.",
    example: "bind = '0.0.0.0:8000' in gunicorn.conf.py, while another project's server listens at 8000",
    remedy: "end the other process, or choose another port: envtool run 8001")

  private struct Address {
    let host: String
    let port: UInt16
    let location: Location?
  }

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let portState = context.portState else { return [CheckResult(.skipped, "port", "ports are not looked at")] }
    var seen: Set<UInt16> = []
    return addresses(in: context).filter { seen.insert($0.port).inserted }.map { address in
      let shown = "\(address.host.contains(":") ? "[\(address.host)]" : address.host):\(address.port)"
      switch portState(address.host, address.port) {
      case .free: return CheckResult(.ok, shown, "free", at: address.location)
      case .inUse(let holder, let folder):
        return inUse(shown, holder, folder, at: address.location, in: context)
      case .refused(let reason, let remedy):
        return CheckResult(.unknown, shown, reason, remedy: remedy, at: address.location)
      }
    }
  }

  private func inUse(
    _ shown: String, _ holder: String?, _ folder: SourcePath?, at place: Location?, in context: CheckContext
  ) -> CheckResult {
    if let folder, folder.isBelow(context.project.root) {
      return CheckResult(.ok, shown, "served by the project itself", at: place)
    }
    guard let holder, folder != nil else {
      // It may be the project's own server, started by another user.
      return CheckResult(
        .unknown, shown, "in use\(holder.map { " by \($0)" } ?? ""), and whether the project serves there is not known",
        at: place)
    }
    return CheckResult(
      context.status(self), shown, "in use by \(holder)", remedy: "end that process, or choose another port", at: place,
      evidence: ["holder": holder])
  }

  // MARK: - Addresses

  private func addresses(in context: CheckContext) -> [Address] {
    var found = context.gunicorn.flatMap { configuration in
      configuration.values(of: "bind").compactMap { setting in
        configuration.isCommand && !isHere(setting.location, in: context)
          ? nil : setting.text.flatMap { Self.address($0, at: setting.valueLocation) }
      }
    }
    for configuration in context.uwsgi where !configuration.isCommand {
      for option in configuration.options
      where ["socket", "uwsgi-socket", "http-socket", "http"].contains(option.key) && !option.isConditional {
        let expansion = configuration.expansion(of: option.value ?? "", in: context.project.root)
        guard expansion.unknownReason == nil else { continue }
        found += [Self.address(expansion.text, at: option.place())].compactMap(\.self)
      }
    }
    found += context.commands.compactMap { command, path in
      guard Self.isHere(command.place), let index = command.words.firstIndex(of: "runserver") else { return nil }
      let place = Location(path: path, line: command.line, column: command.column)
      return command.words[(index + 1)...].first { !$0.hasPrefix("-") }.flatMap { Self.address($0, at: place) }
    }
    if found.isEmpty, context.project.managePath != nil, context.project.hasSettings {
      found.append(Address(host: "127.0.0.1", port: 8000, location: nil))
    }
    return found
  }

  private func isHere(_ location: Location, in context: CheckContext) -> Bool {
    context.commands.contains { command, path in
      path == location.path && command.line == location.line && Self.isHere(command.place)
    }
  }

  /// Whether what starts there runs on this machine.
  private static func isHere(_ place: ProcessPlace) -> Bool {
    switch place {
    case .procfile, .script, .task, .unit, .supervisor: true
    default: false
    }
  }

  /// `8000`, `:8000`, `0:8000`, `127.0.0.1:8000`, `[::]:8000`; nil for anything else and for port 0.
  private static func address(_ text: String, at location: Location?) -> Address? {
    let colon = text.lastIndex(of: ":")
    let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
    guard let port = UInt16(digits), port > 0 else { return nil }
    var host = colon.map { text[..<$0] } ?? "127.0.0.1"
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    if ["", "0", "*"].contains(host) { host = "0.0.0.0" }
    let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"${}<>%/'\"".utf8.contains($0) }
    return isPlain ? Address(host: String(host), port: port, location: location) : nil
  }
}
