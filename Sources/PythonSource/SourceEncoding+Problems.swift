extension PythonTree {
  /// What keeps CPython from decoding `file`, of which the tree was made; nil where it can.
  package func encodingError(of file: [UInt8]) -> PythonSyntaxError? {
    if let (offset, message) = SourceEncoding.declarationProblem(in: file) {
      let line = lines.line(of: offset)
      return PythonSyntaxError(offset: offset, line: line, column: 1, message: message)
    }
    if source.count == file.count, lines.isASCII { return nil }
    guard let (offset, message) = SourceEncoding.problem(in: file) else { return nil }
    // Decoding keeps the line ends; where it failed, the file stands in the tree as it is.
    let place = lines.place(of: min(offset, source.count))
    return PythonSyntaxError(offset: offset, line: place.line, column: place.column, message: message)
  }
}

extension SourceEncoding {
  /// The encoding that a file declares and needs when it is one of Python's that this system does not decode.
  package static func undecodedName(in file: [UInt8]) -> String? {
    guard let name = declaration(inFile: file)?.name, isKnown(name), !isUTF8(name), !isASCII(name), !isSupported(name),
      file.contains(where: { $0 >= 0x80 })
    else { return nil }
    return name
  }

  /// What is wrong with the encoding that a file declares, whatever else stands in it.
  fileprivate static func declarationProblem(in file: [UInt8]) -> (offset: Int, message: String)? {
    let hasMark = file.count > 2 && file[0] == 0xEF && file[1] == 0xBB && file[2] == 0xBF
    guard let (name, offset) = declaration(inFile: hasMark ? Array(file.dropFirst(3)) : file) else { return nil }
    // Behind a mark CPython knows no other spelling.
    let lower = name.lowercased().map { $0 == "_" ? "-" : $0 }
    if lower.starts(with: "utf-8") || isUTF8(name) && !hasMark { return nil }
    if hasMark { return (offset + 3, "encoding problem: \(name) with BOM") }
    return isKnown(name) ? nil : (offset, "unknown encoding: \(name)")
  }

  /// The first byte that the encoding of a file does not decode.
  fileprivate static func problem(in file: [UInt8]) -> (offset: Int, message: String)? {
    let declared = declaration(inFile: file)?.name
    guard let name = declared, !isUTF8(name) else { return invalidUTF8(in: file, isDeclared: declared != nil) }
    if isASCII(name) {
      guard let offset = file.firstIndex(where: { $0 >= 0x80 }) else { return nil }
      return (offset, "'ascii' codec can't decode byte \(hex(file[offset]))")
    }
    // What could be decoded is in UTF-8 by now.
    return String(validating: decoded(file), as: UTF8.self) == nil && isSupported(name)
      ? (0, "'\(name)' codec can't decode the file") : nil
  }

  private static func invalidUTF8(in file: [UInt8], isDeclared: Bool) -> (offset: Int, message: String)? {
    if String(validating: file, as: UTF8.self) != nil { return nil }
    var offset = 0
    var decoder = UTF8.ForwardParser()
    var bytes = file.makeIterator()
    while case .valid(let scalar) = decoder.parseScalar(from: &bytes) { offset += scalar.count }
    guard offset < file.count else { return nil }
    let byte = hex(file[offset])
    let message =
      isDeclared
      ? "(unicode error) 'utf-8' codec can't decode byte \(byte)"
      : "Non-UTF-8 code starting with '\\x\(byte.dropFirst(2))', but no encoding declared"
    return (offset, message)
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "0x" + (digits.count < 2 ? "0" : "") + digits
  }
}
