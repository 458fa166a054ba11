import ArgumentParser
import Diagnostics
import Host
import Runner

#if canImport(Glibc)
  import Glibc
#endif

/// The program: arguments in, exit status out. Arguments come without the program's name.
package enum Envtool {
  /// What can be answered before anything is set up; nil when a command must run. Must be called first: it also takes
  /// care of closed standard streams before the next file opened could become one.
  package static func answerAtOnce(_ arguments: [String]) -> Int32? {
    Host.prepareStandardStreams()
    if let status = GuardProcess.runIfRequested(arguments: ["envtool"] + arguments) { return status }
    let output = OutputWriter.standardOutput()
    switch arguments.first {
    case "--version": output.line("envtool \(VersionCommand.number)")
    case "--help", "-h": output.write(CommandList.help)
    case "help" where arguments.count == 1: output.write(CommandList.help)
    default: return nil
    }
    return finish(Session(host: .live(), output: output, errors: .standardError()), ExitStatus.fine)
  }

  /// Runs the command that `arguments` name, on this process's own streams.
  package static func main(_ arguments: [String]) async -> Int32 {
    let session = Session(host: .live(), output: .standardOutput(), errors: .standardError())
    return finish(session, await run(arguments, in: session))
  }

  /// The status with which the process ends once everything is written.
  private static func finish(_ session: Session, _ status: Int32) -> Int32 {
    do { try session.output.finish() } catch {
      session.tell(
        Finding(.error, "\(error)", remedy: error.code == ENOSPC ? "free some space, or write elsewhere" : nil))
      session.errors.flush()
      return ExitStatus.outside
    }
    session.errors.flush()
    return status
  }

  private static func run(_ arguments: [String], in session: Session) async -> Int32 {
    guard let first = arguments.first else {
      session.errors.write(CommandList.help)
      return ExitStatus.usage
    }
    if let finding = unknownCommand(first) {
      session.tell(finding)
      return ExitStatus.usage
    }
    do {
      var parsed = try Root.parseAsRoot(arguments)
      if let command = parsed as? any Subcommand { return try await command.run(in: session) }
      // The parser's own help command: it throws what it has to say.
      try parsed.run()
      return ExitStatus.fine
    } catch let failure as CommandFailure {
      for finding in failure.findings { session.tell(finding) }
      return failure.status
    } catch let finding as Finding {
      session.tell(finding)
      return ExitStatus.outside
    } catch {
      return answer(error, in: session)
    }
  }

  private struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "envtool",
      subcommands: [ScanCommand.self, FreezeCommand.self, DoctorCommand.self, RunCommand.self, VersionCommand.self])
  }

  private static func unknownCommand(_ name: String) -> Finding? {
    if CommandList.available.contains(where: { $0.name == name }) || name == "help" { return nil }
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

  /// What the argument parser has to say: help asked for goes to stdout, everything else is wrong usage.
  private static func answer(_ error: any Error, in session: Session) -> Int32 {
    if Root.exitCode(for: error) == .success {
      session.output.line(Root.fullMessage(for: error))
      return ExitStatus.fine
    }
    session.tell(Finding(.error, Root.message(for: error), remedy: "see `--help` of the command"))
    return ExitStatus.usage
  }
}
