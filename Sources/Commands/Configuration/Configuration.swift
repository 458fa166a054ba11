import ConfigFormats
import Diagnostics
import Project

// Keys, all optional:
//   the names of the common options        for every command
//   ignore, map, local, exclude            what scan makes of modules and files, for every command that scans
//   [COMMAND] with the names of options    for that command, which win over those above; [scan] takes the four, too
// An option's value is a boolean, string, number or, where it repeats, an array of strings. Paths start at the file's
// folder. Whatever else stands there is an error.

/// What a configuration file says to one command.
struct Configuration {
  private(set) var options: [GivenOption] = []
  private(set) var rules = ProjectRules()

  /// Reads the whole file and keeps what counts for `command`; `folder` is the one that relative paths start from.
  init(_ file: ConfigurationFile, for command: String, in folder: SourcePath) throws(Finding) {
    var reader = ConfigurationReader(file: file, workingFolder: folder)
    do throws(ConfigError) {
      try reader.readTop()
    } catch {
      throw Finding(
        .error, at: Location(path: file.path, line: error.line, column: error.column), error.message,
        remedy: reader.remedy)
    }
    let own = reader.commandOptions[command] ?? []
    options = own + reader.commonOptions.filter { common in !own.contains { $0.name == common.name } }
    rules = reader.rules
  }
}
