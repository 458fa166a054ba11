package import Packaging

/// A command that a distribution installs: `gunicorn`, `celery flower`.
package struct InstalledCommand: Hashable, Sendable {
  /// What a command is for, whoever calls it.
  package enum Purpose: String, Sendable {
    case test
    case dev
  }

  /// Any of them installs it, the usual one first; none when nothing of the project's is needed.
  package let distributions: [PackageName]
  /// nil for what serves the project where a file starts it: servers, workers, migrations.
  package let purpose: Purpose?

  /// The command that a program is called by; nil when the table knows none.
  package init?(_ program: String) {
    guard let fields = Self.table.fields(of: program)?.split(separator: " "), let names = fields.first else {
      return nil
    }
    distributions = names.split(separator: ",").compactMap { PackageName(String($0)) }
    purpose = fields.count > 1 ? Purpose(rawValue: String(fields[1])) : nil
  }

  /// The command that `word` among the words of `program` is, added by a plugin: `flower` of `celery`, `-n` of `pytest`.
  package init?(_ program: String, word: String) {
    self.init("\(program):\(word.prefix { $0 != "=" })")
  }

  /// Whether plugins add words to the program.
  package static func hasWords(_ program: String) -> Bool {
    table.hasKeys(below: program, separator: UInt8(ascii: ":"))
  }

  static let table = FactTable(Facts.commands)
}
