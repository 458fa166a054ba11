/// Gathers the commands of one file with their places.
struct CommandCollector {
  private let place: ProcessPlace
  private var places: FilePlaces
  private(set) var commands: [ProcessCommand] = []

  init(_ file: [UInt8], _ place: ProcessPlace) {
    self.place = place
    places = FilePlaces(file)
  }

  /// Takes a script or a command line.
  mutating func take(
    _ text: ScriptText, _ dialect: ShellReader.Dialect = .shell, in place: ProcessPlace? = nil,
    variables: [[UInt8]: [UInt8]] = [:]
  ) {
    var unwrapper = CommandUnwrapper(variables: variables)
    unwrapper.take(text, dialect)
    add(unwrapper.commands, place)
  }

  /// Takes the words of one command, as a list gives them.
  mutating func take(words: [ScriptText], in place: ProcessPlace? = nil) {
    var unwrapper = CommandUnwrapper()
    unwrapper.take(
      words.map { text in
        var word = ShellWord(text)
        word.isBare = false
        return word
      }[...])
    add(unwrapper.commands, place)
  }

  private mutating func add(_ found: [[ShellWord]], _ place: ProcessPlace?) {
    for words in found {
      let (line, column) = places.place(of: words[0].text.offset(at: 0))
      commands.append(
        ProcessCommand(words: words.map(\.string), line: line, column: column, place: place ?? self.place))
    }
  }
}
