extension PythonLexer {
  mutating func readNumber() {
    let start = position
    if bytes[position] == UInt8(ascii: "0") {
      switch bytes[position + 1] | 0x20 {
      case UInt8(ascii: "x"): return readRadix("hexadecimal", 16, from: start)
      case UInt8(ascii: "o"): return readRadix("octal", 8, from: start)
      case UInt8(ascii: "b"): return readRadix("binary", 2, from: start)
      default: break
      }
    }
    var isInteger = true
    if bytes[position] != UInt8(ascii: ".") { guard skipDigits() else { return spoil("decimal", from: start) } }
    if bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      if isDigit(bytes[position]) { guard skipDigits() else { return spoil("decimal", from: start) } }
    }
    if bytes[position] | 0x20 == UInt8(ascii: "e") {
      let isSigned = bytes[position + 1] == UInt8(ascii: "+") || bytes[position + 1] == UInt8(ascii: "-")
      if isDigit(bytes[position + (isSigned ? 2 : 1)]) {
        isInteger = false
        position += isSigned ? 2 : 1
        guard skipDigits() else { return spoil("decimal", from: start) }
      } else if isSigned {
        position += 2
        return spoil("decimal", from: start)
      }
    }
    if bytes[position] | 0x20 == UInt8(ascii: "j") {
      position += 1
      return finish("imaginary", from: start)
    }
    if isInteger { finishInteger(from: start) } else { finish("decimal", from: start) }
  }

  /// Skips digits with single underscores between them; false at an underscore without a digit behind it.
  private mutating func skipDigits() -> Bool {
    while true {
      while isDigit(bytes[position]) { position += 1 }
      guard bytes[position] == UInt8(ascii: "_") else { return true }
      features.note(.numberUnderscore, at: position)
      position += 1
      guard isDigit(bytes[position]) else { return false }
    }
  }

  private mutating func finishInteger(from start: Int) {
    let isNonZero = (start..<position).contains { bytes[$0] != UInt8(ascii: "0") && bytes[$0] != UInt8(ascii: "_") }
    if bytes[start] == UInt8(ascii: "0"), isNonZero {
      let isOctal = (start..<position).allSatisfy { bytes[$0] < UInt8(ascii: "8") }
      if isOctal {
        features.note(.oldOctal, at: start)
      } else {
        note(PythonFeature.oldOctal.message, at: start)
        return add(.invalid, from: start)
      }
    }
    finish("decimal", from: start)
  }

  private mutating func readRadix(_ name: String, _ radix: UInt8, from start: Int) {
    position += 2
    repeat {
      if bytes[position] == UInt8(ascii: "_") { position += 1 }
      guard isRadixDigit(bytes[position], radix: radix) else { return spoil(name, from: start) }
      while isRadixDigit(bytes[position], radix: radix) { position += 1 }
    } while bytes[position] == UInt8(ascii: "_")
    if isDigit(bytes[position]) { return spoil(name, from: start) }
    finish(name, from: start)
  }

  private func isRadixDigit(_ byte: UInt8, radix: UInt8) -> Bool {
    byte &- 0x30 < min(radix, 10) || (radix == 16 && (byte | 0x20) &- 0x61 < 6)
  }

  /// Behind a number a keyword may follow at once, any other name may not.
  private mutating func finish(_ name: String, from start: Int) {
    let next = bytes[position]
    if next | 0x20 == UInt8(ascii: "l"), name != "imaginary",
      classes[Int(bytes[position + 1])] & ByteClasses.nameBit == 0
    {
      position += 1
      features.note(.longSuffix, at: start)
      return add(.number, from: start)
    }
    guard classes[Int(next)] & ByteClasses.nameBit != 0, next < 0x80, !keywordFollows() else {
      return add(.number, from: start)
    }
    spoil(name, from: start)
  }

  private func keywordFollows() -> Bool {
    let (second, third) = (bytes[position + 1], bytes[position + 2])
    switch bytes[position] {
    case UInt8(ascii: "a"): return second == UInt8(ascii: "n") && third == UInt8(ascii: "d")
    case UInt8(ascii: "e"): return second == UInt8(ascii: "l") && third == UInt8(ascii: "s")
    case UInt8(ascii: "f"): return second == UInt8(ascii: "o") && third == UInt8(ascii: "r")
    case UInt8(ascii: "i"): return "fns".utf8.contains(second)
    case UInt8(ascii: "o"): return second == UInt8(ascii: "r")
    case UInt8(ascii: "n"): return second == UInt8(ascii: "o") && third == UInt8(ascii: "t")
    default: return false
    }
  }

  /// A number that is none: it is read to the end of its letters and digits.
  private mutating func spoil(_ name: String, from start: Int) {
    let next = bytes[position]
    if isDigit(next) {
      note("invalid digit '\(Character(Unicode.Scalar(next)))' in \(name) literal", at: position)
    } else {
      note("invalid \(name) literal", at: max(start, position - 1))
    }
    while classes[Int(bytes[position])] & ByteClasses.nameBit != 0 { position += 1 }
    add(.invalid, from: start)
  }
}
