/// The commands with one line each: the top-level help, the abstracts of the subcommands and the suggestions all read it.
enum CommandList {
  static let available: [(name: String, arguments: String, abstract: String)] = [
    ("scan", "[PATH]", "Derive the dependency manifest from the sources."),
    ("freeze", "[PATH]", "Record the pinned versions that are installed."),
    ("doctor", "[PATH]", "Check that this machine can run the project."),
    ("run", "[ADDRESS]", "Launch the project's development server."),
    ("explain", "WHAT", "Tell why a distribution is there, what provides a module, what a check means."),
    ("version", "", "Show the version, the commit and the libraries found."),
  ]

  /// Commands that will come, with what serves until then.
  static let planned: [(name: String, meanwhile: String)] = [
    ("preflight", "run `envtool scan`, `envtool freeze` and `envtool doctor` one after another"),
    ("report", "`envtool doctor --format json` holds the verdict"),
    ("sync", "run `python -m pip install -r requirements.lock` in the environment"),
    ("new", "run `python3 -m venv .venv`, then `django-admin startproject`"),
    ("manage", "run `.venv/bin/python manage.py`"),
  ]

  /// The command that `name` calls.
  static func command(named name: String) -> (any Subcommand.Type)? {
    switch name {
    case "scan": ScanCommand.self
    case "freeze": FreezeCommand.self
    case "doctor": DoctorCommand.self
    case "run": RunCommand.self
    case "explain": ExplainCommand.self
    case "version": VersionCommand.self
    default: nil
    }
  }

  static func abstract(of name: String) -> String { available.first { $0.name == name }?.abstract ?? "" }

  /// The help of `envtool` itself.
  static var help: String {
    let calls = available.map { "\($0.name) \($0.arguments)" }
    let width = calls.map(\.count).max() ?? 0
    let rows = zip(calls, available).map { call, command in
      "  envtool \(call + String(repeating: " ", count: width - call.count))  \(command.abstract)\n"
    }
    return """
      What a Python web project needs, told from its sources: pin it, check it, run it.

      Commands:
      \(rows.joined())
      Options:
        --help, -h   Show this; `envtool COMMAND --help` tells more about a command.
        --version    Show the version.

      Options also come from variables (ENVTOOL_FORMAT), then from [tool.envtool] in
      pyproject.toml or from an envtool.toml.
      PATH is the project's folder, the current one by default.
      Exit status: 0 fine, 1 findings that count, 2 wrong usage, 3 the outside world failed.

      """
  }
}
