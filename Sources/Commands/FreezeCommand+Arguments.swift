import Diagnostics

extension FreezeCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let all = OptionKey.flag("all", help: "Everything that is installed, not only what the project needs")
    .onCommandLineOnly
  private static let requirements = OptionKey.list(
    "requirements", short: "r", value: "FILE", help: "Take the roots from this file, `-` for standard input; repeatable"
  )
  private static let extra = OptionKey.list(
    "extra", commas: true, value: "NAMES", help: "Add these optional dependencies of the manifest; repeatable")
  private static let group = OptionKey.list(
    "group", commas: true, value: "NAMES", help: "Add these dependency groups of the manifest; repeatable")
  private static let check = OptionKey.optional(
    "check", value: "FILE",
    help: "Compare this lock with the environment instead of writing one: requirements.lock, pylock.toml or a pinned "
      + "requirements.txt by default"
  ).onCommandLineOnly
  private static let verify = OptionKey.flag(
    "verify", help: "Check the installed files against the hashes in their RECORD instead"
  ).onCommandLineOnly
  private static let format = OptionKey.choice(
    "format", default: Format.requirements, value: "FORMAT", help: "How to write the lock")
  private static let noAnnotate = OptionKey.flag("no-annotate", help: "Leave out the `# via` lines")
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all"
  ).onCommandLineOnly

  static let description = CommandDescription(
    "freeze", abstract: CommandList.abstract(of: "freeze"),
    discussion: """
      Prints name==version lines for the project's roots and everything they need, read from the environment's metadata \
      without running Python. Roots are --requirements, else the first manifest that declares some (pyproject.toml, \
      requirements.in, requirements.txt, Pipfile, setup.cfg, setup.py), else what scan finds. A lock is whole or not \
      printed at all: status 1 names what is missing. Lines that will not install on another machine are warned of.

        envtool freeze -o requirements.lock   keeps the old file when anything fails
        envtool freeze > requirements.lock    the shell empties the file first
        envtool freeze --check                status 1 and a diff when it does not fit
      """,
    positionals: [path],
    options: [
      all.description, requirements.description, extra.description, group.description, check.description,
      verify.description, format.description, noAnnotate.description, output.description,
    ],
    planned: PlannedOptions(
      names: [
        "resolve", "hashes", "python-version", "platform", "exclude-newer", "constraint", "prerelease", "upgrade",
        "upgrade-package", "universal", "strict-metadata", "metadata", "index-url", "extra-index-url", "find-links",
        "refresh",
      ],
      reason: "resolving from a package index is not there yet",
      meanwhile: "install into an environment and freeze that: envtool freeze --python PATH"))

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[path] }

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    all = try arguments[Self.all]
    // What the configuration adds to the roots means nothing where there are none.
    let chosen = all ? arguments.asGiven : arguments
    requirements = try chosen[Self.requirements]
    extras = try chosen[Self.extra]
    groups = try chosen[Self.group]
    check = try arguments[Self.check]
    verify = try arguments[Self.verify]
    format = try arguments[Self.format]
    noAnnotate = try arguments[Self.noAnnotate]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
    if all, !(requirements.isEmpty && extras.isEmpty && groups.isEmpty) {
      throw Finding(
        .error, "--all takes everything that is installed; --requirements, --extra and --group choose roots",
        remedy: "leave out one or the other")
    }
    if verify, check != .notGiven {
      throw Finding(.error, "--verify and --check are two different questions", remedy: "ask one after the other")
    }
    if format == .pylock {
      throw Finding(
        .error,
        "--format pylock: a pylock.toml names files and their hashes, and asking a package index for them is not there yet",
        remedy: "--format requirements, json and cyclonedx need no index")
    }
  }
}
