// Supported: the scripts of GitHub workflows and composite actions (`run`), GitLab CI (`script`, `before_script`,
// `after_script`), CircleCI (`run`, `run.command`), Travis (`install`, `script` and their kin), Azure pipelines (`script`,
// `bash`), Bitbucket and Drone (`script`, `commands`), pre-commit's local hooks (`entry`), Taskfiles (`cmds`, `cmd`), render.yaml
// (`startCommand`, `buildCommand`); each as a string, or a list of strings.
// Unsupported: steps whose `shell` is another one than a POSIX shell; what other files bring.

/// Finds the commands in YAML files whose keys say which strings are scripts.
package enum PipelineReader {
  /// The keys of pipelines, whatever service runs them.
  package static let pipelineKeys: Set<String> = [
    "run", "script", "before_script", "after_script", "command", "commands", "install", "before_install",
    "after_success",
    "before_deploy", "bash",
  ]
  /// https://taskfile.dev/reference/schema/
  package static let taskKeys: Set<String> = ["cmds", "cmd", "defer", "sh", "status", "preconditions"]
  /// https://render.com/docs/blueprint-spec
  package static let renderKeys: Set<String> = ["startCommand", "preDeployCommand", "dockerCommand"]

  package static func commands(in file: [UInt8], keys: Set<String>, _ place: ProcessPlace) -> [ProcessCommand] {
    var collector = CommandCollector(file, place)
    for document in YAMLReader.documents(file) { search(document, keys, &collector) }
    return collector.commands
  }

  private static func search(_ node: YAMLNode, _ keys: Set<String>, _ collector: inout CommandCollector) {
    switch node {
    case .nothing, .scalar: return
    case .sequence(let items): for item in items { search(item, keys, &collector) }
    case .mapping(let entries):
      if let shell = node["shell"]?.scalar?.string, !isPOSIX(shell) { return }
      for (key, value) in entries {
        if keys.contains(key) { take(value, keys, &collector) } else { search(value, keys, &collector) }
      }
    }
  }

  private static func take(_ value: YAMLNode, _ keys: Set<String>, _ collector: inout CommandCollector) {
    switch value {
    case .nothing: break
    case .scalar(let text): collector.take(text)
    case .sequence(let items): for item in items { take(item, keys, &collector) }
    case .mapping: search(value, keys, &collector)
    }
  }

  private static func isPOSIX(_ shell: String) -> Bool {
    let program = shell.split(separator: " ").first.map { $0.split(separator: "/").last ?? $0 } ?? ""
    return program.isEmpty || ["sh", "bash", "dash", "zsh"].contains(program) || program.hasPrefix("$")
  }
}
