import Diagnostics
import Host
import Reporting

/// `envtool version`
struct VersionCommand: Subcommand {
  static let description = CommandDescription("version", abstract: CommandList.abstract(of: "version"))

  /// The version of envtool.
  static let number = "0.1.0"

  let common: CommonOptions

  init(from arguments: Arguments) throws(Finding) { common = try CommonOptions(from: arguments) }

  func run(in session: Session) throws -> Int32 {
    var lines = ["envtool \(Self.number)", "commit \(BuildCommit.identifier)"]
    for library in NativeLibrary.allCases {
      do { lines.append("\(library.soname): \(try library.load())") } catch { lines.append("\(error)") }
    }
    session.output.write(lines.joined(separator: "\n") + "\n")
    return ExitStatus.fine
  }
}
