/// A C library that is not installed, or that the loader does not take.
package struct MissingLibrary: Error, Hashable, Sendable {
  package let library: NativeLibrary
  /// The name that was looked for.
  package let soname: String
  /// What the loader said, as `dlerror(3)` gives it.
  package let loaderText: String
}

extension MissingLibrary: CustomStringConvertible {
  /// One sentence: the library, what it is needed for, and how to install it.
  package var description: String {
    // The loader says the same in one sentence whatever went wrong; only a file that is absent is "not found".
    let problem = loaderText.contains("No such file") ? "not found" : "cannot be loaded (\(loaderText))"
    return "\(soname) \(problem): \(library.purpose) needs it; "
      + "install it with `apt-get install \(library.debianPackage)`"
  }
}
