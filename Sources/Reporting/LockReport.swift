import Diagnostics
package import Manifests
import Packaging
import PythonEnvironment

/// What `freeze` prints for a lock.
package struct LockReport: Sendable {
  let lock: Lock
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
      ("requirement", .string(pin.requirement)),
      ("editable", .boolean(pin.isEditable)),
      ("via", .array(pin.via.map { .string($0) })),
      ("dependencies", .array(pin.needs.map { .string($0.normalized) })),
    ])
  }
}

extension Pin {
  /// What it was installed from when that was no index and is no folder to work in.
  var directURL: DirectURL? { if case .url(let url) = origin { url } else { nil } }

  fileprivate var isEditable: Bool { if case .editable = origin { true } else { false } }

  /// `name==version`, `name @ url`, or `-e` and what pip writes there.
  var requirement: String {
    switch origin {
    case .index: pinned
    case .url(let url): "\(name) @ \(url.requirementURL)"
    case .editable(let install): editable(install)
    }
  }

  /// The same under the comment that pip writes above an editable install.
  fileprivate var line: String {
    guard case .editable(let install) = origin, let comment = comment(on: install) else { return requirement }
    return "\(comment)\n\(requirement)"
  }

  private var pinned: String { "\(name)\(hasArbitraryVersion ? "===" : "==")\(version)" }

  private func editable(_ install: EditableInstall) -> String {
    guard case .revision(let system, let url, let commit, let subdirectory) = install.checkout else {
      return "-e \(install.location)"
    }
    let egg = writtenName.replacing("-", with: "_")
    let rest = subdirectory.map { "&subdirectory=\($0)" } ?? ""
    return Escaping.text("-e \(system)+\(url)@\(commit)#egg=\(egg)\(rest)")
  }

  /// https://pip.pypa.io/en/stable/cli/pip_freeze/
  private func comment(on install: EditableInstall) -> String? {
    switch install.checkout {
    case .none: "# Editable install with no version control (\(pinned))"
    case .noRemote: "# Editable Git install with no remote (\(pinned))"
    case .badRemote(let url):
      """
      # Editable Git install (\(pinned)) with either a deleted local remote or invalid URI:
      # '\(Escaping.text(url))'
      """
    case .unknown: "## !! Could not determine repository location"
    case .revision: nil
    }
  }
}
