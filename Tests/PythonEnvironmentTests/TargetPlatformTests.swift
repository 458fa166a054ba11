import Diagnostics
import Foundation
import Glibc
import Host
import Packaging
import PythonEnvironment
import TestSupport
import Testing

/// An ELF header with one program header for the loader.
private struct ELFFile {
  var is64Bit = true
  var isLittleEndian = true
  var machine: UInt16
  var flags: UInt32 = 0
  var loader: String?
  /// Zeros between the program headers and the loader's path.
  var gap = 0

  var bytes: [UInt8] {
    let headerSize = is64Bit ? 64 : 52
    let entrySize = is64Bit ? 56 : 32
    let path = Array((loader ?? "").utf8) + (loader == nil ? [] : [0])
    var result: [UInt8] =
      [0x7F, 0x45, 0x4C, 0x46, is64Bit ? 2 : 1, isLittleEndian ? 1 : 2, 1] + [UInt8](repeating: 0, count: 9)
    result += number(2, 2) + number(machine, 2) + number(1, 4) + address(0) + address(headerSize) + address(0)
    result += number(flags, 4) + number(headerSize, 2) + number(entrySize, 2) + number(loader == nil ? 1 : 2, 2)
    result += [UInt8](repeating: 0, count: headerSize - result.count)
    let place = headerSize + 2 * entrySize + gap
    result += program(type: 6, place: 0, size: 0)
    result += program(type: 3, place: place, size: path.count)
    return result + [UInt8](repeating: 0, count: gap) + path
  }

  private func program(type: Int, place: Int, size: Int) -> [UInt8] {
    is64Bit
      ? number(type, 4) + number(4, 4) + address(place) + address(0) + address(0) + address(size) + address(size)
        + address(1)
      : number(type, 4) + address(place) + address(0) + address(0) + address(size) + address(size) + number(4, 4)
        + address(1)
  }

  private func address(_ value: Int) -> [UInt8] { number(value, is64Bit ? 8 : 4) }

  private func number(_ value: some BinaryInteger, _ size: Int) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    return isLittleEndian ? little : little.reversed()
  }
}

