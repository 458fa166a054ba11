package import ConfigFormats

/// A command that installs distributions, or writes down which: pip, uv, pipenv, pip-tools, easy_install, Poetry.
package struct InstallerCommand: Sendable {
  package struct Option: Sendable {
    /// By its long name: `--requirement` for `-r`.
    package let name: String
    package let value: String
  }

  /// `pip`, `uv`; without its version.
  package let program: String
  /// The words that are no options, subcommands first.
  package let words: [String]
  /// Those that take a value, in order.
  package let options: [Option]

  private static let shortNames: [Character: String] = [
    "r": "--requirement", "c": "--constraint", "i": "--index-url", "f": "--find-links", "e": "--editable",
    "t": "--target",
    "o": "--output-file", "n": "--name",
  ]
  private static let valued: Set<String> = [
    "--requirement", "--requirements", "--constraint", "--constraints", "--index-url", "--extra-index-url", "--index",
    "--default-index", "--trusted-host", "--allow-insecure-host", "--find-links", "--pypi-mirror", "--editable",
    "--target", "--output-file", "--proxy", "--timeout", "--retries", "--cert", "--cache-dir", "--prefix", "--root",
    "--python", "--name", "--no-binary", "--only-binary", "--python-version", "--platform", "--override",
    "--build-constraint",
    "--wheel-dir", "--dest", "--group", "--extra", "--pypi-url",
  ]
  private static let programs: Set<String> = [
    "pip", "pip-sync", "pip-compile", "uv", "pipenv", "easy_install", "poetry", "pdm", "pipx",
  ]

  /// Nil for any other command.
  package init?(_ command: ProcessCommand) {
    var rest = command.words[...]
    if rest.count > 2, rest.dropFirst().first == "-m" { rest = rest.dropFirst(2) }
    let name = rest.first?.split(separator: "/").last.map(String.init) ?? ""
    // `pip3`, `pip3.12`
    let program = name.hasPrefix("pip") && name.dropFirst(3).allSatisfy { $0.isNumber || $0 == "." } ? "pip" : name
    guard Self.programs.contains(program) else { return nil }
    self.program = program
    rest = rest.dropFirst()
    var words: [String] = []
    var options: [Option] = []
    while let word = rest.popFirst() {
      if word.hasPrefix("--") {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count > 1 {
          options.append(Option(name: parts[0], value: parts[1]))
        } else if Self.valued.contains(word), let value = rest.popFirst() {
          options.append(Option(name: word, value: value))
        }
      } else if word.hasPrefix("-"), let letter = word.dropFirst().first {
        guard let long = Self.shortNames[letter] else { continue }
        if word.utf8.count > 2 {
          let value = word.dropFirst(2)
          options.append(Option(name: long, value: String(value.first == "=" ? value.dropFirst() : value)))
        } else if let value = rest.popFirst() {
          options.append(Option(name: long, value: value))
        }
      } else {
        words.append(word)
      }
    }
    self.words = words
    self.options = options
  }

  /// The values of options of one of these names.
  package func values(of names: String...) -> [String] {
    options.filter { names.contains($0.name) }.map(\.value)
  }
}
