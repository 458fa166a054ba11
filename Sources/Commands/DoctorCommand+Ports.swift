import Diagnostics
import Doctor
import Runner

/// What the supervisor of `run` knows of ports, for the checks.
extension DoctorCommand {
  static func portState(host: String, port: UInt16) -> PortState {
    let address = ListenAddress(host: host, port: port)
    switch address.availability {
    case .free: return .free
    case .inUse:
      let holder = PortHolder.find(at: address)
      return .inUse(holder: holder.map { "\($0)" }, folder: holder?.folder.map { SourcePath($0) })
    case .refused(let error): return .refused("\(error)", remedy: error.remedy)
    }
  }
}
