package import Host

/// Opens a connection and says nothing: for servers whose protocol is not spoken here, such as Oracle's.
package struct ConnectionProbe: Probe {
  package let endpoint: Endpoint

  package init(endpoint: Endpoint) { self.endpoint = endpoint }

  /// Succeeds when somebody listens, whoever it is.
  package func run(by deadline: Deadline) throws(ProbeFailure) {
    _ = try ServerConnection(to: endpoint, by: deadline)
  }
}
