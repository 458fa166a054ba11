import Diagnostics

extension RunCommand {
  private static let address = Positional(
    "ADDRESS", default: "127.0.0.1:8000",
    help: "PORT, :PORT, HOST, HOST:PORT, [V6]:PORT, 0:PORT or *:PORT; port 0 picks a free one")
  private static let project = OptionKey.text("project", default: ".", value: "DIR", help: "The project's folder")
    .onCommandLineOnly
  private static let dryRun = OptionKey.flag(
    "dry-run", help: "Print the command and the variables that would be set, and end"
  ).onCommandLineOnly
  private static let stopTimeout = OptionKey.seconds(
    "stop-timeout", default: 10, help: "Time that the server may take to end", accepts: "seconds from 0 to 3600"
  ) { $0 >= 0 && $0 <= 3600 }

  static let description = CommandDescription(
    "run", abstract: CommandList.abstract(of: "run"),
    discussion: """
      Starts manage.py runserver with the project's interpreter and prints the URL when it answers. INT, TERM and HUP \
      reach every process of the server, and none outlives envtool, however it ends. Exit status: 0 when a signal was \
      obeyed, 1 when the start was refused, 137 when the server had to be killed, else the server's own.
      """,
    positionals: [address], options: [project.description, dryRun.description, stopTimeout.description])

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[project] }

  init(from arguments: Arguments) throws(Finding) {
    address = try arguments[Self.address]
    project = try arguments[Self.project]
    dryRun = try arguments[Self.dryRun]
    stopTimeout = try arguments[Self.stopTimeout]
    common = try CommonOptions(from: arguments)
  }
}
