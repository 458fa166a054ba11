internal import ConfigFormats
internal import Diagnostics

/// A requirement in the making, from a format that writes it as a table.
struct RequirementParts {
  var name: String
  var extras: [String] = []
  /// As PEP 508 has them, between commas; empty for any version.
  var specifiers = ""
  var url: String?
  /// All must hold.
  var markers: [String] = []

  /// The requirement; errors stand at `place`.
  func requirement(at place: ConfigPlace) throws(ConfigError) -> Requirement {
    guard PackageName(name) != nil else {
      throw ConfigError(at: place, "`\(Escaping.text(name))` is no name of a package")
    }
    var text = name
    if !extras.isEmpty { text += "[\(extras.joined(separator: ","))]" }
    text += url.map { " @ \($0)" } ?? specifiers
    let conditions = markers.count > 1 ? markers.map { "(\($0))" } : markers
    if !conditions.isEmpty { text += " ; \(conditions.joined(separator: " and "))" }
    do {
      return try Requirement(parsing: text)
    } catch {
      throw ConfigError(at: place, "`\(Escaping.text(text))` is no requirement: expected \(error.expected)")
    }
  }

  /// The URL of a repository as pip takes it: `git+https://host/project@reference#subdirectory=lib`.
  static func repository(_ system: String, _ location: String, reference: String?, subdirectory: String?) -> String {
    var url = location
    // `user@host:path` is how ssh writes it.
    if !url.contains("://"), let colon = url.firstIndex(of: ":") {
      url = "ssh://\(url[..<colon])/\(url[url.index(after: colon)...])"
    }
    if !url.hasPrefix("\(system)+") { url = "\(system)+\(url)" }
    if let reference { url += "@\(reference)" }
    return url + (subdirectory.map { "#subdirectory=\($0)" } ?? "")
  }
}
