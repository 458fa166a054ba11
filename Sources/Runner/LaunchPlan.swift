/// What starts a server: complete, so that it can be printed and started on another day with the same result.
package struct LaunchPlan: Sendable, Equatable {
  /// The program's path, executed as it is: absolute, or relative to `workingDirectory`.
  package let executable: String
  /// The arguments after the program's own name.
  package let arguments: [String]
  /// The whole environment of the server.
  package let environment: [String: String]
  /// The names in `environment` that envtool itself has set; only these are ever printed.
  package let ownVariables: Set<String>
  package let workingDirectory: String
  package let address: ListenAddress
  /// How long the server may take to end after INT, TERM or HUP.
  package let stopTimeout: Duration

  /// `additions` are the variables that envtool sets, over `environment`, which the server gets besides; a secret
  /// belongs into `environment`, which is never printed.
  package init(
    executable: String, arguments: [String], environment: [String: String], additions: [String: String] = [:],
    workingDirectory: String, address: ListenAddress, stopTimeout: Duration = .seconds(10)
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment.merging(additions) { _, addition in addition }
    self.ownVariables = Set(additions.keys)
    self.workingDirectory = workingDirectory
    self.address = address
    self.stopTimeout = stopTimeout
  }

  /// The program and its arguments as one line for a POSIX shell.
  package var commandLine: String { ShellQuoting.command([executable] + arguments) }
}

extension LaunchPlan: CustomStringConvertible {
  /// A line for a POSIX shell that does what the plan does: change the folder, set envtool's variables, run the program.
  package var description: String {
    let assignments = ownVariables.sorted().compactMap { name in
      environment[name].map { "\(name)=\(ShellQuoting.quoted($0))" }
    }
    return (["cd \(ShellQuoting.quoted(workingDirectory)) &&"] + assignments + [commandLine]).joined(separator: " ")
  }
}
