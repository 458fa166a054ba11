import Diagnostics
package import Manifests
import Packaging

/// What `freeze` prints for a lock.
package struct LockReport: Sendable {
  private let lock: Lock
  private let environment: String
  private let python: String?

  /// `environment` and `python` are what the lock was read from, as shown.
  package init(_ lock: Lock, environment: String, python: String?) {
    self.lock = lock
    self.environment = environment
    self.python = python
  }

  /// A line per pin as `pip freeze` writes it; with annotations, `# via` what asks for each on indented lines of their own.
  package func requirements(annotated: Bool) -> String {
    var result = ""
    for pin in lock.pins {
      result += pin.line + "\n"
      guard annotated else { continue }
      let via = pin.via
      if via.count == 1 {
        result += "    # via \(via[0])\n"
      } else if !via.isEmpty {
        result += "    # via\n" + via.map { "    #   \($0)\n" }.joined()
      }
    }
    return result
  }

  /// The schema envtool.freeze/1.
  package var json: JSONValue {
    .object([
      ("schema", .string("envtool.freeze/1")),
      ("environment", .object([("path", .string(environment)), ("python", .optional(python))])),
      ("packages", .array(lock.pins.map(package))),
    ])
  }

  private func package(_ pin: Pin) -> JSONValue {
    .object([
      ("name", .string(pin.name.normalized)),
      ("version", .string(pin.version)),
      ("url", .optional(pin.directURL?.requirementURL)),
      ("editable", .boolean(pin.directURL?.isEditable ?? false)),
      ("via", .array(pin.via.map { .string($0) })),
      ("dependencies", .array(pin.needs.map { .string($0.normalized) })),
    ])
  }
}

extension Pin {
  /// `name==version`, `name @ url`, or `-e path`.
  var requirement: String {
    guard let directURL else { return "\(name)==\(version)" }
    guard directURL.isEditable, let path = directURL.path else { return "\(name) @ \(directURL.requirementURL)" }
    return "-e \(path)"
  }

  /// The same, an editable install under the comment that pip writes there.
  fileprivate var line: String {
    guard directURL?.isEditable == true else { return requirement }
    return "# Editable install with no version control (\(name)==\(version))\n\(requirement)"
  }
}
