import Diagnostics

extension CommonOptions {
  private static let python = OptionKey.text("python", value: "PATH", help: "The environment or interpreter to use")
  private static let offline = OptionKey.flag("offline", help: "Never use the network")
  private static let noCache = OptionKey.flag("no-cache", help: "Read every file, and keep nothing for the next run")
  private static let jobs = OptionKey.count(
    "jobs", from: 1, value: "N", help: "Threads to read with; as many as there are cores")
  private static let color = OptionKey.choice(
    "color", default: ColorChoice.auto, value: "WHEN", help: "When to use colours")
  static let quiet = OptionKey.flag("quiet", short: "q", help: "Say only what is wrong")
  private static let verbose = OptionKey.flag("verbose", short: "v", help: "Say more")

  /// Answered before a command begins.
  static let help = OptionKey.flag("help", short: "h", help: "Show this").onCommandLineOnly

  /// For the description of every command.
  static let descriptions = [
    python.description, offline.description, noCache.description, jobs.description, color.description,
    quiet.description, verbose.description, help.description,
  ]

  init(from arguments: Arguments) throws(Finding) {
    python = try arguments[Self.python]
    offline = try arguments[Self.offline]
    noCache = try arguments[Self.noCache]
    jobs = try arguments[Self.jobs]
    color = try arguments[Self.color]
    quiet = try arguments[Self.quiet]
    verbose = try arguments[Self.verbose]
    rules = arguments.rules
  }
}
