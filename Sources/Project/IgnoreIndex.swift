/// Which patterns of a file can match a name, told by the name's last byte: one look for 64 patterns.
struct IgnoreIndex: Sendable {
  /// For each group of 64 patterns, and in it for each byte, the patterns that match a name with that byte at its end.
  private var endings: [UInt64] = []
  /// For each group the patterns that match more than folders.
  private var forFiles: [UInt64] = []
  private var count = 0

  var groupCount: Int { forFiles.count }

  /// The patterns of a group to be tried, as bits; the highest stands for the last of them.
  func candidates(_ group: Int, lastByte: UInt8, isFolder: Bool) -> UInt64 {
    endings[group << 8 | Int(lastByte)] & (isFolder ? .max : forFiles[group])
  }

  /// Enters the next pattern of the file.
  mutating func append(lastToken: GlobToken?, needsFolder: Bool) {
    if count % 64 == 0 {
      endings += repeatElement(0, count: 256)
      forFiles.append(0)
    }
    let group = count / 64
    let bit = UInt64(1) << UInt64(count % 64)
    if !needsFolder { forFiles[group] |= bit }
    switch lastToken {
    case .byte(let byte): endings[group << 8 | Int(byte)] |= bit
    case .oneOf(let set): for byte in 0...255 where set.contains(UInt8(byte)) { endings[group << 8 | byte] |= bit }
    case .anyByte, .anyName, .anyFolders, .anyPath, nil: for byte in 0...255 { endings[group << 8 | byte] |= bit }
    }
    count += 1
  }
}
