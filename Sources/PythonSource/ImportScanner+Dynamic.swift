/// Imports by a call.
extension ImportScanner {
  /// Whether the name before the `(` at `offset` may be one that imports.
  func mayEndImporter(_ offset: Int) -> Bool { hasAliases || offset > 9 && source.mayEndImporter(offset) }

  var hasAliases: Bool { !(functionAliases.isEmpty && moduleAliases.isEmpty) }

  /// A call of import_module or `__import__` with a literal: bare, or an attribute of importlib or builtins.
  mutating func readDynamicImport(openedAt parenthesis: Int) {
    var end = parenthesis
    while end > 0, source[end - 1] == blank || source[end - 1] == tab { end -= 1 }
    var start = nameStart(before: end)
    let function = start..<end
    let isPlain = matches("import_module", function) || matches("__import__", function)
    guard isPlain || isAlias(function, among: functionAliases), !isRereading else { return }
    var owner = start
    while owner > 0, source[owner - 1] == blank || source[owner - 1] == tab { owner -= 1 }
    if owner > 0, source[owner - 1] == UInt8(ascii: ".") {
      owner -= 1
      start = nameStart(before: owner)
      let module = start..<owner
      guard isPlain, start == 0 || source[start - 1] != UInt8(ascii: "."),
        matches("importlib", module) || matches("builtins", module) || isAlias(module, among: moduleAliases)
      else { return }
    } else if isDefinition(before: start) {
      return
    }
    readArguments(from: parenthesis + 1, of: start, isModuleFunction: !matches("__import__", function))
  }

  /// `def import_module("` is no Python, but `def import_module(` is common.
  private func isDefinition(before start: Int) -> Bool {
    start >= 4 && source.matches("def", at: start - 4) && source[start - 1] == blank
  }

  /// Reads `"name"` and, for import_module, a literal package: `(".name", "package")`, `(".name", package="package")`.
  private mutating func readArguments(from start: Int, of call: Int, isModuleFunction: Bool) {
    var offset = skip(from: start, acrossLines: true)
    if source.startsWord("name", at: offset) { offset = skipKeyword("name", at: offset) }
    guard let name = literal(at: offset) else { return }
    offset = skip(from: name.end, acrossLines: true)
    guard source[offset] == UInt8(ascii: ",") || source[offset] == UInt8(ascii: ")") else { return }
    var module = name.text[...]
    let level = module.prefix { $0 == UInt8(ascii: ".") }.count
    if level > 0 {
      guard isModuleFunction, source[offset] == UInt8(ascii: ",") else { return }
      offset = skip(from: offset + 1, acrossLines: true)
      if source.startsWord("package", at: offset) { offset = skipKeyword("package", at: offset) }
      guard let package = literal(at: offset),
        let absolute = absolute(module.dropFirst(level), level: level, in: package.text)
      else { return }
      module = absolute[...]
    }
    guard isDottedName(module) else { return }
    let first = text.count
    text += module
    let place = position(of: call)
    hasDynamicImports = true
    imports.append(
      ImportRecord(
        module: first..<text.count, isCopied: true, names: 0, level: 0, line: place.line, column: place.column,
        context: currentContext().union(.dynamic)))
  }

  /// importlib resolves `level` dots against a package: one dot is the package itself.
  private func absolute(_ name: ArraySlice<UInt8>, level: Int, in package: [UInt8]) -> [UInt8]? {
    let parts = package.split(separator: UInt8(ascii: "."))
    guard parts.count >= level else { return nil }
    return Array((parts.dropLast(level - 1) + [name]).filter { !$0.isEmpty }.joined(separator: [UInt8(ascii: ".")]))
  }

  func isDottedName(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      part.allSatisfy(isNameByte) && part.first.map { !isDigit($0) } == true
    }
  }

  private func skipKeyword(_ name: StaticString, at offset: Int) -> Int {
    let equals = skip(from: offset + name.utf8CodeUnitCount, acrossLines: true)
    return source[equals] == UInt8(ascii: "=") ? skip(from: equals + 1, acrossLines: true) : offset
  }

  /// The text of a string literal without escapes and fields.
  func literal(at start: Int) -> (text: [UInt8], end: Int)? {
    var quote = start
    while quote - start < 2, "rRuUfF".utf8.contains(source[quote]) { quote += 1 }
    guard source[quote] == doubleQuote || source[quote] == singleQuote else { return nil }
    let isTriple = source[quote + 1] == source[quote] && source[quote + 2] == source[quote]
    let first = quote + (isTriple ? 3 : 1)
    let end = source.formattedStop(from: first, quote: source[quote])
    guard end < source.count, source[end] == source[quote] else { return nil }
    return (Array(source.bytes(first..<end)), end + (isTriple ? 3 : 1))
  }

  // MARK: - Names

  private func nameStart(before end: Int) -> Int {
    var start = end
    while start > 0, isNameByte(source[start - 1]) { start -= 1 }
    return start
  }

  private func matches(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount && source.matches(word, at: range.lowerBound)
  }

  private func isAlias(_ range: Range<Int>, among names: [[UInt8]]) -> Bool {
    names.contains { $0.elementsEqual(source.bytes(range)) }
  }

  // MARK: - Aliases

  /// `import importlib as il`
  mutating func rememberModule(_ module: Range<Int>, _ alias: Range<Int>) {
    if matches("importlib", module) || matches("builtins", module) {
      moduleAliases.append(Array(source.bytes(alias)))
    }
  }

  /// `from importlib import import_module as im`
  mutating func rememberFunction(_ name: Range<Int>, of module: Range<Int>, _ alias: Range<Int>) {
    if matches("importlib", module) && matches("import_module", name)
      || matches("builtins", module) && matches("__import__", name)
    {
      functionAliases.append(Array(source.bytes(alias)))
    }
  }
}
