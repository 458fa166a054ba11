package import Diagnostics

/// Whether a server could listen at an address now.
package enum PortState: Sendable {
  case free
  /// Somebody listens there: who, as far as it is known, and the folder that the process stands in.
  case inUse(holder: String?, folder: SourcePath?)
  /// No server may listen there: no such address, no permission. The reason, with what to do.
  case refused(String, remedy: String?)
}
