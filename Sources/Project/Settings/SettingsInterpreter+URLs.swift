import Diagnostics

/// The settings that libraries make of URLs: dj-database-url, django-cache-url, dj-email-url and their like.
extension SettingsInterpreter {
  enum URLKind {
    case database, cache, email
  }

  /// The dictionary of a URL; the options are those that the library's function takes.
  func configuration(_ kind: URLKind, from value: PythonValue, _ call: PythonCall) throws(Interruption) -> PythonValue {
    if value.alternatives.count > 1 {
      var results: [PythonValue] = []
      for alternative in value.alternatives { results.append(try configuration(kind, from: alternative, call)) }
      return try joined(results) ?? value
    }
    if value.isAssumed, value.isUnknown || value.text == "" {
      return unknown(PythonValue.notSet(value.variable), at: call.place, variable: value.variable)
    }
    if case .none = value.kind { return try dictionary(PythonDictionary(), at: call.place) }
    if case .dictionary = value.kind { return value }
    guard let text = value.text else {
      return unknown(value.unknownReason ?? "a URL that is not known", at: call.place, variable: value.variable)
    }
    if text.isEmpty { return try dictionary(PythonDictionary(), at: call.place) }
    var fields: [(String, PythonValue.Kind)]
    switch kind {
    case .database:
      guard let known = databaseFields(text) else {
        return unknown("a URL that is not read", at: value.place, variable: value.variable)
      }
      fields = known
    case .cache:
      guard let url = ServiceURL(text), let known = try cacheFields(url, value) else {
        return unknown("a URL that is not read", at: value.place, variable: value.variable)
      }
      fields = known
    case .email:
      guard let url = ServiceURL(text) else {
        return unknown("a URL that is not read", at: value.place, variable: value.variable)
      }
      fields = Self.emailFields(url)
    }
    if let engine = call.keyword("engine") ?? call.keyword("backend"), let text = engine.string {
      let key = kind == .database ? "ENGINE" : kind == .cache ? "BACKEND" : "EMAIL_BACKEND"
      fields = fields.map { $0.0 == key ? (key, .string(text)) : $0 }
    }
    var dictionary = PythonDictionary()
    for (name, content) in fields {
      var part = PythonValue(content, at: value.place, variable: value.variable)
      // What a URL does not hold is not read from elsewhere.
      if case .string("") = content {} else { part = part.hanging(on: value) }
      if SecretName.matches(name) || name == "LOCATION" && value.isSecret { part = marked(part, as: "SECRET") }
      dictionary.set(.string(name), PythonValue(.string(name), at: value.place), to: part)
    }
    for name in ["conn_max_age", "conn_health_checks"] {
      guard kind == .database, let option = call.keyword(name) else { continue }
      let key = name.uppercased()
      dictionary.set(.string(key), PythonValue(.string(key), at: option.place), to: option)
    }
    if let required = call.keyword("ssl_require"), truth(of: required) == true {
      try setOption("sslmode", PythonValue(.string("require"), at: required.place), of: &dictionary)
    }
    return try self.dictionary(dictionary, at: value.place)
  }

  private func setOption(_ name: String, _ value: PythonValue, of dictionary: inout PythonDictionary)
    throws(Interruption)
  {
    let known = dictionary["OPTIONS"]
    let options = try known == nil ? self.dictionary(PythonDictionary(), at: value.place) : known ?? value
    try assign(value, at: PythonValue(.string(name), at: value.place), of: options)
    dictionary.set(.string("OPTIONS"), PythonValue(.string("OPTIONS"), at: value.place), to: options)
  }

