extension PythonLexer {
  /// The keyword that stands in `start..<end`, which is ASCII.
  @inline(__always)
  func keyword(from start: Int, to end: Int) -> PythonToken.Code {
    let length = end - start
    guard length <= 8 else { return .none }
    var packed: UInt64 = 0
    for index in start..<end { packed = packed << 8 | UInt64(bytes[index]) }
    return Self.keyword(packed)
  }

  /// Keywords by their bytes, the first one highest: one comparison tree, no text.
  private static func keyword(_ packed: UInt64) -> PythonToken.Code {
    switch packed {
    case 0x616E64: .and
    case 0x6173: .as
    case 0x617373657274: .assert
    case 0x6173796E63: .async
    case 0x6177616974: .await
    case 0x627265616B: .break
    case 0x636C617373: .class
    case 0x636F6E74696E7565: .continue
    case 0x646566: .def
    case 0x64656C: .del
    case 0x656C6966: .elif
    case 0x656C7365: .else
    case 0x657863657074: .except
    case 0x46616C7365: .false
    case 0x66696E616C6C79: .finally
    case 0x666F72: .for
    case 0x66726F6D: .from
    case 0x676C6F62616C: .global
    case 0x6966: .if
    case 0x696D706F7274: .import
    case 0x696E: .in
    case 0x6973: .is
    case 0x6C616D626461: .lambda
    case 0x4E6F6E65: .none_
    case 0x6E6F6E6C6F63616C: .nonlocal
    case 0x6E6F74: .not
    case 0x6F72: .or
    case 0x70617373: .pass
    case 0x7261697365: .raise
    case 0x72657475726E: .return
    case 0x54727565: .true
    case 0x747279: .try
    case 0x7768696C65: .while
    case 0x77697468: .with
    case 0x7969656C64: .yield
    case 0x6D61746368: .match
    case 0x63617365: .case
    case 0x74797065: .type
    case 0x6C617A79: .lazy
    case 0x7072696E74: .print
    case 0x65786563: .exec
    case 0x5F: .underscore
    default: .none
    }
  }
}
