import Diagnostics
import Testing

@testable import Commands

/// How the words of a command line are read, on a command that has every kind of option.
@Suite struct ArgumentsTests {
  private enum Size: String, CaseIterable {
    case small, large
  }

  private static let path = Positional("PATH", default: ".", help: "A folder")
  private static let quiet = OptionKey.flag("quiet", short: "q", help: "Say less")
  private static let verbose = OptionKey.flag("verbose", short: "v", help: "Say more")
  private static let output = OptionKey.text("output", short: "o", value: "FILE", help: "Where to write")
  private static let folder = OptionKey.text("folder", default: "here", value: "DIR", help: "Where to start")
  private static let file = OptionKey.list("file", short: "f", value: "FILE", help: "A file; repeatable")
  private static let group = OptionKey.list(
    "group", default: ["runtime"], commas: true, value: "NAMES", help: "Groups")
  private static let size = OptionKey.choice("size", default: Size.small, value: "SIZE", help: "How large")
  private static let jobs = OptionKey.count("jobs", short: "j", from: 1, value: "N", help: "How many threads")
  private static let delay = OptionKey.seconds("delay", default: 1.5, help: "A time", accepts: "seconds up to 9") {
    $0 <= 9
  }
  private static let check = OptionKey.optional("check", short: "c", value: "FILE", help: "Compare")

  private static let command = CommandDescription(
    "example", abstract: "An example.", positionals: [path],
    options: [
      output.description, folder.description, file.description, group.description, size.description,
      jobs.description, delay.description, check.description,
    ], commonOptions: [quiet.description, verbose.description])

  /// Everything that the words say and that is no default, in the order of the command's options.
  private func reading(_ words: [String]) throws(Finding) -> String {
    let arguments = try Arguments(parsing: words, for: Self.command)
    var parts: [String] = []
    func show<Value>(_ key: OptionKey<Value>) throws(Finding) {
      let value = try arguments[key]
      if arguments.isGiven(key) { parts.append("\(key.description.name)=\(value)") }
    }
    let path = try arguments[Self.path]
    if path != "." { parts.append(path) }
    for key in [Self.quiet, Self.verbose] { try show(key) }
    if let output = try arguments[Self.output] { parts.append("output=\(output)") }
    try show(Self.folder)
    for key in [Self.file, Self.group] { try show(key) }
    try show(Self.size)
    if let jobs = try arguments[Self.jobs] { parts.append("jobs=\(jobs)") }
    try show(Self.delay)
    try show(Self.check)
    return parts.joined(separator: " ")
  }