  private func databaseFields(_ text: String) -> [(String, PythonValue.Kind)]? {
    if text == "sqlite://:memory:" {
      return [("ENGINE", .string("django.db.backends.sqlite3")), ("NAME", .string(":memory:"))]
    }
    guard let url = ServiceURL(text) else { return nil }
    guard let engine = ServiceURL.databaseEngines[url.scheme] ?? (url.scheme.contains(".") ? url.scheme : nil) else {
      return nil
    }
    var name = EnvironmentText.percentDecoded(String(url.path.dropFirst()))
    if url.scheme.hasSuffix("sqlite"), name.isEmpty { name = ":memory:" }
    var host = EnvironmentText.percentDecoded(url.host)
    if engine.hasSuffix("postgresql"), name.hasPrefix("/"), let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) {
      host = String(name[..<slash])
      name = String(name[name.utf8.index(after: slash)...])
    }
    var fields: [(String, PythonValue.Kind)] = [
      ("ENGINE", .string(engine)), ("NAME", .string(name)),
      ("USER", .string(EnvironmentText.percentDecoded(url.user ?? ""))),
      ("PASSWORD", .string(EnvironmentText.percentDecoded(url.password ?? ""))), ("HOST", .string(host)),
      ("PORT", url.port.map { .integer($0) } ?? .string("")),
    ]
    var options = PythonDictionary()
    let base: Set<String> = ["CONN_MAX_AGE", "ATOMIC_REQUESTS", "AUTOCOMMIT", "DISABLE_SERVER_SIDE_CURSORS"]
    for (key, value) in url.query {
      let content: PythonValue.Kind = Int(value).map { .integer($0) } ?? .string(value)
      if base.contains(key.uppercased()) {
        fields.append((key.uppercased(), content))
      } else {
        let place = Place(file: 0, offset: 0)
        options.set(.string(key), PythonValue(.string(key), at: place), to: PythonValue(content, at: place))
      }
    }
    if !options.entries.isEmpty { fields.append(("OPTIONS", .dictionary(make(.dictionary(options))))) }
    return fields
  }

  private func cacheFields(
    _ url: ServiceURL, _ value: PythonValue
  ) throws(Interruption) -> [(String, PythonValue.Kind)]? {
    if ["redis", "rediss", "rediscache", "valkey", "valkeys", "hiredis"].contains(url.scheme) {
      // Which backend it is depends on what is installed.
      let scheme = url.host.isEmpty ? "unix" : url.scheme == "rediscache" ? "redis" : url.scheme
      let locations = url.networkLocation.split(separator: ",").map { "\(scheme)://\($0)\(url.path)" }
      let backends: [PythonValue.Kind] = [
        .string("django.core.cache.backends.redis.RedisCache"), .string("django_redis.cache.RedisCache"),
      ]
      let backend = PythonValue.Kind.oneOf(backends.map { PythonValue($0, at: value.place) })
      if locations.count <= 1 {
        return [("BACKEND", backend), ("LOCATION", .string(locations.first ?? "\(scheme)://\(url.path)"))]
      }
      let list = try list(locations.map { PythonValue(.string($0), at: value.place) }, at: value.place)
      return [("BACKEND", backend), ("LOCATION", list.kind)]
    }
    guard let backend = ServiceURL.cacheBackends[url.scheme] else { return nil }
    let location =
      url.scheme.hasPrefix("file")
      ? url.networkLocation + url.path
      : url.networkLocation.isEmpty && url.scheme.contains("memcache") ? "unix:" + url.path : url.networkLocation
    let parts = location.split(separator: ",").map { PythonValue(.string(String($0)), at: value.place) }
    let content = parts.count > 1 ? try list(parts, at: value.place).kind : .string(location)
    return [("BACKEND", .string(backend)), ("LOCATION", content)]
  }

  private static func emailFields(_ url: ServiceURL) -> [(String, PythonValue.Kind)] {
    let optional = { (text: String?) -> PythonValue.Kind in
      text.map { $0.isEmpty ? .none : .string(EnvironmentText.percentDecoded($0)) } ?? .none
    }
    var fields: [(String, PythonValue.Kind)] = [
      ("EMAIL_FILE_PATH", .string(EnvironmentText.percentDecoded(String(url.path.dropFirst())))),
      ("EMAIL_HOST_USER", optional(url.user)), ("EMAIL_HOST_PASSWORD", optional(url.password)),
      ("EMAIL_HOST", optional(url.host)), ("EMAIL_PORT", url.port.map { .integer($0) } ?? .none),
    ]
    if let backend = ServiceURL.emailBackends[url.scheme] {
      fields.append(("EMAIL_BACKEND", .string("django.core.mail.backends.\(backend).EmailBackend")))
    }
    if ["smtps", "smtp+tls", "submission", "submit"].contains(url.scheme) {
      fields.append(("EMAIL_USE_TLS", .boolean(true)))
    }
    if url.scheme == "smtp+ssl" { fields.append(("EMAIL_USE_SSL", .boolean(true))) }
    return fields
  }
}
