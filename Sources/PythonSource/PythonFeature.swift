/// Syntax that not every Python reads.
package enum PythonFeature: Int, CaseIterable, Hashable, Sendable {
  // Python 2 alone.
  case printStatement, printChevron, execStatement, backticks, lessGreater, oldRaise, oldOctal, longSuffix
  case rawUnicode, tupleParameter, oldListSource
  /// `async` or `await` as a name: before Python 3.7.
  case asyncName
  // From some Python on.
  case numberUnderscore, formattedString, variableAnnotation, asyncComprehension, walrus, positionalOnly
  case formattedDebug, relaxedDecorator, parenthesisedWith, match, exceptGroup, starredSubscript, typeStatement
  /// A backslash, a comment or a line end in a field of an f-string.
  case formattedExpression
  case typeParameters, typeParameterDefault, formattedQuoteReuse, templateString, bareExceptTuple, lazyImport
  /// `except A, e:`, where a name like that of a variable stands: Python 2, although Python 3.14 reads it too.
  case exceptName

  /// The first Python that reads it; nil for what Python 3 dropped.
  package var since: (major: Int, minor: Int)? {
    switch self {
    case .printStatement, .printChevron, .execStatement, .backticks, .lessGreater, .oldRaise, .oldOctal,
      .longSuffix, .rawUnicode, .tupleParameter, .oldListSource, .asyncName:
      nil
    case .numberUnderscore, .formattedString, .variableAnnotation, .asyncComprehension: (3, 6)
    case .walrus, .positionalOnly, .formattedDebug: (3, 8)
    case .relaxedDecorator, .parenthesisedWith: (3, 9)
    case .match: (3, 10)
    case .exceptGroup, .starredSubscript: (3, 11)
    case .typeStatement, .typeParameters, .formattedQuoteReuse, .formattedExpression: (3, 12)
    case .typeParameterDefault: (3, 13)
    case .templateString, .bareExceptTuple, .exceptName: (3, 14)
    case .lazyImport: (3, 15)
    }
  }

  /// The last Python that reads it; nil for what is still read.
  package var until: (major: Int, minor: Int)? {
    if self == .asyncName { return (3, 6) }
    return since == nil ? (2, 7) : nil
  }

  /// Whether a Python of this version reads it.
  package func isRead(by version: (major: Int, minor: Int)) -> Bool {
    // Old exception clauses are written like the tuples of Python 3.14.
    if self == .bareExceptTuple || self == .exceptName, version < (3, 0) { return true }
    // Python 3 reads a shift, and fails when it runs.
    if self == .printChevron { return true }
    return since.map { version >= $0 } ?? true && until.map { version <= $0 } ?? true
  }

  /// As above; what both read, and no Python 3 understands as it was meant, is not read by a version that is a guess.
  func isRead(by version: (major: Int, minor: Int), _ isGuess: Bool) -> Bool {
    isRead(by: version) && !(isGuess && self == .exceptName && version >= (3, 0))
  }

  func error(at offset: Int) -> RawError {
    RawError(
      offset: offset, message: message, isLexical: self == .oldOctal || self == .longSuffix, statement: offset,
      reached: offset)
  }

  /// What CPython says of it where it is not read.
  package var message: String {
    switch self {
    case .printStatement: "Missing parentheses in call to 'print'. Did you mean print(...)?"
    case .execStatement: "Missing parentheses in call to 'exec'. Did you mean exec(...)?"
    case .oldOctal:
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
    case .longSuffix: "invalid decimal literal"
    case .formattedExpression: "f-string expression part cannot include a backslash"
    case .bareExceptTuple, .exceptName: "multiple exception types must be parenthesized"
    case .tupleParameter: "Function parameters cannot be parenthesized"
    default: "invalid syntax"
    }
  }
}

/// The first place of every feature that a file uses.
struct FeatureLog {
  private(set) var first: [PythonFeature: Int] = [:]
  private var seen: UInt64 = 0

  mutating func note(_ feature: PythonFeature, at offset: Int) {
    let bit: UInt64 = 1 << UInt64(feature.rawValue)
    if seen & bit != 0, let known = first[feature], known <= offset { return }
    seen |= bit
    first[feature] = offset
  }

  mutating func add(_ other: FeatureLog) {
    for (feature, offset) in other.first { note(feature, at: offset) }
  }
}
