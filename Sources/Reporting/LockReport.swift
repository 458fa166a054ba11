package import Manifests
import Packaging

extension Lock {
  /// A line per pin as `pip freeze` writes it; with annotations, `# via` what asks for each on indented lines of their own.
  package func text(annotated: Bool) -> String {
    var result = ""
    for pin in pins {
      result += pin.line + "\n"
      guard annotated, !pin.via.isEmpty else { continue }
      if pin.via.count == 1 {
        result += "    # via \(pin.via[0])\n"
      } else {
        result += "    # via\n" + pin.via.map { "    #   \($0)\n" }.joined()
      }
    }
    return result
  }
}

extension Pin {
  /// `name==version`, `name @ url`, or `-e path` under the comment that pip writes there.
  fileprivate var line: String {
    guard let directURL else { return "\(name)==\(version)" }
    guard directURL.isEditable, let path = directURL.path else { return "\(name) @ \(directURL.requirementURL)" }
    return "# Editable install with no version control (\(name)==\(version))\n-e \(path)"
  }
}
