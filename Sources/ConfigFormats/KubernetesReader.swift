// Supported: `command` and `args` of the containers of every object with `apiVersion` and `kind`, wherever they stand.
// Unsupported: what kustomize and Helm put in.

/// Finds the commands of Kubernetes manifests.
///
/// Source: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
package enum KubernetesReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .platform)
    for document in YAMLReader.documents(file) where document["kind"] != nil && document["apiVersion"] != nil {
      search(document, &collector)
    }
    return collector.commands
  }

  private static func search(_ node: YAMLNode, _ collector: inout CommandCollector) {
    for item in node.items { search(item, &collector) }
    for (key, value) in node.entries {
      guard key == "containers" else {
        search(value, &collector)
        continue
      }
      for container in value.items {
        let parts = [container["command"], container["args"]].compactMap(\.self)
        collector.take(words: parts.flatMap(\.items).compactMap(\.scalar))
      }
    }
  }
}
