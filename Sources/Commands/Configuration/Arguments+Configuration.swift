import Diagnostics
import Host

extension Arguments {
  /// Adds what environment variables and the project's configuration give, in this order of strength.
  mutating func configure(for command: any Subcommand.Type, host: Host) throws(Finding) {
    append(fallback: try EnvironmentVariables.options(for: command.description, in: host))
    guard let path = try command.projectPath(self),
      let file = try ConfigurationFile.find(for: host.absolute(SourcePath(path)))
    else { return }
    let configuration = try Configuration(file, for: command.description.name, in: host.folder)
    append(fallback: configuration.options)
    rules = configuration.rules
  }
}
