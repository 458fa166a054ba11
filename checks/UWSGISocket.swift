import ConfigFormats
import Diagnostics
import Doctor
import Project

/// nginx speaks to uWSGI in the protocol of its socket.
struct UWSGISocket: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-socket", area: .serving, reach: .static, severity: .warning,
    title: "nginx and uWSGI speak one protocol",
    what: """
      Compares the addresses of proxy_pass, uwsgi_pass, fastcgi_pass and scgi_pass in nginx's files, upstream blocks \
      included, with the sockets of uWSGI's configurations: socket speaks uwsgi, http-socket and http speak HTTP.
      """,
    why: """
      nginx answers 502 or 504 to each request (\"upstream prematurely closed connection\"), and uWSGI logs an invalid \
      request block size of 21573, which is what \"GE\" reads as.
      """,
    example: "socket = 127.0.0.1:8888 in the ini, proxy_pass http://127.0.0.1:8888 in nginx.conf",
    remedy: "uwsgi_pass and include uwsgi_params for socket, proxy_pass for http-socket")

  private enum Spoken: String {
    case uwsgi
    case http = "HTTP"
    case fastcgi = "FastCGI"
    case scgi = "SCGI"
  }

  /// Where a socket listens or nginx connects to: a port of a host, or the path of a Unix socket.
  private enum Address: Equatable {
    case port(Int, host: String)
    case path(String)
  }

  private static let passes: [String: Spoken] = [
    "uwsgi_pass": .uwsgi, "proxy_pass": .http, "fastcgi_pass": .fastcgi, "scgi_pass": .scgi,
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let sockets = context.uwsgi.flatMap { self.sockets(of: $0, in: context) }
    let hidden = context.uwsgi.flatMap { hiddenSockets(of: $0, in: context) }
    if sockets.isEmpty && hidden.isEmpty { return [] }
    let files = nginxFiles(in: context)
    return files.flatMap { path -> [CheckResult] in
      guard let bytes = context.code.bytes(of: path) else { return [] }
      let file = NginxFile(bytes)
      return file.directives.compactMap { result($0, file, path, sockets, in: context) }
    } + (files.isEmpty ? [] : hidden)
  }

  private func nginxFiles(in context: CheckContext) -> [SourcePath] {
    let configurations = context.project.tree.processFiles.filter { $0.kind == .configuration }.map(\.path)
    let others = context.project.tree.otherFiles.filter { path in
      path.name.contains("nginx") || path.name.contains(".conf")
        || path.components.contains { ["nginx", "sites-available", "sites-enabled", "conf.d"].contains($0) }
    }
    return Set(configurations + others).sorted().filter { path in
      guard let bytes = context.code.bytes(of: path), bytes.count < 1 << 20 else { return false }
      return String(decoding: bytes, as: UTF8.self).contains("_pass")
    }
  }

  private func result(
    _ directive: NginxFile.Directive, _ file: NginxFile, _ path: SourcePath,
    _ sockets: [(address: Address, spoken: Spoken, option: UWSGIConfiguration.Option)], in context: CheckContext
  ) -> CheckResult? {
    guard let spoken = Self.passes[directive.name], let target = directive.words.first else { return nil }
    let addresses = servers(target, spoken, file)
    for address in addresses {
      let found = sockets.filter { Self.meets($0.address, address) }
      // Two that listen there are two ways to start it.
      guard let socket = found.first, !found.contains(where: { $0.spoken == spoken }),
        !isServedOtherwise(address, in: context)
      else { continue }
      let wanted = Self.passes.first { $0.value == socket.spoken }?.key ?? "uwsgi_pass"
      return CheckResult(
        .warning, directive.name,
        "\(directive.name) speaks \(spoken.rawValue), and \(socket.option.key) at that address "
          + "(\(socket.option.location.path):\(socket.option.location.line ?? 1)) speaks \(socket.spoken.rawValue)",
        remedy: socket.spoken == .uwsgi
          ? "write uwsgi_pass with `include uwsgi_params;`, or make it an http-socket" : "write \(wanted)",
        at: Location(path: path, line: directive.line, column: directive.column))
    }
    return nil
  }

  /// Whether another server of the project may listen there instead.
  private func isServedOtherwise(_ address: Address, in context: CheckContext) -> Bool {
    let text =
      switch address {
      case .port(let port, _): "\(port)"
      case .path(let path): path
      }
    let binds = context.gunicorn.flatMap { $0.values(of: "bind") }.map { $0.text ?? "" }
    if binds.contains(where: { $0.hasSuffix(text) }) { return true }
    return context.commands.contains { command, _ in
      command.words.first?.contains("uwsgi") == false
        && command.words.contains { $0 == text || $0.hasSuffix(":\(text)") }
    }
  }

  /// The addresses behind a target: its own, or those of the upstream block that it names.
  private func servers(_ target: String, _ spoken: Spoken, _ file: NginxFile) -> [Address] {
    var text = target[...]
    for scheme in ["http://", "https://", "uwsgi://", "suwsgi://"] where text.hasPrefix(scheme) {
      text = text.dropFirst(scheme.count)
    }
    if !text.hasPrefix("unix:") {
      text = text.prefix { $0 != "/" }
      let named = file.directives.filter { $0.name == "server" && $0.blocks.last == "upstream \(text)" }
      if !named.isEmpty { return named.compactMap { $0.words.first }.compactMap { Self.address($0[...]) } }
    }
    return [Self.address(text)].compactMap(\.self)
  }

  /// `unix:/run/site.sock`, `127.0.0.1:8000`, `:8000`, `/run/site.sock`
  private static func address(_ text: Substring) -> Address? {
    if text.contains("$") || text.contains("{{") { return nil }
    if text.hasPrefix("unix:") {
      // `unix:/run/site.sock:/path` names what is asked for behind the socket.
      let path = text.dropFirst(5).prefix { $0 != ":" }
      return .path(SourcePath(String(path)).normalized.description)
    }
    if text.contains("/") { return .path(SourcePath(String(text)).normalized.description) }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
    return .port(port, host: String(text[..<colon]))
  }

  private static func meets(_ socket: Address, _ asked: Address) -> Bool {
    switch (socket, asked) {
    case (.path(let left), .path(let right)): return left == right
    case (.port(let left, let host), .port(let right, let name)):
      let isEverywhere = ["", "0.0.0.0", "*", "[::]", "::"].contains(host)
      let isLoopback = { ["127.0.0.1", "localhost", "[::1]"].contains($0) }
      return left == right && (isEverywhere || host == name || isLoopback(host) && isLoopback(name))
    default: return false
    }
  }

  private func sockets(
    of configuration: UWSGIConfiguration, in context: CheckContext
  ) -> [(address: Address, spoken: Spoken, option: UWSGIConfiguration.Option)] {
    configuration.options.compactMap { option in
      guard let spoken = Self.spoken(option.key, configuration), let value = option.value, !option.isConditional else {
        return nil
      }
      let expansion = configuration.expansion(of: value, in: context.project.root)
      guard expansion.unknownReason == nil, let address = Self.address(expansion.text[...]) else { return nil }
      return (address, spoken, option)
    }
  }

  /// Unknown for each socket whose address is not written out.
  private func hiddenSockets(of configuration: UWSGIConfiguration, in context: CheckContext) -> [CheckResult] {
    configuration.options.compactMap { option in
      guard Self.spoken(option.key, configuration) != nil, let value = option.value,
        let reason = configuration.expansion(of: value, in: context.project.root).unknownReason
      else { return nil }
      return CheckResult(.unknown, option.key, "not known: \(reason)", at: option.place())
    }
  }

  private static func spoken(_ key: String, _ configuration: UWSGIConfiguration) -> Spoken? {
    switch key {
    case "socket", "s":
      switch configuration.last("protocol", "socket-protocol")?.value ?? "uwsgi" {
      case "uwsgi": .uwsgi
      case "http", "http11": .http
      default: nil
      }
    case "uwsgi-socket": .uwsgi
    case "http-socket", "http11-socket", "http": .http
    case "fastcgi-socket", "fastcgi-nph-socket": .fastcgi
    case "scgi-socket", "scgi-nph-socket": .scgi
    default: nil
    }
  }
}
