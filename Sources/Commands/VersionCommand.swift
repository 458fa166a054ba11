import ArgumentParser
import Host
import Reporting

struct VersionCommand: Subcommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: CommandList.abstract(of: "version"))

  /// The version of envtool.
  static let number = "0.1.0"

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func run(in session: Session) async throws -> Int32 {
    var lines = ["envtool \(Self.number)", "commit \(BuildCommit.identifier)"]
    for library in NativeLibrary.allCases {
      do { lines.append("\(library.soname): \(try library.load())") } catch { lines.append("\(error)") }
    }
    session.output.write(lines.joined(separator: "\n") + "\n")
    return ExitStatus.fine
  }
}
