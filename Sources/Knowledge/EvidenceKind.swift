/// How a piece of evidence shows that something is needed. The raw values stand in envtool.scan/1.
package enum EvidenceKind: String, Sendable {
  case `import`
  case dynamicImport = "dynamic-import"
  case installedApp = "installed-app"
  case middleware
  case databaseEngine = "database-engine"
  case cacheBackend = "cache-backend"
  case process
}
