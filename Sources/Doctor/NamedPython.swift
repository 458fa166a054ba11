import ConfigFormats
package import Diagnostics
package import Packaging
import Project

/// A Python that a file of the project names: `.python-version`, runtime.txt, Pipfile, a Dockerfile.
package struct NamedPython: Sendable {
  /// Of two numbers where the newest of a series is meant.
  package let version: Version
  /// The file, or the image.
  package let subject: String
  package let location: Location?

  package init(version: Version, subject: String, location: Location?) {
    self.version = version
    self.subject = subject
    self.location = location
  }
}

/// What the project says of the Python that it runs on.
extension CheckContext {
  /// The folders whose manifests speak for the project itself.
  private var folders: [SourcePath] {
    Array(Set(["", project.managePath?.parent ?? ""])).sorted()
  }

  /// What the project asks of its Python, with the places that say so: those of its root and of manage.py.
  package var requiredPythons: [(specifiers: SpecifierSet, location: Location)] {
    folders.flatMap { folder in
      inProject(folder.appending("pyproject.toml")) + inSetup(folder.appending("setup.cfg"))
    }
  }

  private func inProject(_ path: SourcePath) -> [(
    specifiers: SpecifierSet, location: Location
  )] {
    guard let bytes = code.bytes(of: path), let document = try? TOMLReader.read(bytes) else { return [] }
    let standard = document["project"]?["requires-python"]
    let poetry = document["tool"]?["poetry"]?["dependencies"]?["python"]
    return [
      standard.flatMap { node in node.string.flatMap { SpecifierSet($0) }.map { ($0, node) } },
      poetry.flatMap { node in node.string.flatMap { SpecifierSet(poetry: $0) }.map { ($0, node) } },
    ].compactMap(\.self).map { specifiers, node in
      (specifiers, Location(path: path, line: node.place.line, column: node.place.column))
    }
  }

  private func inSetup(_ path: SourcePath) -> [(specifiers: SpecifierSet, location: Location)] {
    guard let text = code.text(of: path),
      let entry = ConfigParserFile(text).entry("options", "python_requires"), let line = entry.lines.first,
      let specifiers = SpecifierSet(entry.value)
    else { return [] }
    return [(specifiers, Location(path: path, line: line.line, column: line.column))]
  }

  /// The Pythons that files name to run the project.
  package var namedPythons: [NamedPython] {
    var found: [NamedPython] = []
    for folder in folders {
      for name in [".python-version", "runtime.txt"] {
        let path = folder.appending(name)
        guard let text = code.text(of: path) else { continue }
        for (number, line) in zip(1..., text.textLines) {
          let word = line.prefix { !$0.isWhitespace && $0 != "#" }
          if let version = Self.version(word) {
            found.append(
              NamedPython(version: version, subject: name, location: Location(path: path, line: number, column: 1)))
            break
          }
        }
      }
      let pipfile = folder.appending("Pipfile")
      if let bytes = code.bytes(of: pipfile), let document = try? TOMLReader.read(bytes),
        let node = document["requires"]?["python_full_version"] ?? document["requires"]?["python_version"],
        let version = node.string.flatMap({ Self.version($0[...]) })
      {
        let place = Location(path: pipfile, line: node.place.line, column: node.place.column)
        found.append(NamedPython(version: version, subject: "Pipfile", location: place))
      }
    }
    return found + images
  }

  /// `3.12`, `3.12.1`, `python-3.12.1`, `cpython-3.12`; nil for a name of anything else.
  private static func version(_ text: Substring) -> Version? {
    let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    let prefix = text.prefix { !$0.isNumber }
    guard ["", "python-", "cpython-", "cpython@"].contains(prefix), let version = Version(String(digits)),
      version.release.count > 1
    else { return nil }
    return version
  }

  /// What shows that an image is for the project.
  private static let installs = [
    "manage.py", "requirements", "gunicorn", "uwsgi", "poetry", "uv sync", "uv pip", "pipenv", "pip install .",
    "pyproject", "COPY . ", "ADD . ",
  ]

  /// Whether a Dockerfile lies where a project has its own, and not in a service with manifests of its own.
  private func isOwn(_ path: SourcePath) -> Bool {
    let isService =
      project.tree.projectFolders.contains(path.parent) && !folders.contains(path.parent)
    return path.components.count < 4 && !path.isInHiddenFolder && !path.isMaterial && !isService
  }

  /// `FROM python:3.8-slim`
  private var images: [NamedPython] {
    project.tree.processFiles.filter { $0.kind == .dockerfile && isOwn($0.path) }.flatMap { file in
      guard let text = code.text(of: file.path), Self.installs.contains(where: { text.contains($0) }) else {
        return [] as [NamedPython]
      }
      return zip(1..., text.textLines).compactMap { number, line in
        let words = line.split { $0.isWhitespace }
        guard words.first?.uppercased() == "FROM",
          let image = words.dropFirst().first(where: { !$0.hasPrefix("--") })?.split(separator: "/").last,
          image.hasPrefix("python:"), let version = Self.version(image.dropFirst(7).prefix { $0 != "-" })
        else { return nil }
        return NamedPython(
          version: version, subject: Escaping.text(String(image)),
          location: Location(path: file.path, line: number, column: 1))
      }
    }
  }
}
