/// How a piece of evidence shows that something is needed. The raw values stand in envtool.scan/1.
package enum EvidenceKind: String, Sendable, CaseIterable {
  case `import`
  case dynamicImport = "dynamic-import"
  case installedApp = "installed-app"
  case middleware
  case databaseEngine = "database-engine"
  case cacheBackend = "cache-backend"
  case storageBackend = "storage-backend"
  case emailBackend = "email-backend"
  case templateBackend = "template-backend"
  case passwordHasher = "password-hasher"
  case sessionEngine = "session-engine"
  case authBackend = "auth-backend"
  case setting
  case urlScheme = "url-scheme"
  case modelField = "model-field"
  case process
  case scriptMetadata = "script-metadata"
  case notebook

  /// Every kind, at its code.
  package static let all = allCases

  /// The kind as a number.
  package var code: UInt8 { UInt8(Self.all.firstIndex(of: self) ?? 0) }
}
