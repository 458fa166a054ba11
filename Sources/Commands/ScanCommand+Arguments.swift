import Diagnostics
import Reporting

extension ScanCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let format = OptionKey.choice(
    "format", default: Format.requirements, value: "FORMAT", help: "How to print")
  private static let group = OptionKey.list(
    "group", default: ["runtime"], commas: true, value: "GROUPS",
    help: "Groups to print, comma-separated: runtime, optional, typing, test, dev, build or all; repeatable")
  private static let pin = OptionKey.choice(
    "pin", default: ScanReport.Pinning.exact, value: "HOW",
    help: "How to write a version that is known without the network")
  private static let imports = OptionKey.flag(
    "imports", help: "Print every import with its place instead, mapped to nothing")
  private static let check = OptionKey.optional(
    "check", value: "FILE",
    help:
      "Compare what is declared with what the sources need instead: in every manifest of the project, or in FILE alone")
  private static let strict = OptionKey.flag(
    "strict", help: "End with status 1 when an import is unresolved or a file was read in part")
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all")

  static let description = CommandDescription(
    "scan", abstract: CommandList.abstract(of: "scan"),
    discussion: """
      Reads the Python sources and uWSGI files below PATH, runs none of them, and prints what they need, one line per \
      distribution. Exit status: 0, or 1 when a source could not be read (with --strict also when an import stayed \
      unresolved or a file was read in part).

      --check reads what pyproject.toml (PEP 621, PEP 735, Poetry, uv, pdm, Hatch), requirements files, Pipfile, setup.cfg, \
      a literal setup.py, tox.ini and environment.yml declare, and reports what is

        missing      needed, and declared nowhere (status 1)
        unused       declared for running, and nothing in sources, settings or process files uses it (status 1)
        transitive   needed, and comes only with something that is declared
        misplaced    declared for another purpose than it is needed for
      """,
    positionals: [path],
    options: [
      format.description, group.description, pin.description, imports.description, check.description,
      strict.description,
      output.description,
    ])

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    format = try arguments[Self.format]
    group = try arguments[Self.group]
    pin = try arguments[Self.pin]
    imports = try arguments[Self.imports]
    check = try arguments[Self.check]
    strict = try arguments[Self.strict]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
    if imports, check != .notGiven {
      throw Finding(.error, "--imports and --check are two different questions", remedy: "ask one after the other")
    }
  }
}
