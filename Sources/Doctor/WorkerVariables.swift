/// How many workers the environment of what is served asks for, where a file writes it out.
struct WorkerVariables: Sendable {
  /// What each word is set to where it first is to a number: in the environment, then in compose files.
  private let numbers: [String: Int]
  private let concurrency: Int?
  private let arguments: Int?

  /// `texts` set variables for what is served; those of `composeTexts` only fill what compose files leave open.
  init(_ texts: [String], ofCompose composeTexts: [String] = []) {
    let texts = texts.map(Self.withoutComments)
    var numbers: [String: Int] = [:]
    for text in texts + composeTexts.map(Self.withoutComments) { Self.addNumbers(in: text, to: &numbers) }
    self.numbers = numbers
    concurrency = texts.lazy.compactMap { Self.number(after: "WEB_CONCURRENCY", in: $0) }.first
    let lines = texts.filter { $0.contains("GUNICORN_CMD_ARGS") }.flatMap { $0.split(whereSeparator: \.isNewline) }
    arguments =
      lines.filter { $0.contains("GUNICORN_CMD_ARGS") }.compactMap { line in
        ["--workers", "-w"].lazy.compactMap { Self.number(after: $0, in: String(line)) }.first
      }.first
  }

  /// What a server takes that its own command line does not tell.
  func processes(of program: String) -> Int? {
    switch program {
    case "gunicorn": arguments ?? concurrency
    case "uvicorn": concurrency
    case "uwsgi": value(of: "UWSGI_PROCESSES") ?? value(of: "UWSGI_WORKERS")
    default: nil
    }
  }

  /// The number that a variable is set to; nil where no file sets it to one.
  func value(of name: String) -> Int? { numbers[name] }

  private static func addNumbers(in text: String, to numbers: inout [String: Int]) {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let word = bytes[index...].prefix(while: isOfWord)
      index = word.endIndex
      let start = index
      while index < bytes.count, "=:>\"' ".utf8.contains(bytes[index]) { index += 1 }
      if index == start {
        if word.isEmpty { index += 1 }
        continue
      }
      let digits = bytes[index...].prefix { $0 >= 0x30 && $0 <= 0x39 }
      let name = String(decoding: word, as: UTF8.self)
      if !name.isEmpty, numbers[name] == nil, let number = Int(String(decoding: digits, as: UTF8.self)) {
        numbers[name] = number
      }
    }
  }

  /// The number of a word: `4`, `$WORKERS`, `${WORKERS}`, `$$WORKERS` of compose, `${WORKERS:-4}`.
  func number(of word: String) -> Int? {
    guard word.hasPrefix("$"), !word.hasPrefix("$(") else { return Int(word) }
    let rest = word.drop { $0 == "$" || $0 == "{" }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    if let value = value(of: String(name)) { return value }
    let usual = rest.dropFirst(name.count)
    return usual.hasPrefix(":-") || usual.hasPrefix("-") ? Int(usual.drop { !$0.isNumber }.prefix { $0.isNumber }) : nil
  }

  /// The number that follows a word: `WEB_CONCURRENCY=4`, `"processes": 4`, `<processes>4`.
  static func number(after word: String, in text: String) -> Int? {
    let bytes = Array(text.utf8)
    let wanted = Array(word.utf8)
    guard bytes.count > wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == wanted[0] {
      guard bytes[start..<(start + wanted.count)].elementsEqual(wanted) else { continue }
      if start > 0, isOfWord(bytes[start - 1]) { continue }
      var index = start + wanted.count
      while index < bytes.count, "=:>\"' ".utf8.contains(bytes[index]) { index += 1 }
      guard index > start + wanted.count else { continue }
      let digits = bytes[index...].prefix { $0 >= 0x30 && $0 <= 0x39 }
      if let number = Int(String(decoding: digits, as: UTF8.self)) { return number }
    }
    return nil
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      || byte >= 0x30 && byte <= 0x39
  }

  private static func withoutComments(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).filter { !$0.drop(while: \.isWhitespace).hasPrefix("#") }
      .joined(separator: "\n")
  }
}

/// How often a service of a compose file is started: `deploy: replicas: 3`, `scale: 3`.
enum ComposeReplicas {
  /// Of the service in which a line stands, from 1, among the lines of a file.
  static func count(in lines: [String], forLine line: Int) -> Int? {
    guard let services = lines.firstIndex(where: { $0.hasPrefix("services:") }), line - 1 > services,
      line <= lines.count
    else { return nil }
    guard let depth = lines[(services + 1)...].first(where: isWritten).map(indentation), depth > 0 else { return nil }
    guard let start = lines[...(line - 1)].lastIndex(where: { isWritten($0) && indentation($0) <= depth }),
      indentation(lines[start]) == depth
    else { return nil }
    let body = lines[(start + 1)...].prefix { !isWritten($0) || indentation($0) > depth }.filter(isWritten)
    return body.lazy.compactMap { line -> Int? in
      let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
      guard words.count == 2, words[0] == "replicas" || words[0] == "scale" else { return nil }
      return Int(words[1])
    }.first
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func isWritten(_ line: String) -> Bool {
    let rest = line.drop(while: \.isWhitespace)
    return !rest.isEmpty && !rest.hasPrefix("#")
  }
}
