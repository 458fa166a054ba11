/// Finds the imports of a module.
///
/// Supported: `import a.b as c, d` and `from ..a import (b, c)` at any statement start (own line, after `;`, after the
/// `:` of a one-line block), and `import_module("x")`, `importlib.import_module("x")`, `__import__("x")` with a literal;
/// `try` with an ImportError handler and `if TYPE_CHECKING` around them.
/// Unsupported: other names for import_module and importlib, version and platform conditions, suppress(ImportError).
/// Grammar: https://docs.python.org/3/reference/simple_stmts.html#the-import-statement
struct ImportReader {
  private enum Block {
    case tryBody(firstImport: Int)
    /// A handler that does not take ImportError; a later one of the same `try` may.
    case otherHandler(body: Range<Int>)
    case importHandler
    case typeChecking
    case other
  }

  private let module: PythonModule
  private var blocks: [(indentation: Int, block: Block)] = []
  private var imports: [ImportStatement] = []
  private var index = 0

  init(_ module: PythonModule) { self.module = module }

  private var current: ImportToken { module.tokens[min(index, module.tokens.count - 1)] }

  mutating func read() -> [ImportStatement] {
    while current.kind != .end { readLogicalLine() }
    return imports
  }

  private mutating func readLogicalLine() {
    let first = current
    let indentation = module.indentation(of: first)
    var closed: Block?
    while let last = blocks.last, last.indentation >= indentation {
      closed = last.indentation == indentation ? last.block : nil
      blocks.removeLast()
    }
    let header = blockHeader(first, behind: closed)
    if let header { blocks.append((indentation, header)) }
    var depth = 0
    var isStatementStart = true
    var colonOpensBlock = header != nil
    while current.kind != .newline, current.kind != .end {
      let token = current
      if token.kind == .symbol {
        switch module.source[token.start] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: ";") where depth == 0:
          isStatementStart = true
          index += 1
          continue
        case UInt8(ascii: ":") where depth == 0 && colonOpensBlock && token.end - token.start == 1:
          isStatementStart = true
          colonOpensBlock = false
          index += 1
          continue
        default: break
        }
      }
      if token.kind == .name {
        if isStatementStart, module.token(token, is: "import") || module.token(token, is: "from") {
          readStatement()
          isStatementStart = false
          continue
        }
        readDynamicImport(token)
      }
      isStatementStart = false
      index += 1
    }
    if current.kind == .newline { index += 1 }
  }

  /// The block that a line beginning with `first` opens, `closed` being the block it ends; nil when it opens none.
  private mutating func blockHeader(_ first: ImportToken, behind closed: Block?) -> Block? {
    guard first.kind == .name else { return nil }
    switch module.text(first) {
    case "try": return .tryBody(firstImport: imports.count)
    case "except":
      let body: Range<Int>
      switch closed {
      case .tryBody(let firstImport): body = firstImport..<imports.count
      case .otherHandler(let range): body = range
      default: return handlerTakesImportError() ? .importHandler : .other
      }
      guard handlerTakesImportError() else { return .otherHandler(body: body) }
      for index in body { imports[index].context.insert(.optional) }
      return .importHandler
    case "if", "elif": return conditionIsTypeChecking() ? .typeChecking : .other
    case "else", "finally", "for", "while", "with", "class", "def", "async", "match", "case": return .other
    default: return nil
    }
  }

  private func handlerTakesImportError() -> Bool {
    var names = 0
    for token in module.tokens[(index + 1)...] {
      if token.kind == .newline || module.token(token, is: ":") { break }
      if token.kind == .name {
        names += 1
        for name: StaticString in ["ImportError", "ModuleNotFoundError", "Exception", "BaseException"]
        where module.token(token, is: name) {
          return true
        }
      }
    }
    return names == 0
  }

  /// `if TYPE_CHECKING:`, `if typing.TYPE_CHECKING:` and `if t.TYPE_CHECKING:`.
  private func conditionIsTypeChecking() -> Bool {
    var condition = module.tokens[(index + 1)...].prefix { $0.kind != .newline && !module.token($0, is: ":") }
    if condition.count == 3, condition.first?.kind == .name,
      condition.dropFirst().first.map({ module.token($0, is: ".") }) == true
    {
      condition = condition.dropFirst(2)
    }
    return condition.count == 1 && condition.first.map { module.token($0, is: "TYPE_CHECKING") } == true
  }

  private var context: ImportStatement.Context {
    var context: ImportStatement.Context = []
    for (_, block) in blocks {
      switch block {
      case .importHandler: context.insert(.optional)
      case .typeChecking: context.insert(.typeChecking)
      case .tryBody, .otherHandler, .other: break
      }
    }
    return context
  }

  // MARK: - Statements

  private mutating func readStatement() {
    let keyword = current
    let isFrom = module.token(keyword, is: "from")
    index += 1
    if isFrom {
      let level = readDots()
      let name = readDottedName()
      guard module.token(current, is: "import") else { return }
      index += 1
      if level > 0 || !name.isEmpty { add(name, level: level, names: readNames(), at: keyword) }
    } else {
      repeat {
        let name = readDottedName()
        if name.isEmpty { return }
        add(name, level: 0, names: [], at: keyword)
        skipAlias()
      } while skip(",")
    }
  }

  private mutating func add(_ name: String, level: Int, names: [String], at token: ImportToken, dynamic: Bool = false) {
    imports.append(
      ImportStatement(
        module: name, level: level, names: names, line: token.line, column: token.column,
        context: dynamic ? context.union(.dynamic) : context))
  }

  private mutating func skip(_ symbol: StaticString) -> Bool {
    guard current.kind == .symbol, module.token(current, is: symbol) else { return false }
    index += 1
    return true
  }

  private mutating func readDots() -> Int {
    var level = 0
    while current.kind == .symbol, module.source[current.start] == UInt8(ascii: ".") {
      level += current.end - current.start
      index += 1
    }
    return level
  }

  private mutating func readDottedName() -> String {
    var name = ""
    while current.kind == .name, !module.token(current, is: "import") || !name.isEmpty {
      name += module.text(current)
      index += 1
      guard module.token(current, is: ".") else { break }
      name += "."
      index += 1
    }
    return name
  }

  private mutating func skipAlias() {
    if current.kind == .name, module.token(current, is: "as") {
      index += 1
      if current.kind == .name { index += 1 }
    }
  }

  private mutating func readNames() -> [String] {
    if skip("*") { return ["*"] }
    let isParenthesised = skip("(")
    var names: [String] = []
    while current.kind == .name {
      names.append(module.text(current))
      index += 1
      skipAlias()
      guard skip(",") else { break }
    }
    if isParenthesised { _ = skip(")") }
    return names
  }

  /// A call of import_module or __import__ at the cursor: bare, or an attribute of importlib or builtins.
  private mutating func readDynamicImport(_ token: ImportToken) {
    guard module.token(token, is: "import_module") || module.token(token, is: "__import__"),
      index + 3 < module.tokens.count, module.token(module.tokens[index + 1], is: "("),
      module.tokens[index + 2].kind == .string,
      module.token(module.tokens[index + 3], is: ")") || module.token(module.tokens[index + 3], is: ","),
      let name = PythonString.value(of: module.tokens[index + 2], in: module.source),
      let first = name.utf8.first, first != UInt8(ascii: "."),
      name.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ".") })
    else { return }
    guard index >= 2, module.token(module.tokens[index - 1], is: ".") else {
      return add(name, level: 0, names: [], at: token, dynamic: true)
    }
    let owner = module.tokens[index - 2]
    if module.token(owner, is: "importlib") || module.token(owner, is: "builtins") {
      add(name, level: 0, names: [], at: owner, dynamic: true)
    }
  }
}
