extension ImportScanner {
  /// A compound statement whose body is being read.
  struct Block {
    enum Kind: UInt8 {
      /// `if`, `elif`, `while`, `with`: the header says what the body depends on.
      case condition
      /// `else` of whatever stands at the same indentation.
      case otherwise
      case tryBody
      /// A handler that does not take ImportError; a later one of the same `try` may.
      case otherHandler
      case importHandler
      /// A handler of a body without imports: what it takes matters only when it imports something itself.
      case handler
      case function
      case classBody
      case other
    }

    var kind: Kind
    let indentation: Int
    /// Where the header's keyword stands.
    let header: Int
    /// The header of the branch before an `else` or `elif`; -1 without one.
    var previous = -1
    /// The first import of a `try` body, and behind its end the first that is no longer in it.
    var firstImport = 0
    var endOfBody = Int.max
    /// What is known of the context inside, this block's own included.
    var context: ImportContext?

    /// Whether a handler to come may make some of the `count` imports optional.
    func awaitsHandler(of count: Int) -> Bool {
      (kind == .tryBody || kind == .otherHandler) && firstImport < min(endOfBody, count)
    }
  }

  // MARK: - Blocks

  /// Ends the blocks that a line of this width does not belong to.
  ///
  /// Lines that neither open a block nor import are not looked at: nothing can be indented deeper behind them before
  /// another line opens a block.
  mutating func closeBlocks(at width: Int) {
    while let last = blocks.last, last.indentation >= width { blocks.removeLast() }
  }

  /// `closeBlocks(at:)`; the block of the same width that ends here.
  private mutating func closeBlocks(from width: Int) -> Block? {
    guard let last = blocks.last, last.indentation >= width else { return nil }
    while let last = blocks.last, last.indentation > width { blocks.removeLast() }
    guard let last = blocks.last, last.indentation == width else { return nil }
    blocks.removeLast()
    return last
  }

  mutating func open(_ keyword: Keyword, at header: Int, _ width: Int) {
    let closed = closeBlocks(from: width)
    var block = Block(kind: .other, indentation: width, header: header)
    switch keyword {
    case .condition: block.kind = .condition
    case .alternative:
      block.kind = .condition
      block.previous = closed?.header ?? -1
    case .otherwise:
      if closed?.kind == .condition {
        block.kind = .otherwise
        block.previous = closed?.header ?? -1
      }
    case .handler: openHandler(&block, behind: closed)
    case .tryBody:
      block.kind = .tryBody
      block.firstImport = imports.count
    case .function: block.kind = .function
    case .classBody: block.kind = .classBody
    case .other: break
    }
    blocks.append(block)
  }

  private mutating func openHandler(_ block: inout Block, behind closed: Block?) {
    var first = imports.count
    var end = imports.count
    if let closed, closed.kind == .tryBody || closed.kind == .otherHandler {
      first = closed.firstImport
      end = min(closed.endOfBody, imports.count)
    }
    if first >= end {
      block.kind = .handler
    } else if takesImportError(header(block.header)) {
      block.kind = .importHandler
      for index in first..<end { imports[index].context.insert(.optional) }
    } else {
      block.kind = .otherHandler
      block.firstImport = first
      block.endOfBody = end
    }
  }

  /// `except ImportError:`, and what takes everything: `except:`, `except Exception:`, `except BaseException as e:`.
  private func takesImportError(_ header: Range<Int>) -> Bool {
    source.skipBlanks(from: header.lowerBound + 6) >= header.upperBound
      || names("ImportError", "ModuleNotFoundError", in: header) != nil
      || names("Exception", "BaseException", in: header) != nil
  }

  /// The code of a header behind its keyword up to its `:`, or to the end of the line.
  private func header(_ start: Int) -> Range<Int> {
    var depth = 0
    var offset = start
    while offset < source.count {
      switch source[offset] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ":") where depth <= 0: return start..<offset
      case lineFeed where depth <= 0 && source[offset - 1] != backslash: return start..<offset
      case hash: offset = source.lineEnd(from: offset) - 1
      case doubleQuote, singleQuote: offset = source.stringStop(from: offset + 1, quote: source[offset])
      default: break
      }
      offset += 1
    }
    return start..<source.count
  }

  /// The first place in `range` where one of two words stands alone.
  private func names(_ first: StaticString, _ second: StaticString, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard isNameByte(source[offset]) else {
        offset += 1
        continue
      }
      if source.startsWord(first, at: offset) || source.startsWord(second, at: offset) { return offset }
      while offset < range.upperBound, isNameByte(source[offset]) { offset += 1 }
    }
    return nil
  }

  // MARK: - Context

  /// The context of an import at the cursor; blocks are asked only when there is one.
  mutating func currentContext() -> ImportContext {
    var context: ImportContext = []
    for index in blocks.indices {
      if let known = blocks[index].context {
        context = known
      } else {
        context.formUnion(ownContext(of: blocks[index]))
        blocks[index].context = context
      }
    }
    return context
  }

  private func ownContext(of block: Block) -> ImportContext {
    switch block.kind {
    case .importHandler: return [.optional, .fallback]
    case .handler: return takesImportError(header(block.header)) ? [.optional, .fallback] : []
    case .function: return .function
    case .classBody: return .classBody
    case .condition:
      let condition = condition(header(block.header))
      let before = block.previous >= 0 ? self.condition(header(block.previous)) : .none
      return condition.inside.union(before.behind)
    case .otherwise: return condition(header(block.previous)).behind
    case .tryBody, .otherHandler, .other: return []
    }
  }

  /// What a condition says of its body, and of the branches behind it.
  private struct Condition {
    var inside: ImportContext = []
    var behind: ImportContext = []
    static let none = Condition()
  }

  private func condition(_ header: Range<Int>) -> Condition {
    if source[header.lowerBound] == UInt8(ascii: "w") {
      let isSuppressing =
        names("suppress", "suppress", in: header) != nil
        && names("ImportError", "ModuleNotFoundError", in: header) != nil
      return Condition(inside: isSuppressing ? .optional : [])
    }
    if let offset = names("TYPE_CHECKING", "TYPE_CHECKING", in: header) {
      if names("or", "or", in: header) != nil { return .none }
      let isNegated = names("not", "not", in: header.lowerBound..<offset) != nil
      if isNegated { return Condition(behind: .typeChecking) }
      return Condition(inside: .typeChecking)
    }
    if names("version_info", "hexversion", in: header) != nil || names("PY2", "PY3", in: header) != nil {
      return Condition(inside: .version, behind: .version)
    }
    if names("platform", "platform", in: header) != nil || isOperatingSystemName(header) {
      return Condition(inside: .platform, behind: .platform)
    }
    return .none
  }

  private func isOperatingSystemName(_ header: Range<Int>) -> Bool {
    guard let offset = names("os", "os", in: header) else { return false }
    return source.matches("os.name", at: offset)
  }
}
