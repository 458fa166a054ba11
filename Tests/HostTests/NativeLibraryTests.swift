import TestSupport
import Testing

@testable import Host

@Suite("Native libraries") struct NativeLibraryTests {
  @Test(arguments: [
    (NativeLibrary.curl, "libcurl/"), (.crypto, "OpenSSL 3"), (.ssl, "OpenSSL 3"), (.zlib, "1."), (.sqlite, "3."),
  ])
  func loadsAndTellsItsVersion(_ library: NativeLibrary, _ start: String) throws {
    let version = try library.load()
    #expect(version.hasPrefix(start), "\(version)")
    #expect(try library.load() == version)
  }

  @Test(arguments: [
    (
      NativeLibrary.curl, "libcurl-absent.so.4",
      "libcurl-absent.so.4 not found: HTTP needs it; install it with `apt-get install libcurl4`"
    ),
    (
      .ssl, "libssl-absent.so.3",
      "libssl-absent.so.3 not found: TLS needs it; install it with `apt-get install libssl3`"
    ),
    (
      .zlib, "libz-absent.so.1",
      "libz-absent.so.1 not found: reading wheels needs it; install it with `apt-get install zlib1g`"
    ),
  ])
  func aMissingLibraryIsNamedWithItsPackage(_ library: NativeLibrary, _ soname: String, _ text: String) {
    let error = #expect(throws: MissingLibrary.self) { try library.load(soname: soname) }
    #expect(error?.description == text)
  }

  @Test func aFileThatIsNoLibraryIsNotCalledMissing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("libcurl.so.4", "not an ELF file")
    let error = #expect(throws: MissingLibrary.self) { try NativeLibrary.curl.load(soname: path) }
    #expect(error?.description.contains("cannot be loaded (") == true)
    #expect(error?.description.contains("not found") == false)
  }

  @Test func aLibraryWithoutTheFunctionsIsNotTaken() {
    let error = #expect(throws: MissingLibrary.self) { try NativeLibrary.crypto.load(soname: "libz.so.1") }
    #expect(error?.loaderText.contains("OpenSSL_version") == true)
  }
}
