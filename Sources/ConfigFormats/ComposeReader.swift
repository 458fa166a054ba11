// Supported: `command`, `entrypoint` and `healthcheck.test` of every service, and of every `x-...` fragment, as a string or as a
// list; the images that `build.dockerfile_inline` gives are not looked into.
// Unsupported: what `extends`, merged keys and other files bring.

/// Finds the commands of a compose file.
///
/// Source: https://docs.docker.com/reference/compose-file/services/
package enum ComposeReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .compose)
    for document in YAMLReader.documents(file) {
      for (key, value) in document.entries {
        if key == "services" {
          for (_, service) in value.entries { take(service, &collector) }
        } else if key.hasPrefix("x-") {
          take(value, &collector)
        }
      }
    }
    return collector.commands
  }

  private static func take(_ service: YAMLNode, _ collector: inout CommandCollector) {
    for (key, value) in service.entries {
      switch key {
      case "command", "entrypoint": take(command: value, &collector)
      case "healthcheck":
        switch value["test"] {
        case .scalar(let text): collector.take(text)
        // `["CMD-SHELL", script]` or `["CMD", word...]`
        case .sequence(let items)?:
          let words = items.compactMap(\.scalar)
          if words.first?.string == "CMD-SHELL" {
            if words.count > 1 { collector.take(words[1]) }
          } else {
            collector.take(words: Array(words.dropFirst()))
          }
        default: break
        }
      default: break
      }
    }
  }

  /// Of a string Docker makes words without a shell; but what is put in by `$` comes from the file's own environment.
  private static func take(command: YAMLNode, _ collector: inout CommandCollector) {
    switch command {
    case .scalar(let text): collector.take(text, .words)
    case .sequence(let items): collector.take(words: items.compactMap(\.scalar))
    default: break
    }
  }
}
