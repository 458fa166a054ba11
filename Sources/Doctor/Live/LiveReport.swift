import ConfigFormats
package import Diagnostics

/// What importing the project told.
package struct LiveReport: Sendable {
  /// An exception of Python.
  package struct Problem: Sendable {
    /// `ModuleNotFoundError`
    package let type: String
    /// Without secrets, on one line.
    package let text: String
    /// The innermost line of the project that led there; nil where it went through none.
    package let location: Location?
    /// The module that could not be imported.
    package let module: String?
    /// The entry of INSTALLED_APPS, or the step that was lost.
    package let subject: String
  }

  /// A message of Django's own checks.
  package struct Message: Sendable {
    /// `models.W042`
    package let id: String
    /// As in Python's logging: 30 for a warning, 40 for an error.
    package let level: Int
    package let text: String
    package let hint: String
    /// What it is about: a model, a setting.
    package let object: String
    package let location: Location?
  }

  /// Models of an app that differ from its migrations.
  package struct Change: Sendable {
    package let app: String
    /// What a new migration would do, in Django's words.
    package let operations: [String]
    package let location: Location?
  }

  /// Nil where Django could not be imported.
  package let django: String?
  package let settings: Problem?
  package let apps: [Problem]
  package let routes: Problem?
  package let messages: [Message]
  package let changes: [Change]
  package let lost: [Problem]

  init(_ bytes: [UInt8]) throws(ConfigError) {
    let node = try JSONReader.read(bytes)
    django = node["django"]?.string
    settings = node["settings"].flatMap { Self.problem($0, "") }
    apps = (node["apps"]?.array ?? []).compactMap { Self.problem($0, $0["entry"]?.string ?? "") }
    routes = node["urls"].flatMap { Self.problem($0, "") }
    lost = (node["lost"]?.array ?? []).compactMap { Self.problem($0, $0["step"]?.string ?? "") }
    messages = (node["messages"]?.array ?? []).map { entry in
      Message(
        id: entry["id"]?.string ?? "", level: entry["level"]?.integer ?? 0, text: entry["text"]?.string ?? "",
        hint: entry["hint"]?.string ?? "", object: entry["object"]?.string ?? "",
        location: Self.location(entry["place"]))
    }
    changes = (node["changes"]?.array ?? []).map { entry in
      Change(
        app: entry["app"]?.string ?? "", operations: (entry["operations"]?.array ?? []).compactMap(\.string),
        location: Self.location(entry["place"]))
    }
  }

  private static func problem(_ node: ConfigNode, _ subject: String) -> Problem? {
    guard let type = node["type"]?.string else { return nil }
    return Problem(
      type: type, text: node["text"]?.string ?? "", location: location(node["place"]),
      module: node["module"]?.string, subject: subject)
  }

  private static func location(_ node: ConfigNode?) -> Location? {
    guard let path = node?["path"]?.string else { return nil }
    return Location(path: SourcePath(path), line: node?["line"]?.integer)
  }
}
