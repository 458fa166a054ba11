import Glibc

/// The files below /proc, which are read whole because their size is not known beforehand.
enum ProcFile {
  /// The contents; nil when the file cannot be read, most often because the process has gone or is another user's.
  static func bytes(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }

  /// Where a link points, for example `socket:[4711]`; nil when it cannot be read.
  static func link(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { raw in
      // SAFETY: readlink writes at most the count that it is given.
      raw.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink(path, $0, characters.count) } ?? -1
      }
    }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// The names in a folder that are numbers, ascending: processes in /proc, descriptors in /proc/PID/fd.
  static func numbers(in folder: String) -> [Int32] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var result: [Int32] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 } }
      // SAFETY: `name` lies in the entry, which stays until the next readdir.
      if let number = Int32(String(decoding: name, as: UTF8.self)) { result.append(number) }
    }
    return result.sorted()
  }
}
