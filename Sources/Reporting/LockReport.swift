package import Manifests
import Packaging

extension Lock {
  /// `name==version` lines; with annotations, `# via` what asks for each on indented lines of their own.
  package func text(annotated: Bool) -> String {
    var result = ""
    for pin in pins {
      result += "\(pin.name)==\(pin.version)\n"
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