  static let said: [([String], String)] = [
    ([], ""),
    (["there"], "there"),
    (["--output", "a"], "output=a"),
    (["--output=a=b"], "output=a=b"),
    (["-o", "a"], "output=a"),
    (["-oa"], "output=a"),
    (["-o=a"], "output=a"),
    (["-qv"], "quiet=true verbose=true"),
    (["-qvoa", "there"], "there quiet=true verbose=true output=a"),
    (["-qo", "a", "there"], "there quiet=true output=a"),
    (["there", "--quiet"], "there quiet=true"),
    (["--quiet", "there"], "there quiet=true"),
    (["--", "--quiet"], "--quiet"),
    (["--quiet", "--", "-o"], "-o quiet=true"),
    (["-"], "-"),
    (["-o", "-"], "output=-"),
    (["--output=--quiet"], "output=--quiet"),
    (["--output", "a", "-o", "b"], "output=b"),
    (["--folder", "here"], "folder=here"),
    (["-f", "a,b", "--file=c"], #"file=["a,b", "c"]"#),
    (["--group", "a,b", "--group=,c,"], #"group=["a", "b", "c"]"#),
    (["--size", "large", "--size", "small"], "size=small"),
    (["-j4"], "jobs=4"),
    (["--delay", "-2"], "delay=-2.0"),
    (["--delay=-0.5"], "delay=-0.5"),
    (["--check"], "check=withoutValue"),
    (["--check", "there"], "there check=withoutValue"),
    (["--check=a", "there"], #"there check=value("a")"#),
    (["-c", "there"], "there check=withoutValue"),
    (["-c=a"], #"check=value("a")"#),
    (["-qcv"], "quiet=true verbose=true check=withoutValue"),
    (["--output", "größe"], "output=größe"),
  ]

  @Test(arguments: said) func whatIsSaid(_ words: [String], _ expected: String) throws {
    #expect(try reading(words) == expected)
  }

  static let wrong: [([String], String, String?)] = [
    (["--otput", "a"], "unknown option: --otput", "did you mean --output?"),
    (["--xyz=secret"], "unknown option: --xyz", "`envtool example --help` lists the options"),
    (["-x"], "unknown option: -x", "`envtool example --help` lists the options"),
    (["-qx"], "unknown option: -x in -qx", "`envtool example --help` lists the options"),
    (["-size=large"], "unknown option: -size", "did you mean --size?"),
    (["--\u{1B}[2J"], "unknown option: --\\x1B[2J", "`envtool example --help` lists the options"),
    (["---"], "unknown option: ---", "`envtool example --help` lists the options"),
    (["-5"], "unknown option: -5", "`envtool example --help` lists the options"),
    (["--quiet=x"], "--quiet takes no value, but x was given", nil),
    (["-q=x"], "-q takes no value, but x was given", nil),
    (["--output"], "--output needs a value: FILE", nil),
    (["-qo"], "-o needs a value: FILE", nil),
    (["--output="], "--output needs a value: FILE", nil),
    (["--output", ""], "--output needs a value: FILE", nil),
    (["--output", "--"], "--output needs a value: FILE", "a value that begins with `-` is written --output=VALUE"),
    (["-o", "-5"], "-o needs a value: FILE", "a value that begins with `-` is written --output=VALUE"),
    (["--size"], "--size needs a value: small or large", nil),
    (["--check="], "--check needs a value: FILE", "leave out the `=` to give none"),
    (["--group", ","], "--group needs a value: NAMES", nil),
    (["--size", "huge"], "--size takes small or large, not huge", nil),
    (["--size", "lagre\n"], "--size takes small or large, not lagre\\x0A", "did you mean large?"),
    (["--jobs", "0"], "--jobs takes a whole number from 1, not 0", nil),
    (["-j", "-1"], "-j takes a whole number from 1, not -1", nil),
    (["-jx"], "-j takes a whole number from 1, not x", nil),
    (["--delay", "10"], "--delay takes seconds up to 9, not 10", nil),
    (["--delay", "nan"], "--delay takes seconds up to 9, not nan", nil),
    (["a", "b"], "superfluous argument: b", "the usage is `envtool example [PATH] [options]`"),
    (["a", "--", "--b"], "superfluous argument: --b", "the usage is `envtool example [PATH] [options]`"),
  ]

  @Test(arguments: wrong) func whatIsWrong(_ words: [String], _ message: String, _ remedy: String?) {
    #expect(throws: Finding(.error, message, remedy: remedy)) { try reading(words) }
  }

  @Test func aWordThatMustBeGiven() throws {
    let name = Positional("NAME", help: "A name")
    let command = CommandDescription("example", abstract: "", positionals: [name, Self.path], commonOptions: [])
    let arguments = try Arguments(parsing: ["a"], for: command)
    #expect(try arguments[name] == "a" && arguments[Self.path] == ".")
    #expect(throws: Finding(.error, "NAME is missing", remedy: "the usage is `envtool example NAME [PATH] [options]`"))
    {
      try Arguments(parsing: [], for: command)[name]
    }
  }

  static let asking: [([String], Bool)] = [
    (["--help"], true), (["x", "--wrong", "-h"], true), (["--", "-h"], false), (["-q"], false), ([], false),
  ]

  @Test(arguments: asking) func askingForHelp(_ words: [String], _ isAsked: Bool) {
    #expect(Arguments.askForHelp(words) == isAsked)
  }

  @Test func helpOfEveryKind() {
    let lines = Self.command.help.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.contains("Usage: envtool example [PATH] [options]"))
    #expect(lines.contains("  -c, --check[=FILE]   Compare"))
    #expect(lines.contains("      --delay SECONDS  A time (default: 1.5)"))
    #expect(lines.contains("      --size SIZE      How large: small or large (default: small)"))
  }
}

/// The descriptions of the real commands.
@Suite struct CommandDescriptionTests {
  private static let commands = CommandList.available.compactMap { CommandList.command(named: $0.name)?.description }

  @Test func everyCommandIsCalledByItsName() {
    #expect(Self.commands.map(\.name) == CommandList.available.map(\.name))
    #expect(Self.commands.map(\.abstract) == CommandList.available.map(\.abstract))
    for (command, row) in zip(Self.commands, CommandList.available) {
      #expect(command.positionals.map(\.usage).joined(separator: " ") == row.arguments)
    }
  }

  @Test func noNameTwice() {
    for command in Self.commands {
      let options = command.options + command.commonOptions
      #expect(Set(options.map(\.name)).count == options.count)
      let letters = options.compactMap(\.short)
      #expect(Set(letters).count == letters.count)
    }
  }

  /// What the help shows as the default is what holds when nothing is given; every key that is read is listed.
  @Test func nothingGivenIsNoError() throws {
    for row in CommandList.available {
      let command = try #require(CommandList.command(named: row.name))
      // What must be given is: the rest has defaults.
      let words = command.description.positionals.filter { $0.fallback == nil }.map(\.name)
      _ = try command.init(from: Arguments(parsing: words, for: command.description))
    }
  }

  @Test func noLineIsWiderThan80Columns() {
    for command in Self.commands {
      for line in command.help.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }
}
