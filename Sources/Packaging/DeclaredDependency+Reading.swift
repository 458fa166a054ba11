internal import ConfigFormats
internal import Diagnostics

extension DeclaredDependency {
  /// The requirement of PEP 508 that a string writes.
  init(_ node: ConfigNode, in group: Group) throws(ConfigError) {
    guard let text = node.string else {
      throw ConfigError(at: node.place, "a requirement must be a string, not \(node.kindName)")
    }
    do {
      self.init(
        requirement: try Requirement(parsing: text), line: node.place.line, column: node.place.column, group: group)
    } catch {
      throw node.error(error, in: "`\(Escaping.text(text))` is no requirement")
    }
  }
}

extension ConfigNode {
  /// The error of text that this string holds, at the character that is wrong where the string is written without escapes.
  func error(_ error: RequirementError, in sentence: String) -> ConfigError {
    let isPlain = string.map { $0.utf8.count + 2 == place.bytes.count } ?? false
    return ConfigError(
      line: place.line, column: place.column + (isPlain ? error.column : 0),
      message: "\(sentence): expected \(error.expected)")
  }
}
