internal import Diagnostics

/// Members of a table that must be of one kind where they are present; nil where they are absent.
extension ConfigNode {
  package func string(_ key: String) throws(ConfigError) -> String? { try member(key, "a string", \.string) }

  /// The first of the members that is there.
  package func string(firstOf keys: String...) throws(ConfigError) -> String? {
    for key in keys { if let text = try string(key) { return text } }
    return nil
  }

  package func boolean(_ key: String) throws(ConfigError) -> Bool? { try member(key, "a boolean", \.boolean) }

  package func integer(_ key: String) throws(ConfigError) -> Int? {
    try member(key, "an integer of at most 64 bits", \.integer)
  }

  /// The member as it stands, known to be a table.
  package func tableNode(_ key: String) throws(ConfigError) -> ConfigNode? {
    try member(key, "a table") { $0.table == nil ? nil : $0 }
  }

  package func nodes(_ key: String) throws(ConfigError) -> [ConfigNode]? { try member(key, "an array", \.array) }

  /// The members of an array, each known to be a table.
  package func tableNodes(_ key: String) throws(ConfigError) -> [ConfigNode]? {
    let nodes = try nodes(key)
    for node in nodes ?? [] where node.table == nil {
      throw ConfigError(at: node.place, "`\(Escaping.text(key))` must hold tables, not \(node.kindName)")
    }
    return nodes
  }

  /// The members of an array, each known to be a string.
  package func stringNodes(_ key: String) throws(ConfigError) -> [ConfigNode]? {
    let nodes = try nodes(key)
    for node in nodes ?? [] where node.string == nil {
      throw ConfigError(at: node.place, "`\(Escaping.text(key))` must hold strings, not \(node.kindName)")
    }
    return nodes
  }

  private func member<Value>(
    _ key: String, _ kind: String, _ take: (ConfigNode) -> Value?
  ) throws(ConfigError) -> Value? {
    guard let node = self[key] else { return nil }
    guard let value = take(node) else {
      throw ConfigError(at: node.place, "`\(Escaping.text(key))` must be \(kind), not \(node.kindName)")
    }
    return value
  }
}
