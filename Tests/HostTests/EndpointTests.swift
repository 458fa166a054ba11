import Host
import Testing

@Suite struct EndpointTests {
  @Test(arguments: [
    (Endpoint.tcp(host: "127.0.0.1", port: 1), "127.0.0.1:1"), (.tcp(host: "::1", port: 1), "[::1]:1"),
    (.unix(path: "/a\u{1B}[31m"), "/a\\x1B[31m"), (.tcp(host: "user:s3cret@host", port: 1), "***@host:1"),
    (.tcp(host: "mysql://u:s3@cret@host/db", port: 1), "***@host/db:1"),
  ]) func shownWithoutControlsAndCredentials(_ endpoint: Endpoint, _ text: String) {
    #expect(endpoint.description == text)
  }

  @Test func aHostWithoutAnAddressIsToldWithoutItsCredentials() {
    #expect(
      "\(SocketError.dns(host: "u:s3cret@h.invalid", text: "no"))" == "the host name ***@h.invalid has no address: no")
  }
}
