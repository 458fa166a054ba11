import Diagnostics
import Testing

@testable import Runner

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("8000", "127.0.0.1:8000", "http://127.0.0.1:8000/"),
    ("0", "127.0.0.1:0", "http://127.0.0.1:0/"),
    (":9000", "127.0.0.1:9000", "http://127.0.0.1:9000/"),
    ("65535", "127.0.0.1:65535", "http://127.0.0.1:65535/"),
    ("localhost", "localhost:8000", "http://localhost:8000/"),
    ("my-host.example_1:81", "my-host.example_1:81", "http://my-host.example_1:81/"),
    ("10.0.0.1", "10.0.0.1:8000", "http://10.0.0.1:8000/"),
    ("10.0.0.1:0", "10.0.0.1:0", "http://10.0.0.1:0/"),
    ("0:8001", "0.0.0.0:8001", "http://127.0.0.1:8001/"),
    ("*:8001", "0.0.0.0:8001", "http://127.0.0.1:8001/"),
    ("*", "0.0.0.0:8000", "http://127.0.0.1:8000/"),
    ("0.0.0.0:1", "0.0.0.0:1", "http://127.0.0.1:1/"),
    ("[::1]:8002", "[::1]:8002", "http://[::1]:8002/"),
    ("[::]:8002", "[::]:8002", "http://[::1]:8002/"),
    ("[2001:db8::7]", "[2001:db8::7]:8000", "http://[2001:db8::7]:8000/"),
    ("unix:/run/site.sock", "unix:/run/site.sock", "unix:/run/site.sock"),
    ("unix:a:b/c", "unix:a:b/c", "unix:a:b/c"),
  ])
  func reads(text: String, description: String, url: String) throws {
    let address = try ListenAddress(parsing: text)
    #expect(address.description == description)
    #expect(address.url == url)
    #expect(try ListenAddress(parsing: address.description) == address)
  }

  @Test(arguments: [
    ("", "the address is empty"),
    ("65536", "'65536' is not a port"),
    ("99999999999999999999", "'99999999999999999999' is not a port"),
    ("host:65536", "'65536' in 'host:65536' is not a port"),
    (":-1", "'-1' in ':-1' is not a port"),
    ("host:+80", "'+80' in 'host:+80' is not a port"),
    ("host:80a", "'80a' in 'host:80a' is not a port"),
    ("host:", "the port in 'host:' is missing"),
    (":", "the port in ':' is missing"),
    ("-1", "'-1' is not a host to listen at"),
    ("127.0.0.256", "'127.0.0.256' is not a host to listen at"),
    ("127.1", "'127.1' is not a host to listen at"),
    ("a b", "'a b' is not a host to listen at"),
    ("a\u{1B}[2J", "'a\\x1B[2J' is not a host to listen at"),
    ("::1", "the IPv6 address '::1' needs brackets"),
    ("fe80::1:zz", "the IPv6 address 'fe80::1' needs brackets"),
    ("zz::1:80", "'zz::1:80' is not a host to listen at"),
    ("[::1", "'[::1' is not a host to listen at"),
    ("[::1]8000", "'8000' in '[::1]8000' is not a port"),
    ("[::1]:", "the port in '[::1]:' is missing"),
    ("[host]:80", "'host' is not a host to listen at"),
    ("http://127.0.0.1:8000/", "'http://127.0.0.1:8000/' is a URL, not an address"),
    ("./site", "'./site' is a path, not an address"),
    ("unix:", "the path after 'unix:' is missing"),
  ])
  func refuses(text: String, message: String) {
    #expect {
      try ListenAddress(parsing: text)
    } throws: { error in
      (error as? ListenAddressError)?.description == message
    }
  }

  @Test func hintsAtBrackets() {
    #expect(throws: ListenAddressError.unbracketed("2001:db8::7")) { try ListenAddress(parsing: "2001:db8::7") }
    #expect(ListenAddressError.unbracketed("::1").remedy == "write [::1] or [::1]:8000")
  }

  @Test func refusesLongSocketPaths() {
    let path = "/" + String(repeating: "a", count: 107)
    #expect(throws: ListenAddressError.pathTooLong(path)) { try ListenAddress(parsing: "unix:\(path)") }
  }

  @Test(arguments: ["127.0.0.1:0", "*:0", "localhost:0", "[::1]:0"])
  func picksAFreePort(text: String) throws {
    let address = try ListenAddress(parsing: text).resolvingPort()
    #expect(address.port != 0)
    #expect(address.isFree)
  }

  @Test func namesWhatTheSystemRefuses() {
    let elsewhere = ListenAddress(host: "192.0.2.1", port: 8000)
    #expect(!elsewhere.isFree)
    let finding = RefusedStart.finding(for: elsewhere)
    #expect(finding?.message == "cannot listen at 192.0.2.1:8000: Cannot assign requested address")
    #expect(finding?.remedy == "choose an address of this machine; `ip address` lists them")
  }

  @Test func offersNoNetworkURLUnlessBoundToAll() {
    #expect(ListenAddress(host: "127.0.0.1", port: 8000).lanURL == nil)
    if let url = ListenAddress(host: "0.0.0.0", port: 8000).lanURL {
      #expect(url.hasPrefix("http://") && url.hasSuffix(":8000/") && !url.contains("127.0.0.1"))
    }
  }
}
