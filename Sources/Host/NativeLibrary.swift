internal import CCurl
internal import COpenSSL
internal import CSQLite

/// A C library that this program uses and does not contain.
///
/// All but SQLite are loaded on first use, because loading libcurl costs more than a short command does.
package enum NativeLibrary: CaseIterable, Sendable {
  case curl
  case crypto
  case ssl
  case zlib
  case sqlite

  /// The name under which the loader finds it.
  package var soname: String {
    switch self {
    case .curl: CCURL_SONAME
    case .crypto: COPENSSL_CRYPTO_SONAME
    case .ssl: COPENSSL_SSL_SONAME
    case .zlib: COPENSSL_ZLIB_SONAME
    case .sqlite: "libsqlite3.so.0"
    }
  }

  /// The Debian package that installs it.
  package var debianPackage: String {
    switch self {
    case .curl: "libcurl4"
    case .crypto, .ssl: "libssl3"
    case .zlib: "zlib1g"
    case .sqlite: "libsqlite3-0"
    }
  }

  /// What it is needed for, as the subject of "... needs it".
  package var purpose: String {
    switch self {
    case .curl: "HTTP"
    case .crypto: "checking hashes and signing in to databases"
    case .ssl: "TLS"
    case .zlib: "reading wheels"
    case .sqlite: "SQLite"
    }
  }

  /// Loads the library, unless that is done, and gives its version as it tells it itself.
  @discardableResult
  package func load() throws(MissingLibrary) -> String {
    switch self {
    case .curl: try outcome(ccurl_shared().pointee.version, ccurl_shared().pointee.error)
    case .crypto: try outcome(copenssl_crypto().pointee.version, copenssl_crypto().pointee.error)
    case .ssl: try outcome(copenssl_ssl().pointee.version, copenssl_ssl().pointee.error)
    case .zlib: try outcome(copenssl_zlib().pointee.version, copenssl_zlib().pointee.error)
    case .sqlite: String(cString: sqlite3_libversion())
    }
  }

  /// The same from the file `soname`; SQLite is linked, so there the name is not looked at.
  func load(soname: String) throws(MissingLibrary) -> String {
    switch self {
    case .curl:
      let library = ccurl_open(soname)
      return try outcome(library.version, library.error, soname: soname)
    case .crypto, .ssl:
      let library = copenssl_open_openssl(soname)
      return try outcome(library.version, library.error, soname: soname)
    case .zlib:
      let library = copenssl_open_zlib(soname)
      return try outcome(library.version, library.error, soname: soname)
    case .sqlite: return String(cString: sqlite3_libversion())
    }
  }

  private func outcome(
    _ version: UnsafePointer<CChar>?, _ error: UnsafePointer<CChar>?, soname: String? = nil
  ) throws(MissingLibrary) -> String {
    if let version { return String(cString: version) }
    throw MissingLibrary(
      library: self, soname: soname ?? self.soname, loaderText: error.map { String(cString: $0) } ?? "")
  }
}