@Suite struct TargetPlatformTests {
  private let folder: TemporaryFolder
  private var root: SourcePath { SourcePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    try folder.write(name)
    try Data(bytes).write(to: URL(filePath: folder.file(name)))
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: folder.file(name)).deletingLastPathComponent(), withIntermediateDirectories: true)
    #expect(symlink(target, folder.file(name)) == 0)
  }

  @Test(
    arguments: [
      (ELFFile(machine: 62), "x86_64"), (ELFFile(is64Bit: false, machine: 3), "i686"),
      (ELFFile(machine: 183), "aarch64"),
      (ELFFile(is64Bit: false, machine: 40), "armv7l"), (ELFFile(machine: 21), "ppc64le"),
      (ELFFile(isLittleEndian: false, machine: 21), "ppc64"), (ELFFile(isLittleEndian: false, machine: 22), "s390x"),
      (ELFFile(machine: 243), "riscv64"), (ELFFile(machine: 258), "loongarch64"), (ELFFile(machine: 8), nil),
    ] as [(ELFFile, String?)])
  private func architectures(file: ELFFile, architecture: String?) throws {
    for (loader, gap) in [(nil, 0), ("/lib/ld.so", 0), ("/lib/ld.so", 9000)] {
      var file = file
      (file.loader, file.gap) = (loader, gap)
      try write("python", file.bytes)
      let header = try #require(try ELFHeader(of: root.appending("python")))
      #expect(header.architecture(kernel: "x86_64") == architecture)
      #expect(header.loader == loader.map { SourcePath($0) })
      #expect(header.is64Bit == file.is64Bit && header.isLittleEndian == file.isLittleEndian)
    }
  }

  @Test func generationsOfARM() throws {
    try write("python", ELFFile(is64Bit: false, machine: 40, flags: 0x0500_0400, loader: "/lib/ld.so").bytes)
    let hard = try #require(try ELFHeader(of: root.appending("python")))
    #expect(hard.hasHardFloats)
    #expect(["aarch64", "armv6l", "armv7l"].map { hard.architecture(kernel: $0) } == ["armv8l", "armv6l", "armv7l"])
    try write("python", ELFFile(is64Bit: false, machine: 40, flags: 0x0500_0200, loader: "/lib/ld.so").bytes)
    try write("lib/ld.so", Array("ld.so (x) stable release version 2.36.\n".utf8))
    #expect(
      try TargetPlatform(interpreter: "/python", below: root, kernel: "armv7l") == .linux(architecture: "armv7l", nil))
  }

  @Test func brokenFilesSurvive() throws {
    let whole = ELFFile(machine: 62, loader: "/lib64/ld-linux-x86-64.so.2").bytes
    for count in 0..<whole.count {
      try write("python", Array(whole[..<count]))
      let header = try ELFHeader(of: root.appending("python"))
      #expect(count >= 58 || header == nil)
    }
    // Every number of the header and of the program headers at its highest.
    for place in 16..<min(whole.count, 176) {
      var bytes = whole
      for offset in place..<min(place + 8, bytes.count) { bytes[offset] = 0xFF }
      try write("python", bytes)
      _ = try ELFHeader(of: root.appending("python"))
    }
    try write("python", Array("#!/bin/sh\nexec python3\n".utf8))
    #expect(try TargetPlatform(interpreter: "/python", below: root, kernel: "x86_64") == nil)
    #expect(try TargetPlatform(interpreter: "/missing", below: root, kernel: "x86_64") == nil)
    #expect(throws: FileError.self) { try ELFHeader(of: root) }
  }

  /// A container's tree: its links lead through its own root.
  @Test func treeOfAnotherSystem() throws {
    try write("usr/bin/python3.12", ELFFile(machine: 183, loader: "/lib/ld-linux-aarch64.so.1").bytes)
    try link("app/.venv/bin/python", to: "/usr/bin/python3")
    try link("usr/bin/python3", to: "python3.12")
    try link("lib", to: "/usr/lib")
    try link("usr/lib/ld-linux-aarch64.so.1", to: "../../../../usr/lib/aarch64-linux-gnu/ld-2.31.so")
    try write("usr/lib/aarch64-linux-gnu/ld-2.31.so", ELFFile(machine: 183).bytes)
    let file = "usr/lib/aarch64-linux-gnu/libc.so.6"
    try write(
      file, [0x7F, 0, 0xFF] + Array("GNU C Library (Debian GLIBC 2.31-13) stable release version 2.31.\n".utf8))
    let platform = { try TargetPlatform(interpreter: "/app/.venv/bin/python", below: root, kernel: "x86_64") }
    #expect(try platform() == .linux(architecture: "aarch64", .glibc(major: 2, minor: 31)))
    try write(file, Array("GNU C Library (GNU libc) development release version 2.38.9000.\n".utf8))
    #expect(try platform() == .linux(architecture: "aarch64", .glibc(major: 2, minor: 38)))
    try write(file, Array("stable release version 2. release version 99999.1 release version ".utf8))
    #expect(try platform() == .linux(architecture: "aarch64", nil))
  }

  @Test func musl() throws {
    try write("bin/python", ELFFile(machine: 62, loader: "/lib/ld-musl-x86_64.so.1").bytes)
    try write("lib/ld-musl-x86_64.so.1", [0x7F, 0] + Array("127.0.0.1\u{0}1.2.\u{0}11.2.3.4\u{0}1.2.5\u{0}musl".utf8))
    let platform = { try TargetPlatform(interpreter: "/bin/python", below: root, kernel: "x86_64") }
    #expect(try platform() == .linux(architecture: "x86_64", .musl(major: 1, minor: 2)))
    try write("lib/ld-musl-x86_64.so.1", Array("\u{0}1.1.24-git-3-gabc\u{0}".utf8))
    #expect(try platform() == .linux(architecture: "x86_64", .musl(major: 1, minor: 1)))
  }

  /// An environment that was found in a container's tree is asked within that tree.
  @Test func environmentOfAnotherSystem() throws {
    try write("etc/os-release", [])
    try write("usr/bin/python3.12", ELFFile(machine: 62, loader: "/lib/ld-musl-x86_64.so.1").bytes)
    try link("app/.venv/bin/python3", to: "/usr/bin/python3.12")
    try write("app/.venv/pyvenv.cfg", Array("home = /usr/bin\nversion = 3.12.1\n".utf8))
    try write("app/.venv/lib/python3.12/site-packages/README", [])
    try link("lib/ld-musl-x86_64.so.1", to: "/usr/lib/libc.so")
    try write("usr/lib/libc.so", Array("\u{0}1.2.5\u{0}".utf8))
    let finder = EnvironmentFinder(host: Host(environment: [:], folder: root), project: root.appending("app"))
    let environment = try #require(try finder.find(option: folder.file("app/.venv")))
    #expect(
      try environment.platform(kernel: "x86_64") == .linux(architecture: "x86_64", .musl(major: 1, minor: 2)))
  }

  @Test func linksThatLoop() throws {
    try link("a", to: "b")
    try link("b", to: "/a")
    #expect(Files.resolved("/a", below: root) == nil)
    try link("up", to: "../../..")
    #expect(Files.resolved("/up", below: root) == root)
  }

  /// The interpreter of these tests, which knows its own libc.
  @Test func thisMachine() async throws {
    let told = try await Python.output(
      of: "import os, platform, sys; print(os.path.realpath(sys.executable), platform.machine(), *platform.libc_ver())")
    let words = told.split(whereSeparator: \.isWhitespace).map(String.init)
    try #require(words.count == 4 && words[2] == "glibc", "python3 on PATH is not linked with glibc")
    let numbers = words[3].split(separator: ".").compactMap { Int($0) }
    let found = try TargetPlatform(interpreter: SourcePath(words[0]), kernel: words[1])
    #expect(found == .linux(architecture: words[1], .glibc(major: numbers[0], minor: numbers[1])))
  }
}
