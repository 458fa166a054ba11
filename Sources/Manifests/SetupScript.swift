import PythonSource

/// The requirements that a `setup.py` gives to `setup()` as literals; it is never run.
///
/// Supported: `install_requires`, `extras_require`, `tests_require`, `setup_requires` and `name` of a call of `setup`, `setuptools.setup` or
/// `distutils.core.setup` that runs with the module, given as keywords or through `**` of a literal dictionary.
/// Unsupported: what `LiteralNames` does not know, told as the place where it stands.
/// Source: https://setuptools.pypa.io/en/latest/references/keywords.html
struct SetupScript {
  typealias Place = (line: Int, column: Int)
  typealias Text = (text: String, line: Int, column: Int)

  private(set) var name: String?
  private(set) var requirements: [Text] = []
  private(set) var tests: [Text] = []
  private(set) var builds: [Text] = []
  /// In source order; a key may hold a marker behind `:`.
  private(set) var extras: [(name: String, requirements: [Text])] = []
  /// Where something stands that is no literal and may hold requirements, or extras.
  private(set) var unknownRequirements: Place?
  private(set) var unknownExtras: Place?
  private var unknownOthers: Place?

  init(_ bytes: [UInt8]) {
    let tree = PythonTree(bytes)
    let names = LiteralNames(tree)
    for (statement, _) in tree.moduleLevel {
      guard case .expression(let expression) = statement.kind,
        case .call(let function, _, let keywords) = expression.node, let called = function.dottedName,
        called == "setup" || called.hasSuffix(".setup")
      else { continue }
      take(keywords, names)
    }
  }

  private mutating func take(_ keywords: [PythonExpression.Keyword], _ names: LiteralNames) {
    var given: Set<String> = []
    var spread: Place?
    for (keyword, expression) in keywords {
      let value = names.value(of: expression)
      if let keyword {
        given.insert(keyword)
        take(keyword, value)
      } else if case .dictionary(let entries) = value {
        for case (.string(let keyword, _, _), let value) in entries {
          given.insert(keyword)
          take(keyword, value)
        }
      } else {
        spread = (expression.line, expression.column)
      }
    }
    if !given.contains("install_requires") { unknownRequirements = unknownRequirements ?? spread }
    if !given.contains("extras_require") { unknownExtras = unknownExtras ?? spread }
  }

  private mutating func take(_ keyword: String, _ value: LiteralValue) {
    switch (keyword, value) {
    case ("name", .string(let text, _, _)): name = text
    case ("install_requires", _): requirements = Self.texts(of: value, &unknownRequirements)
    case ("tests_require", _): tests = Self.texts(of: value, &unknownOthers)
    case ("setup_requires", _): builds = Self.texts(of: value, &unknownOthers)
    case ("extras_require", .dictionary(let entries)):
      for (key, value) in entries {
        if case .string(let name, _, _) = key {
          extras.append((name, Self.texts(of: value, &unknownExtras)))
        } else if case .unknown(let line, let column) = key {
          unknownExtras = (line, column)
        }
      }
    case ("extras_require", .unknown(let line, let column)): unknownExtras = (line, column)
    default: break
    }
  }

  private static func texts(of value: LiteralValue, _ unknown: inout Place?) -> [Text] {
    switch value {
    // setuptools takes one text with a requirement a line, too.
    case .string(let text, let line, let column):
      return text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { part in
        String(decoding: part.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
      }.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { ($0, line, column) }
    case .list(let items): return items.flatMap { texts(of: $0, &unknown) }
    case .dictionary: return []
    case .unknown(let line, let column):
      unknown = unknown ?? (line, column)
      return []
    }
  }
}
