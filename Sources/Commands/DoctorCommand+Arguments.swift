import Diagnostics

extension DoctorCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let format = OptionKey.choice("format", default: Format.text, value: "FORMAT", help: "How to report")
  private static let only = OptionKey.list(
    "only", commas: true, value: "IDS", help: "Run only these checks: ids, comma-separated, `*` for any text")
  private static let skip = OptionKey.list("skip", commas: true, value: "IDS", help: "Leave these checks out")
  private static let failOn = OptionKey.choice(
    "fail-on", default: Threshold.error, value: "STATUS", help: "What makes the exit status 1")
  private static let settings = OptionKey.text("settings", value: "MODULE", help: "The settings module, dotted")
  private static let timeout = OptionKey.seconds(
    "timeout", default: 5, help: "Time for each probe", accepts: "seconds, more than 0 and at most 3600"
  ) { $0 > 0 && $0 <= 3600 }
  private static let isStatic = OptionKey.flag("static", help: "Only what files tell: no interpreter, no network")
  private static let list = OptionKey.flag("list", help: "List the checks and end").onCommandLineOnly
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all"
  ).onCommandLineOnly

  static let description = CommandDescription(
    "doctor", abstract: CommandList.abstract(of: "doctor"),
    discussion: """
      Looks at the project's settings without running them, asks the interpreter for its own facts, and talks to the \
      servers that the settings name. Exit status: 1 when there is an error (see --fail-on).
      """,
    positionals: [path],
    options: [
      format.description, only.description, skip.description, failOn.description, settings.description,
      timeout.description, isStatic.description, list.description, output.description,
    ])

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[path] }

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    format = try arguments[Self.format]
    only = try arguments[Self.only]
    skip = try arguments[Self.skip]
    failOn = try arguments[Self.failOn]
    settings = try arguments[Self.settings]
    timeout = try arguments[Self.timeout]
    isStatic = try arguments[Self.isStatic]
    list = try arguments[Self.list]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
  }
}
