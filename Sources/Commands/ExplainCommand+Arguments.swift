import Diagnostics

extension ExplainCommand {
  private static let what = Positional("WHAT", help: "A distribution, a module or a check")
  private static let project = OptionKey.text("project", default: ".", value: "DIR", help: "The project's folder")
    .onCommandLineOnly
  private static let graph = OptionKey.flag(
    "graph", help: "Draw what it needs and what needs it, as the environment or a lock tells")
  private static let format = OptionKey.choice(
    "format", default: Format.text, value: "FORMAT", help: "How to print; dot and mermaid draw the graph")
  private static let output = OptionKey.text(
    "output", short: "o", value: "FILE", help: "Write to this file, whole or not at all"
  ).onCommandLineOnly

  static let description = CommandDescription(
    "explain", abstract: CommandList.abstract(of: "explain"),
    discussion: """
      Tells why a distribution is there: every place that needs it, how that is known, which manifests declare it and what \
      else asks for it; what provides a module; what a check of doctor or a finding of scan means. Exit status: 2 when \
      nothing is known of WHAT.
      """,
    positionals: [what],
    options: [project.description, graph.description, format.description, output.description])

  static func projectPath(_ arguments: Arguments) throws(Finding) -> String? { try arguments[project] }

  init(from arguments: Arguments) throws(Finding) {
    what = try arguments[Self.what]
    folder = try arguments[Self.project]
    graph = try arguments[Self.graph]
    format = try arguments[Self.format]
    output = try arguments[Self.output]
    common = try CommonOptions(from: arguments)
  }
}
