/// A comparison of a marker that has no meaning, such as `os_name ~= "posix"` or one between two strings.
package struct UndefinedComparison: Error, Hashable, Sendable, CustomStringConvertible {
  package let comparison: Marker.Comparison

  package var description: String { "\(comparison) compares what cannot be compared" }
}
