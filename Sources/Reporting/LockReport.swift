package import Diagnostics
import Manifests
import Packaging
import PythonEnvironment

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
  /// `name==version`, `name @ url`, or `-e` and what pip writes there and above it.
  fileprivate var line: String {
    switch origin {
    case .index: pinned
    case .url(let url): "\(name) @ \(url.requirementURL)"
    case .editable(let install): line(of: install)
    }
  }

  private var pinned: String { "\(name)\(hasArbitraryVersion ? "===" : "==")\(version)" }

  /// https://pip.pypa.io/en/stable/cli/pip_freeze/
  private func line(of install: EditableInstall) -> String {
    let location = "-e \(install.location)"
    switch install.checkout {
    case .none: return "# Editable install with no version control (\(pinned))\n\(location)"
    case .noRemote: return "# Editable Git install with no remote (\(pinned))\n\(location)"
    case .badRemote(let url):
      return """
        # Editable Git install (\(pinned)) with either a deleted local remote or invalid URI:
        # '\(Escaping.text(url))'
        \(location)
        """
    case .unknown: return "## !! Could not determine repository location\n\(location)"
    case .revision(let system, let url, let commit, let subdirectory):
      let egg = writtenName.replacing("-", with: "_")
      let rest = subdirectory.map { "&subdirectory=\($0)" } ?? ""
      return Escaping.text("-e \(system)+\(url)@\(commit)#egg=\(egg)\(rest)")
    }
  }
}
