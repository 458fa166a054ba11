import Diagnostics
import Host
import Testing
import TestSupport

@Suite struct DigestTests {
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  @Test(arguments: [
    (Digest.Algorithm.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha384,
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    ),
    (
      .sha512,
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
  ]) func vectors(algorithm: Digest.Algorithm, expected: String) throws {
    var digest = try Digest(algorithm)
    for part in ["a", "", "bc"] { Array(part.utf8).withUnsafeBytes { digest.update($0) } }
    #expect(Self.hexadecimal(digest.finish()) == expected)
    Array("abc".utf8).withUnsafeBytes { digest.update($0) }
    #expect(Self.hexadecimal(digest.finish()) == expected)
  }

  @Test(arguments: [0, 1, 262_143, 262_144, 262_145, 1_000_000]) func files(size: Int) throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "a", count: size)
    let path = SourcePath(try folder.write("file", text))
    var digest = try Digest(.sha256)
    Array(text.utf8).withUnsafeBytes { digest.update($0) }
    #expect(try FileDigester().digest(of: path, .sha256) == digest.finish())
  }

  @Test func whatIsNoFile() throws {
    let digester = try FileDigester()
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try digester.digest(of: SourcePath(folder.path), .sha256) }
    #expect(throws: FileError.self) { try digester.digest(of: SourcePath(folder.file("gone")), .sha256) }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
