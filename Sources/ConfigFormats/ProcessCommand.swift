/// A command that a file of the project starts, freed of what only wraps it: `sudo`, `exec`, `poetry run`, `sh -c`.
package struct ProcessCommand: Hashable, Sendable {
  /// The program as it is written (`gunicorn`, `/usr/local/bin/gunicorn`) and its arguments. What a shell would put in
  /// stays as written where it is not known: `$PORT`, `${{ matrix.python }}`.
  package let words: [String]
  /// Of the program's word, from 1; where a variable of the same file names the program, of its use.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  package let place: ProcessPlace

  package init(words: [String], line: Int, column: Int, place: ProcessPlace) {
    self.words = words
    self.line = line
    self.column = column
    self.place = place
  }
}
