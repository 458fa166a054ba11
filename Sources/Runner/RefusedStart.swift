package import Diagnostics

/// The reasons not to start a server that the address gives.
package enum RefusedStart {
  /// Why no server can listen at `address` now; nil when one can. Binds the address for a moment.
  package static func finding(for address: ListenAddress) -> Finding? {
    switch address.availability {
    case .free: return nil
    case .refused(let error): return Finding(.error, error.description, remedy: error.remedy)
    case .inUse: return finding(for: address, heldBy: PortHolder.find(at: address))
    }
  }

  /// The finding for an address in use; `holder` is nil when it could not be found out.
  static func finding(for address: ListenAddress, heldBy holder: PortHolder?) -> Finding {
    let place = address.port.map { "port \($0)" } ?? address.description
    let message = "\(place) is in use" + (holder.map { " by \($0)" } ?? "")
    let elsewhere = address.port == nil ? "choose another path" : "choose another port (0 picks a free one)"
    let remedy = holder?.pid.map { "end that process (kill \($0)), or \(elsewhere)" } ?? elsewhere
    return Finding(.error, message, remedy: remedy)
  }
}
