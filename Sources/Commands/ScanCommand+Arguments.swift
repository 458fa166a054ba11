import Diagnostics
import Packaging
import Project
import Reporting

extension ScanCommand {
  private static let path = Positional("PATH", default: ".", help: "The project's folder")
  private static let format = OptionKey.choice(
    "format", default: Format.requirements, value: "FORMAT", help: "How to print")
  private static let group = OptionKey.list(
    "group", default: ["runtime"], commas: true, among: DependencyGroup.allCases.map(\.rawValue) + ["all"],
    value: "GROUPS",
    help: "Groups to print, comma-separated: runtime, optional, typing, test, dev, build or all; repeatable")
  private static let pin = OptionKey.choice(
    "pin", default: ScanReport.Pinning.exact, value: "HOW",
    help: "How to write a version that is known without the network")
  private static let imports = OptionKey.flag(
    "imports", help: "Print every import with its place instead, mapped to nothing"
  ).onCommandLineOnly
  private static let check = OptionKey.optional(
    "check", value: "FILE",
    help:
      "Compare what is declared with what the sources need instead: in every manifest of the project, or in FILE alone"
  ).onCommandLineOnly
  private static let strict = OptionKey.flag(
    "strict", help: "End with status 1 when an import is unresolved or a file was read in part")
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all"
  ).onCommandLineOnly

  private static let write = OptionKey.optional(
    "write", value: "FILE",
    help:
      "Add what is missing to this manifest, or to the project's own, instead of printing; nothing else of it changes"
  ).onCommandLineOnly
  private static let force = OptionKey.flag(
    "force", help: "With --write: edit a file that a program has generated, too"
  ).onCommandLineOnly

  static let description = CommandDescription(
    "scan", abstract: CommandList.abstract(of: "scan"),
    discussion: """
      Reads the Python sources and uWSGI files below PATH, runs none of them, and prints what they need, one line per \
      distribution. Exit status: 0, or 1 when a source could not be read (with --strict also when an import stayed \
      unresolved or a file was read in part).

      --check reads what pyproject.toml (PEP 621, PEP 735, Poetry, uv, pdm, Hatch), requirements files, Pipfile, setup.cfg, \
      a literal setup.py, tox.ini and environment.yml declare, and reports what is

        missing      needed, and declared nowhere (status 1)
        unused       declared for running, and nothing uses it (status 1)
        transitive   needed, and comes only with something that is declared
        misplaced    declared for another purpose than it is needed for

        envtool scan --write           adds to the project's manifest what it lacks
        envtool scan --write=base.txt  adds it to this file

      A line that ends in `# envtool: ignore` shows nothing; `ignore`, `map`, `local` and `exclude` of [tool.envtool] in \
      pyproject.toml (or at the top of an envtool.toml) hold for modules and files.
      """,
    positionals: [path],
    options: [
      format.description, group.description, pin.description, imports.description, check.description,
      strict.description, output.description, write.description, force.description,
    ])

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[path] }

  init(from arguments: Arguments) throws(Finding) {
    path = try arguments[Self.path]
    format = try arguments[Self.format]
    group = try arguments[Self.group]
    pin = try arguments[Self.pin]
    imports = try arguments[Self.imports]
    check = try arguments[Self.check]
    strict = try arguments[Self.strict]
    output = try arguments[Self.output]
    write = try arguments[Self.write]
    isForced = try arguments[Self.force]
    isPinChosen = arguments.isChosen(Self.pin)
    try Self.checkWriting(arguments)
    common = try CommonOptions(from: arguments)
    if imports, check != .notGiven {
      throw Finding(.error, "--imports and --check are two different questions", remedy: "ask one after the other")
    }
    if check != .notGiven, format == .pyproject {
      throw Finding(.error, "--check has no report in the format pyproject", remedy: "leave out --format")
    }
  }

  /// With --write there is nothing to print.
  private static func checkWriting(_ arguments: Arguments) throws(Finding) {
    guard arguments.isGiven(write) else {
      if arguments.isGiven(force) {
        throw Finding(.error, "--force goes with --write", remedy: "add --write, or --write=FILE")
      }
      return
    }
    let others = [
      (arguments.isGiven(output), output.description), (arguments.isGiven(format), format.description),
      (arguments.isGiven(imports), imports.description),
    ]
    guard let other = others.first(where: \.0)?.1 else { return }
    throw Finding(
      .error, "--write edits a manifest, and --\(other.name) is about what is printed", remedy: "leave out one of them")
  }
}
