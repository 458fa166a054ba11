extension PythonTree {
  /// The string literals that stand as the next argument behind the literal `key` in a call: `f("key", "this")`; in source
  /// order.
  package func strings(after key: String) -> [String] {
    nodes.indices.dropFirst().flatMap { index -> [String] in
      guard nodes[index].kind == .call else { return [] }
      let arguments = children(NodeID(index)).dropFirst()
      return zip(arguments, arguments.dropFirst()).compactMap { first, second in
        guard record(first).kind == .string, record(second).kind == .string, text(first) == key else { return nil }
        return text(second)
      }
    }
  }

  /// The string literals with that text, in source order.
  package func strings(reading text: String) -> [PythonExpression] {
    let length = text.utf8.count
    return nodes.indices.dropFirst().compactMap { index in
      let record = nodes[index]
      guard record.kind == .string, Int(record.end - record.start) >= length + 2,
        self.text(NodeID(index)) == text
      else { return nil }
      return PythonExpression(self, NodeID(index))
    }.sorted { $0.offset < $1.offset }
  }
}
