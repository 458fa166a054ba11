// Supported: `image` of the services of compose files, GitHub workflows and GitLab CI; strings in `services` of GitLab CI; `docker` of
// CircleCI; `FROM`-less files of any other kind have none.
// Unsupported: what `extends`, merged keys, variables and a matrix put in: such an image is left as written.

/// The images of containers that a compose file or a pipeline starts beside the project.
package enum ServiceImages {
  package struct Image: Sendable {
    /// As written: `postgres:13-alpine`.
    package let name: String
    /// From 1; the column in Unicode scalars.
    package let line: Int
    package let column: Int
  }

  package static func images(in file: [UInt8]) -> [Image] {
    var places = FilePlaces(file)
    var found: [ScriptText] = []
    for document in YAMLReader.documents(file) { search(document, isService: false, &found) }
    return found.sorted { $0.offset(at: 0) < $1.offset(at: 0) }.map { text in
      let (line, column) = places.place(of: text.offset(at: 0))
      return Image(name: text.string, line: line, column: column)
    }
  }

  private static func search(_ node: YAMLNode, isService: Bool, _ found: inout [ScriptText]) {
    switch node {
    case .nothing, .scalar: return
    case .sequence(let items):
      for item in items {
        if isService, case .scalar(let text) = item { found.append(text) }
        // `- name: postgres:13` of GitLab CI
        if isService, let name = item["name"]?.scalar, item["image"] == nil { found.append(name) }
        search(item, isService: false, &found)
      }
    case .mapping(let entries):
      for (key, value) in entries {
        if key == "image", case .scalar(let text) = value {
          found.append(text)
        } else {
          search(value, isService: key == "services", &found)
        }
      }
    }
  }
}
