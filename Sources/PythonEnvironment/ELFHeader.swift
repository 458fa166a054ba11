// Supported: 32 and 64 bits, both byte orders, program headers anywhere in the file.
// Unsupported: more than 1,024 program headers, a loader's path of more than 4,096 bytes: the file has no loader then.

package import Diagnostics
package import Host

/// What the header of an ELF program tells of the system that it runs on.
///
/// Source: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
package struct ELFHeader: Hashable, Sendable {
  package let is64Bit: Bool
  package let isLittleEndian: Bool
  /// `e_machine`: 62 for x86-64, 183 for 64-bit ARM.
  package let machine: Int
  /// `e_flags`, whose meaning is the machine's.
  package let flags: Int
  /// The dynamic loader that starts the program, by its path on that system; nil for a static program.
  package let loader: SourcePath?

  /// Reads the header of a file; nil when it is no ELF file. Throws when it cannot be read.
  package init?(of file: SourcePath) throws(FileError) {
    // The program headers nearly always follow the header, and the loader's path follows them.
    let start = ELFBytes(try Files.read(file, from: 0, count: 4096))
    guard let fields = start.identified else { return nil }
    guard let machine = fields[18, 2], let flags = fields[fields.is64Bit ? 48 : 36, 4],
      let offset = fields[fields.is64Bit ? 32 : 28, fields.addressSize],
      let size = fields[fields.is64Bit ? 54 : 42, 2], let count = fields[fields.is64Bit ? 56 : 44, 2]
    else { return nil }
    is64Bit = fields.is64Bit
    isLittleEndian = fields.isLittleEndian
    self.machine = machine
    self.flags = flags
    guard count <= 1024 else {
      loader = nil
      return
    }
    let headers = try fields.part(of: file, from: offset, count: size * count)
    for index in 0..<count {
      let place = index * size
      guard headers[place, 4] == ELFHeader.loaderType,
        let from = headers[place + (fields.is64Bit ? 8 : 4), fields.addressSize],
        let length = headers[place + (fields.is64Bit ? 32 : 16), fields.addressSize], length <= 4096
      else { continue }
      let path = try fields.part(of: file, from: from, count: length).bytes.prefix { $0 != 0 }
      loader = path.isEmpty ? nil : SourcePath(bytes: path)
      return
    }
    loader = nil
  }

  /// PT_INTERP
  private static let loaderType = 3

  /// The architecture as wheels name it, or nil for one that they do not name. `kernel` is what `uname -m` says of the
  /// kernel, by which generations of 32-bit ARM differ.
  package func architecture(kernel: String) -> String? {
    switch (machine, is64Bit, isLittleEndian) {
    case (62, true, true): "x86_64"
    case (3, false, true): "i686"
    case (183, true, true): "aarch64"
    case (40, false, true): kernel == "aarch64" ? "armv8l" : kernel.hasPrefix("arm") ? kernel : "armv7l"
    case (21, true, true): "ppc64le"
    case (21, true, false): "ppc64"
    case (22, true, false): "s390x"
    case (243, true, true): "riscv64"
    case (258, true, true): "loongarch64"
    default: nil
    }
  }

  /// Whether floating point numbers are passed in registers; wheels for 32-bit ARM are built so.
  /// Source: https://github.com/ARM-software/abi-aa/blob/main/aaelf32/aaelf32.rst
  package var hasHardFloats: Bool { machine != 40 || flags & 0xFF00_0400 == 0x0500_0400 }
}

/// Bytes of an ELF file with the way to read numbers in them.
private struct ELFBytes {
  let bytes: [UInt8]
  var is64Bit = true
  var isLittleEndian = true

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes with what the identification at their beginning says; nil when there is none.
  var identified: ELFBytes? {
    guard bytes.count >= 16, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), (1...2).contains(bytes[4]),
      (1...2).contains(bytes[5])
    else { return nil }
    var result = self
    result.is64Bit = bytes[4] == 2
    result.isLittleEndian = bytes[5] == 1
    return result
  }

  var addressSize: Int { is64Bit ? 8 : 4 }

  /// The number of `size` bytes at `offset`; nil beyond the end and when it does not fit.
  subscript(offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - size else { return nil }
    let part = bytes[offset..<(offset + size)]
    let value = (isLittleEndian ? Array(part.reversed()) : Array(part)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }

  /// A range of the file, from these bytes where they hold it.
  func part(of file: SourcePath, from offset: Int, count: Int) throws(FileError) -> ELFBytes {
    var result = self
    if offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset {
      result = ELFBytes(Array(bytes[offset..<(offset + count)]))
    } else {
      result = ELFBytes(try Files.read(file, from: offset, count: count))
    }
    result.is64Bit = is64Bit
    result.isLittleEndian = isLittleEndian
    return result
  }
}
