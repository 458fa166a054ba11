import Diagnostics
import Host

/// Options as environment variables: `--no-cache` is ENVTOOL_NO_CACHE.
///
/// A variable is what the option given once with that value would be; for a flag it is 1, true, yes or on, or 0, false, no
/// or off. An empty one is none. One that is an option of another command is passed over.
enum EnvironmentVariables {
  private static let prefix = "ENVTOOL_"

  /// What the variables give to `command`.
  static func options(for command: CommandDescription, in host: Host) throws(Finding) -> [GivenOption] {
    var given: [GivenOption] = []
    for option in command.options + command.commonOptions where option.isConfigurable {
      let name = variable(option)
      guard let value = host.variable(name) else { continue }
      let isFlag = if case .none = option.value { true } else { false }
      let text = isFlag ? try flag(value, name) : value
      given.append(GivenOption(name: option.name, typed: name, value: text))
    }
    return given
  }

  /// Warnings about variables that no command takes, sorted.
  static func unknown(in host: Host) -> [Finding] {
    let names = host.environment.keys.filter { $0.hasPrefix(prefix) }.sorted()
    if names.isEmpty { return [] }
    let commands = CommandList.available.compactMap { CommandList.command(named: $0.name)?.description }
    let known = (CommonOptions.descriptions + commands.flatMap(\.options)).filter(\.isConfigurable).map(variable)
    return names.filter { !known.contains($0) }.map { name in
      let hint = Suggestion.closest(to: name, among: known).map { "did you mean \($0)?" }
      return Finding(
        .warning, "the variable \(Escaping.text(name)) is no option of envtool",
        remedy: hint ?? "unset it, or look it up with `envtool COMMAND --help`")
    }
  }

  private static func variable(_ option: OptionDescription) -> String {
    prefix + option.name.map { $0 == "-" ? "_" : $0.uppercased() }.joined()
  }

  private static func flag(_ value: String, _ name: String) throws(Finding) -> String? {
    switch value.lowercased() {
    case "1", "true", "yes", "on": return nil
    case "0", "false", "no", "off": return GivenOption.off
    default:
      throw Finding(
        .error, "\(name) takes 1 or 0, not \(Escaping.text(value))",
        remedy: "true, yes and on mean 1; false, no and off mean 0")
    }
  }
}
