/// A value of a YAML file, as far as commands are looked for in it.
indirect enum YAMLNode {
  case nothing
  /// Any scalar, its quotes and its indentation undone.
  case scalar(ScriptText)
  case sequence([YAMLNode])
  case mapping([(key: String, value: YAMLNode)])

  var entries: [(key: String, value: YAMLNode)] { if case .mapping(let entries) = self { entries } else { [] } }

  var items: [YAMLNode] { if case .sequence(let items) = self { items } else { [] } }

  var scalar: ScriptText? { if case .scalar(let text) = self { text } else { nil } }

  subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
}
