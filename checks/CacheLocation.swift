import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project

/// LOCATION is what the backend takes: an address, a folder.
struct CacheLocation: Check {
  let documentation = CheckDocumentation(
    id: "cache-location", area: .cache, reach: .static, severity: .error,
    title: "LOCATION suits the cache",
    what: """
      Looks at LOCATION of each cache: an address that memcached's or Redis' client does not read, a Unix socket written in \
      another client's way, a folder that is relative or cannot be written.
      """,
    why: """
      Several memcached clients hide an address that leads nowhere for good: everything works, slowly. A relative folder is \
      made wherever the process happens to stand, so that the server and manage.py have a cache each.
      """,
    example: "'LOCATION': 'c:/foo/bar' outside Windows; '127.0.0.1:6379' without redis://",
    remedy: "memcached: '127.0.0.1:11211'; Redis: 'redis://127.0.0.1:6379/0'; files: an absolute path")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inCaches { cache in
      cache.alternatives(of: "BACKEND").compactMap(\.text).flatMap { backend -> [CheckResult] in
        switch store(of: backend) {
        case .memcached: return addresses(of: cache, in: context) { memcached($0, backend, in: context) }
        case .redis:
          // A class of the project's own may read it in its way.
          let isPlain = ["CONNECTION_FACTORY", "CLIENT_CLASS"].allSatisfy { key in
            cache["OPTIONS"]?[key].map { $0.text?.hasSuffix("client.DefaultClient") ?? false } ?? true
          }
          return isPlain ? addresses(of: cache, in: context) { redis($0, backend) } : []
        case .file: return folder(of: cache, in: context)
        default: return []
        }
      }
    }
  }

  private func store(of backend: String) -> CacheBackend.Store? {
    if let builtin = CacheBackend(builtin: backend) { return builtin.store }
    return backend == "django_redis.cache.RedisCache" ? .redis : nil
  }

  // MARK: - Servers

  private typealias Fault = (message: String, remedy: String)

  /// Texts stay out of the messages where they may hold a password.
  private func addresses(
    of cache: CacheSettings, in context: CheckContext, _ judge: (String) -> Fault?
  ) -> [CheckResult] {
    let values = cache.alternatives(of: "LOCATION").flatMap { value -> [SettingValue] in
      if case .list(let items) = value.content { items.flatMap(\.alternatives) } else { [value] }
    }.filter { !$0.isNone }
    let isEmpty = values.allSatisfy { $0.text == "" && $0.variable == nil }
    if isEmpty {
      if cache.isOpen { return [] }
      return [
        CheckResult(
          context.status(self), cache.alias, "LOCATION names no server", remedy: documentation.remedy,
          at: cache.location(of: "LOCATION"))
      ]
    }
    return values.flatMap { value -> [CheckResult] in
      guard let text = value.text else {
        guard let reason = value.unknownReason else { return [] }
        return [CheckResult(.unknown, cache.alias, "LOCATION is not known: \(reason)", at: value.location)]
      }
      return text.split(whereSeparator: { $0 == "," || $0 == ";" }).compactMap { part in
        let address = String(part.drop(while: \.isWhitespace))
        guard let fault = judge(address) else { return nil }
        let isShown = !value.isSecret && !text.contains { "@?".contains($0) }
        let shown = isShown ? Escaping.text(address) : "LOCATION"
        let status = value.variable == nil ? context.status(self) : .unknown
        return CheckResult(status, cache.alias, "\(shown) \(fault.message)", remedy: fault.remedy, at: value.location)
      }
    }
  }

  private func memcached(_ address: String, _ backend: String, in context: CheckContext) -> Fault? {
    let isPylibmc = backend.hasSuffix("PyLibMCCache")
    if address.contains("://") {
      return ("is a URL, which memcached's clients do not read", "write '127.0.0.1:11211'")
    }
    if isPylibmc, address.hasPrefix("unix:"), let series = context.likelyDjango?.series ?? context.django,
      series < Version(release: [3, 2])
    {
      return (
        "begins with unix:, which pylibmc does not take before Django 3.2",
        "write the path alone: '\(Escaping.text(String(address.dropFirst(5))))'"
      )
    }
    if backend.hasSuffix("MemcachedCache"), address.hasPrefix("/") {
      return (
        "is a path, which python-memcached takes for the name of a host", "write 'unix:\(Escaping.text(address))'"
      )
    }
    return ServerAddress.memcached(address) == nil
      ? ("is not an address that memcached's clients read", "write '127.0.0.1:11211', or 'unix:/path'") : nil
  }

  private func redis(_ address: String, _ backend: String) -> Fault? {
    let schemes = ["redis://", "rediss://", "unix://", "valkey://", "valkeys://"]
    guard let scheme = schemes.first(where: address.hasPrefix) else {
      return ("is no URL, and redis-py reads redis://, rediss:// and unix:// alone", "write 'redis://127.0.0.1:6379/0'")
    }
    if scheme == "unix://" { return nil }
    let place = address.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    let server = place.split(separator: "@", omittingEmptySubsequences: false).last ?? place
    // `[::1]:6379`
    let behind = server.hasPrefix("[") ? server.drop { $0 != "]" } : server
    guard let colon = behind.firstIndex(of: ":") else { return nil }
    let port = behind[behind.index(after: colon)...]
    return port.isEmpty || UInt16(port) != nil ? nil : ("has a port that is none", "write redis://127.0.0.1:6379/0")
  }

  // MARK: - Folders

  private func folder(of cache: CacheSettings, in context: CheckContext) -> [CheckResult] {
    let values = cache.alternatives(of: "LOCATION").filter { !$0.isNone }
    if values.isEmpty, !cache.isOpen {
      return [
        CheckResult(
          context.status(self), cache.alias, "LOCATION names no folder, so the one in which the process stands is used",
          remedy: "add 'LOCATION': BASE_DIR / 'cache'", at: cache.location(of: "LOCATION"))
      ]
    }
    return values.compactMap { value -> CheckResult? in
      guard let text = value.text else {
        guard let reason = value.unknownReason else { return nil }
        return CheckResult(.unknown, cache.alias, "LOCATION is not known: \(reason)", at: value.location)
      }
      return judge(SourcePath(text), value, cache.alias, in: context)
    }
  }

  private func judge(_ folder: SourcePath, _ value: SettingValue, _ alias: String, in context: CheckContext)
    -> CheckResult?
  {
    func result(_ status: CheckStatus, _ message: String, _ remedy: String) -> CheckResult {
      CheckResult(status, alias, message, remedy: remedy, at: value.location)
    }
    let shown = folder.isEmpty ? "LOCATION" : "\(folder)"
    if folder.isOfWindows {
      return result(
        .warning, "\(shown) is a path of Windows: here it is relative, and Django makes it wherever the process stands",
        "write an absolute path: BASE_DIR / 'cache'")
    }
    guard folder.isAbsolute else {
      return result(
        .warning, "\(shown) is relative: Django makes it wherever the process stands",
        "write an absolute path: BASE_DIR / 'cache'")
    }
    if context.isNoFolder(folder) { return result(context.status(self), "\(shown) is no folder", "name a folder") }
    if context.folderIsWritable(folder.normalized) { return nil }
    let isCertain = value.variable == nil
    return result(
      isCertain ? context.status(self) : .unknown, "\(context.display(folder)) cannot be written",
      "make it writable for the user that runs the project, or choose another folder")
  }
}
