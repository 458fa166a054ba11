import Diagnostics

extension FreezeCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let all = OptionKey.flag("all", help: "Everything that is installed, not only what the project needs")
  private static let requirements = OptionKey.list(
    "requirements", short: "r", value: "FILE", help: "Take the roots from this file; repeatable")
  private static let noAnnotate = OptionKey.flag("no-annotate", help: "Leave out the `# via` lines")
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all")

  static let description = CommandDescription(
    "freeze", abstract: CommandList.abstract(of: "freeze"),
    discussion: """
      Prints name==version lines for the project's roots and everything they need, read from the environment's metadata \
      without running Python. Roots are --requirements, else a requirements.in or requirements.txt of the project, else \
      what scan finds. A lock is whole or not printed at all: status 1 names what is missing.

        envtool freeze -o requirements.lock   keeps the old file when anything fails
        envtool freeze > requirements.lock    the shell empties the file first
      """,
    positionals: [path],
    options: [all.description, requirements.description, noAnnotate.description, output.description])

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    all = try arguments[Self.all]
    requirements = try arguments[Self.requirements]
    noAnnotate = try arguments[Self.noAnnotate]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
  }
}
