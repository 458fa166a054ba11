package import Host

/// Asks a web server for a page, without encryption, and reads the line with its status.
///
/// Source: https://www.rfc-editor.org/rfc/rfc9112
package struct HTTPProbe: Probe {
  package struct Answer: Hashable, Sendable {
    /// From 100 to 999.
    package let status: Int
  }

  package let endpoint: Endpoint
  /// What stands in the field `Host`.
  private let host: String
  /// Begins with `/`; a query may follow.
  private let path: String

  package init(endpoint: Endpoint, host: String, path: String) {
    self.endpoint = endpoint
    self.host = host
    self.path = path
  }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let server = try ServerConnection(to: endpoint, by: deadline)
    let request =
      "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: envtool\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    try server.send(Array(request.utf8))
    let line = try server.receiveLine()
    let words = line.split(separator: UInt8(ascii: " "))
    guard line.starts(with: "HTTP/1.".utf8), words.count > 1,
      let status = Int(String(decoding: words[1], as: UTF8.self)), (100...999).contains(status)
    else { throw server.wrongProtocol(expected: "HTTP", line) }
    return Answer(status: status)
  }
}
