internal import COpenSSL

/// A cryptographic hash that is being computed, by libcrypto.
package struct Digest: ~Copyable {
  package enum Algorithm: String, Sendable, CaseIterable {
    case sha256
    case sha384
    case sha512
  }

  private let state: OpaquePointer

  /// Begins one; throws when libcrypto is not there.
  package init(_ algorithm: Algorithm) throws(MissingLibrary) {
    try NativeLibrary.crypto.load()
    let name =
      switch algorithm {
      case .sha256: "SHA2-256"
      case .sha384: "SHA2-384"
      case .sha512: "SHA2-512"
      }
    guard let state = copenssl_digest_new(name) else {
      throw MissingLibrary(library: .crypto, soname: NativeLibrary.crypto.soname, loaderText: "it has no \(name)")
    }
    self.state = state
  }

  deinit { copenssl_digest_free(state) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    _ = copenssl_digest_update(state, bytes.baseAddress, bytes.count)
  }

  /// The hash of everything given so far; the next begins.
  package mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(COPENSSL_DIGEST_SIZE)) { buffer, count in
      // SAFETY: the buffer has room for the longest digest, and `count` bytes of it are written.
      count = buffer.baseAddress.map { Int(copenssl_digest_finish(state, $0)) } ?? 0
    }
  }
}
