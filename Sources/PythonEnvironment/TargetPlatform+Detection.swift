package import Diagnostics
package import Host
package import Packaging

extension TargetPlatform {
  /// The Linux system that an interpreter is made for, from its own file: our process may be linked with another C
  /// library than it, or with none.
  ///
  /// `interpreter` is its path on the system whose root folder is `root`, links allowed; `kernel` what `uname -m` says. Nil
  /// when it is no ELF program (a script that stands in for it) or its architecture has no wheels. A module `_manylinux`
  /// that forbids wheels is not asked, as that would be running it. Throws when the file cannot be read.
  package init?(
    interpreter: SourcePath, below root: SourcePath = "/", kernel: String
  ) throws(FileError) {
    guard let file = Files.resolved(interpreter, below: root), let header = try ELFHeader(of: file),
      let architecture = header.architecture(kernel: kernel)
    else { return nil }
    let library = header.loader.flatMap { LibC(loader: $0, below: root) }
    switch library {
    // Wheels for ARM without hard floats are not made for glibc; those for musl do not tell the two apart.
    case .glibc where !header.hasHardFloats: self = .linux(architecture: architecture, nil)
    default: self = .linux(architecture: architecture, library)
    }
  }
}

extension PythonEnvironment {
  /// The system that the environment's interpreter is made for, as `TargetPlatform(interpreter:below:kernel:)` finds it.
  package func platform(kernel: String) throws(FileError) -> TargetPlatform? {
    try TargetPlatform(interpreter: root.written(interpreter.path), below: root.folder ?? "/", kernel: kernel)
  }
}
