// Supported: everything that pip 26 reads in a requirements file: requirements, paths, URLs and editable ones with their
// options; files in files; index options; `${VARIABLE}`; continuations, comments, encodings. Abbreviated options.
// Unsupported: pylock.toml behind -r.
// Grammar, after continuations are joined and comments dropped:
//   line     = words? options?                        the options begin at the first word with a `-`
//   words    = requirement | path extras? (";" marker)? | URL ("; " marker)?
//   options  = as a shell splits them, then as Python's optparse reads them

/// A requirements or constraints file of pip, line by line.
///
/// Nothing is opened: files that it names are for the caller to read. A line that pip would refuse is among `problems`,
/// and the others are read all the same.
/// Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
package struct RequirementsFile: Sendable {
  package enum Content: Sendable {
    case requirement(RequirementLine)
    /// `-r FILE`, or `-c FILE` when `isConstraint`: a path that starts at this file's folder, or a URL.
    case file(CredentialText, isConstraint: Bool)
    /// An option about the whole run, with its value if it takes one.
    case option(RequirementsOption, CredentialText?)
  }

  package struct Entry: Sendable {
    package let content: Content
    /// The first line of it, from 1.
    package let line: Int
    /// The last of the lines that continuations join with it.
    package let lastLine: Int
    /// Where it begins there, from 1, in Unicode scalars; 1 when continuations alone stand there.
    package let column: Int
    /// The whole line with its continuations, as the file has it but for the comment.
    package let text: CredentialText
  }

  /// In the order of the file.
  package let entries: [Entry]
  /// In the order of the file; at most one error for each line.
  package let problems: [RequirementsFileProblem]

  /// Reads the bytes of a file; `variable` gives the values of environment variables.
  package init(_ bytes: [UInt8], variable: (String) -> String? = { _ in nil }) {
    var entries: [Entry] = []
    var problems: [RequirementsFileProblem] = []
    do {
      for var line in LogicalLines.lines(of: try RequirementsText.decoded(bytes)) {
        line.replaceVariables(variable)
        var reader = RequirementsLineReader(line)
        do { entries += try reader.entries() } catch { problems.append(error) }
        problems += reader.warnings
      }
    } catch {
      problems.append(error)
    }
    self.entries = entries
    self.problems = problems
  }
}
