/// What is wrong with a line of a requirements file, or what pip passes over there.
package struct RequirementsFileProblem: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// A byte sequence that is none of the file's encoding.
    case undecodable(encoding: String)
    case unknownEncoding(String)
    case unclosedQuote
    /// A backslash with nothing behind it, among options.
    case danglingBackslash
    /// `suggestion` is the closest option that there is.
    case unknownOption(String, suggestion: String?)
    case ambiguousOption(String, candidates: [String])
    case missingValue(RequirementsOption)
    case unexpectedValue(RequirementsOption)
    /// What is no `ALGORITHM:DIGEST`, or of an algorithm that pip does not take.
    case hash(String)
    /// What is no `KEY=VALUE`.
    case configSetting(String)
    /// `expected` is what should stand there.
    case requirement(expected: String)
    case assignment
    case wheelName(String)
    case eggFragment(String)
    /// An editable URL that no version control system opens.
    case editable
    /// Words that pip passes over.
    case ignoredWords(String)
    /// An option that pip passes over where it stands.
    case ignoredOption(RequirementsOption)
    /// A digest that no file can have.
    case impossibleDigest(algorithm: String)
  }

  package let reason: Reason
  /// From 1, in Unicode scalars of the decoded text.
  package let line: Int
  package let column: Int
  /// The first line of those that continuations join with it.
  package let logicalLine: Int

  init(reason: Reason, line: Int, column: Int, logicalLine: Int? = nil) {
    self.reason = reason
    self.line = line
    self.column = column
    self.logicalLine = logicalLine ?? line
  }

  /// Whether pip would refuse the line.
  package var isError: Bool {
    switch reason {
    case .ignoredWords, .ignoredOption, .impossibleDigest: false
    default: true
    }
  }
}

extension RequirementsFileProblem: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .undecodable(let encoding): "these bytes are not \(encoding)"
    case .unknownEncoding(let name): "the encoding \(CredentialText(name)) is not known"
    case .unclosedQuote: "a quote among the options is not closed"
    case .danglingBackslash: "a backslash with nothing behind it"
    case .unknownOption(let text, _): "no such option: \(CredentialText(text))"
    case .ambiguousOption(let text, let candidates):
      "the option \(CredentialText(text)) is ambiguous: \(candidates.joined(separator: ", "))"
    case .missingValue(let option): "\(option.rawValue) lacks its value"
    case .unexpectedValue(let option): "\(option.rawValue) takes no value"
    case .hash(let text): "\(CredentialText(text)) is no hash that pip takes"
    case .configSetting: "--config-settings lacks a `=`"
    case .requirement(let expected): "not a requirement: expected \(expected)"
    case .assignment: "not a requirement: = compares no versions"
    case .wheelName(let name): "\(CredentialText(name)) is not the file name of a wheel"
    case .eggFragment(let text): "#egg=\(CredentialText(text)) is not a name"
    case .editable: "an editable requirement is a folder or the URL of a repository, and this is neither"
    case .ignoredWords(let words): "pip passes over `\(CredentialText(words))` here"
    case .ignoredOption(let option): "pip passes over \(option.rawValue) here"
    case .impossibleDigest(let algorithm): "no \(algorithm) digest looks like this, so no file fits it"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch reason {
    case .undecodable, .unknownEncoding: "save the file as UTF-8"
    case .unclosedQuote: "close the quote"
    case .danglingBackslash: "double the backslash, or remove it"
    case .unknownOption(_, let suggestion?): "write \(suggestion)"
    case .unknownOption: "remove it: pip refuses it in a requirements file"
    case .ambiguousOption: "write the option in full"
    case .missingValue(let option): "write \(option.rawValue) \(option.valueName ?? "VALUE")"
    case .unexpectedValue(let option): "write \(option.rawValue) alone"
    case .hash: "write --hash=sha256:DIGEST (or sha384, sha512)"
    case .configSetting: "write --config-settings KEY=VALUE"
    case .requirement: "correct the line, for example django>=5.2"
    case .assignment: "write == for one version, >= for that and later ones"
    case .wheelName: "name the file NAME-VERSION-PYTHON-ABI-PLATFORM.whl"
    case .eggFragment: "write NAME @ URL instead"
    case .editable: "name a folder, or a URL that begins with git+, hg+, svn+ or bzr+"
    case .ignoredWords: "put it on a line of its own; quote what belongs to one option"
    case .ignoredOption(let option):
      option.belongsToRequirement ? "put it behind the requirement it is for" : "put it on a line of its own"
    case .impossibleDigest: "take the digest from `pip hash FILE`"
    }
  }
}
