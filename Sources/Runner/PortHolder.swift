/// The process that listens at an address.
package struct PortHolder: Sendable, Equatable {
  /// Nil when the process cannot be seen: another user's, or in another container.
  package let pid: Int32?
  /// The login name, else the number, of the socket's owner.
  package let user: String
  /// The command line, quoted for a shell, secrets in it masked; nil when it cannot be read.
  package let command: String?
  /// The working directory; nil when it cannot be read.
  package let folder: String?
}

extension PortHolder: CustomStringConvertible {
  /// `pid 4711 (user ada): python manage.py runserver, in /home/ada/site`, as far as known.
  package var description: String {
    let process = pid.map { "pid \($0)" } ?? "a process that cannot be seen"
    return "\(process) (user \(user))" + (command.map { ": \($0)" } ?? "") + (folder.map { ", in \($0)" } ?? "")
  }
}
