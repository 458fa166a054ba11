import Diagnostics
import Doctor

extension DoctorCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let format = OptionKey.choice("format", default: Format.text, value: "FORMAT", help: "How to report")
  private static let report = OptionKey.list(
    "report", value: "FORMAT=FILE", help: "Also write a report to this file; repeatable"
  ).onCommandLineOnly
  private static let only = OptionKey.list(
    "only", commas: true, value: "IDS", help: "Run only these checks: ids, comma-separated, `*` for any text")
  private static let skip = OptionKey.list("skip", commas: true, value: "IDS", help: "Leave these checks out")
  private static let failOn = OptionKey.choice(
    "fail-on", default: Threshold.error, value: "STATUS", help: "What makes the exit status 1")
  private static let profile = OptionKey.choice(
    "profile", default: CheckProfile.dev, value: "PROFILE",
    help: "What the project is looked at for: under production what is dangerous only there is an error")
  private static let settings = OptionKey.text("settings", value: "MODULE", help: "The settings module, dotted")
  private static let envFile = OptionKey.text(
    "env-file", value: "FILE", help: "Read the settings with the variables of this file")
  private static let timeout = OptionKey.seconds(
    "timeout", default: 5, help: "Time for each probe", accepts: "seconds, more than 0 and at most 3600"
  ) { $0 > 0 && $0 <= 3600 }
  private static let wait = OptionKey.seconds(
    "wait", default: 0, help: "Ask servers that are not there yet again for so long",
    accepts: "seconds, from 0 to 3600"
  ) { $0 >= 0 && $0 <= 3600 }
  private static let isStatic = OptionKey.flag("static", help: "Only what files tell: no interpreter, no network")
  private static let live = OptionKey.flag(
    "live", help: "Also import the project with its interpreter, in a process of its own")
  private static let allowCommands = OptionKey.flag(
    "allow-commands", help: "Let rules of the project run the commands that they name"
  ).onCommandLineOnly
  private static let baseline = OptionKey.text(
    "baseline", value: "FILE", help: "Leave out what this earlier report (--format json) holds already")
  private static let changedSince = OptionKey.text(
    "changed-since", value: "REV", help: "Only findings in files that Git says have changed since this revision"
  ).onCommandLineOnly
  private static let fix = OptionKey.flag("fix", help: "Show the edits that checks can make themselves")
    .onCommandLineOnly
  private static let yes = OptionKey.flag("yes", help: "With --fix: make them").onCommandLineOnly
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
      format.description, report.description, only.description, skip.description, failOn.description,
      profile.description, settings.description, envFile.description, timeout.description, wait.description,
      isStatic.description, live.description, allowCommands.description, baseline.description, changedSince.description,
      fix.description,
      yes.description,
      list.description, output.description,
    ])

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[path] }

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    // Under GitHub Actions the report of continuous integration is its annotations.
    format = try arguments[Self.format]
    isFormatChosen = arguments.isChosen(Self.format)
    reports = try arguments[Self.report].map { text throws(Finding) in try ReportFile(text) }
    only = try arguments[Self.only]
    skip = try arguments[Self.skip]
    failOn = try arguments[Self.failOn]
    profile = try arguments[Self.profile]
    settings = try arguments[Self.settings]
    envFile = try arguments[Self.envFile]
    timeout = try arguments[Self.timeout]
    wait = try arguments[Self.wait]
    isStatic = try arguments[Self.isStatic]
    isLive = try arguments[Self.live]
    if isStatic, isLive {
      throw Finding(.error, "--static and --live exclude each other", remedy: "leave one of them out")
    }
    allowsCommands = try arguments[Self.allowCommands]
    baseline = try arguments[Self.baseline]
    changedSince = try arguments[Self.changedSince]
    showsFixes = try arguments[Self.fix]
    makesFixes = try arguments[Self.yes]
    if makesFixes, !showsFixes {
      throw Finding(.error, "--yes goes with --fix", remedy: "envtool doctor --fix --yes")
    }
    list = try arguments[Self.list]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
  }
}
