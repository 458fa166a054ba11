import ArgumentParser
import Diagnostics
import Host

#if canImport(Glibc)
  import Glibc
#endif

/// The program: arguments in, exit status out.
package enum Envtool {
  /// Runs the command that `arguments` (without the program's name) name, on this process's own streams.
  package static func main(_ arguments: [String]) async -> Int32 {
    Host.prepareStandardStreams()
    let session = Session(host: .live(), output: .standardOutput(), errors: .standardError())
    let status = await run(arguments, in: session)
    do { try session.output.finish() } catch {
      session.tell(Finding(.error, "\(error)", remedy: "free some space, or write elsewhere"))
      session.errors.flush()
      return ExitStatus.outside
    }
    session.errors.flush()
    return status
  }

  /// The same with a session given; what is written is not yet flushed.
  package static func run(_ arguments: [String], in session: Session) async -> Int32 {
    guard let first = arguments.first else {
      session.errors.write(CommandList.help)
      return ExitStatus.usage
    }
    // These two are asked for often and by scripts: they load nothing.
    if first == "--version" {
      session.output.line("envtool \(VersionCommand.number)")
      return ExitStatus.fine
    }
    if first == "--help" || first == "-h" || (first == "help" && arguments.count == 1) {
      session.output.write(CommandList.help)
      return ExitStatus.fine
    }
    if let finding = unknownCommand(first) {
      session.tell(finding)
      return ExitStatus.usage
    }
    do {
      guard let command = try Root.parseAsRoot(arguments) as? any Subcommand else {
        session.errors.write(CommandList.help)
        return ExitStatus.usage
      }
      return try await command.run(in: session)
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
      subcommands: [ScanCommand.self, FreezeCommand.self, DoctorCommand.self, VersionCommand.self])
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
