import Diagnostics
import Host
import Runner

#if canImport(Glibc)
  import Glibc
#endif

/// The program: arguments in, exit status out. Arguments come without the program's name.
package enum Envtool {
  /// Runs the command that `arguments` name, on this process's own streams. Must be called first: it also takes care of
  /// closed standard streams before the next file opened could become one.
  package static func main(_ arguments: [String]) -> Int32 {
    Host.prepareStandardStreams()
    Host.giveBackLargeMemory()
    if let status = GuardProcess.runIfRequested(arguments: ["envtool"] + arguments) { return status }
    let (output, errors) = (OutputWriter.standardOutput(), OutputWriter.standardError())
    var status = ExitStatus.fine
    if let answer = answer(to: arguments) {
      output.write(answer)
    } else {
      status = run(arguments, in: Session(host: .live(), output: output, errors: errors))
    }
    do { try output.finish() } catch {
      let remedy = error.code == ENOSPC ? "free some space, or write elsewhere" : nil
      Session(host: .live(), output: output, errors: errors).tell(Finding(.error, "\(error)", remedy: remedy))
      status = ExitStatus.outside
    }
    errors.flush()
    return status
  }

  /// What is asked for when no command has to run.
  private static func answer(to arguments: [String]) -> String? {
    switch arguments.first {
    case "--version": return "envtool \(VersionCommand.number)\n"
    case "--help", "-h": return CommandList.help
    case "help":
      let topics = arguments.dropFirst()
      guard let topic = topics.first, !Arguments.askForHelp(topics), topic != "help" else { return CommandList.help }
      return topics.count == 1 ? CommandList.command(named: topic)?.description.help : nil
    case let name?:
      guard Arguments.askForHelp(arguments.dropFirst()) else { return nil }
      return CommandList.command(named: name)?.description.help
    case nil: return nil
    }
  }

  private static func run(_ arguments: [String], in session: Session) -> Int32 {
    guard let first = arguments.first else {
      session.errors.write(CommandList.help)
      return ExitStatus.usage
    }
    do {
      if first == "dev" { return try DevCommand.run(Array(arguments.dropFirst()), in: session) }
      guard let command = CommandList.command(named: first) else {
        throw CommandFailure(ExitStatus.usage, wrong(arguments))
      }
      let parsed: any Subcommand
      do throws(Finding) {
        var words = try Arguments(parsing: Array(arguments.dropFirst()), for: command.description)
        if words.isGiven(CommonOptions.help) {
          session.output.write(command.description.help)
          return ExitStatus.fine
        }
        try words.configure(for: command, host: session.host)
        parsed = try command.init(from: words)
      } catch {
        throw CommandFailure(ExitStatus.usage, error)
      }
      if !parsed.common.quiet {
        for finding in EnvironmentVariables.unknown(in: session.host) { session.tell(finding, parsed.common.color) }
      }
      return try parsed.run(in: session)
    } catch let failure as CommandFailure {
      for finding in failure.findings { session.tell(finding) }
      return failure.status
    } catch let finding as Finding {
      session.tell(finding)
      return ExitStatus.outside
    } catch {
      session.tell(Finding(.error, "\(error)"))
      return ExitStatus.outside
    }
  }

  /// What is wrong with arguments that name no command.
  private static func wrong(_ arguments: [String]) -> Finding {
    guard arguments.first == "help", arguments.count > 1 else { return unknownCommand(arguments.first ?? "") }
    if CommandList.command(named: arguments[1]) == nil { return unknownCommand(arguments[1]) }
    return Finding(
      .error, "superfluous argument: \(Escaping.text(arguments[2]))", remedy: "the usage is `envtool help [COMMAND]`")
  }

  private static func unknownCommand(_ name: String) -> Finding {
    if let planned = CommandList.planned.first(where: { $0.name == name }) {
      return Finding(.error, "`envtool \(name)` is not there yet", remedy: planned.meanwhile)
    }
    let names = CommandList.available.map(\.name) + CommandList.planned.map(\.name)
    let what = name.hasPrefix("-") ? "option" : "command"
    let candidates = name.hasPrefix("-") ? ["--help", "--version"] : names
    let hint = Suggestion.closest(to: name, among: candidates).map { "did you mean `envtool \($0)`?" }
    return Finding(
      .error, "unknown \(what): \(Escaping.text(name))", remedy: hint ?? "`envtool --help` lists the commands")
  }
}
