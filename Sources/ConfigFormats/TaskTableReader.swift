// Supported: `scripts` of package.json and composer-like files; in pyproject.toml `tool.poe.tasks`, `tool.taskipy.tasks`,
// `tool.pdm.scripts`, `tool.hatch.envs.*.scripts`, `tool.rye.scripts`, `tool.pixi.tasks`, `tool.tox.env*.commands`; `scripts` of
// a Pipfile; fly.toml (`processes`, `deploy.release_command`), railway.json and railway.toml (`deploy.startCommand`), nixpacks.toml
// (`start.cmd`, `phases.*.cmds`), app.json (`scripts`).
// A task is a string, a list of words or of tasks, or a table with `cmd`, `shell`, `command`, `sequence`, `composite`, `cmds`.
// Unsupported: tasks that are Python (`script`, `expr`, `call`), and what tasks of other files bring.

/// Finds the commands in tables of tasks in TOML and JSON files.
package struct TaskTableReader {
  /// Which tables of a file hold tasks.
  package enum Layout: Sendable, CaseIterable {
    case pyproject
    case pipfile
    case packageJSON
    case fly
    case railway
    case nixpacks

    /// The keys that lead to a table of tasks, or to one task; `*` is any key.
    fileprivate var paths: [[String]] {
      switch self {
      case .pyproject:
        [
          ["tool", "poe", "tasks", "*"], ["tool", "taskipy", "tasks", "*"], ["tool", "pdm", "scripts", "*"],
          ["tool", "hatch", "envs", "*", "scripts", "*"], ["tool", "rye", "scripts", "*"],
          ["tool", "pixi", "tasks", "*"],
        ]
      case .pipfile, .packageJSON: [["scripts", "*"]]
      case .fly:
        [
          ["processes", "*"], ["deploy", "release_command"], ["experimental", "cmd"], ["experimental", "entrypoint"],
        ]
      case .railway: [["deploy", "startCommand"], ["deploy", "preDeployCommand"]]
      case .nixpacks: [["start", "cmd"], ["phases", "*", "cmds"]]
      }
    }

    fileprivate var place: ProcessPlace {
      switch self {
      case .pyproject, .pipfile, .packageJSON: .task
      case .fly, .railway, .nixpacks: .platform
      }
    }
  }

  private static let commandKeys = ["cmd", "shell", "command", "sequence", "composite", "cmds"]
  private static let maximumDepth = 8

  private let file: [UInt8]
  private var collector: CommandCollector

  /// The commands in a document that was read from the bytes of `file`.
  package static func commands(in document: ConfigNode, of file: [UInt8], _ layout: Layout) -> [ProcessCommand] {
    var reader = TaskTableReader(file: file, collector: CommandCollector(file, layout.place))
    for path in layout.paths { reader.follow(path[...], document) }
    if layout == .pyproject { reader.takeTestRunner(document) }
    return reader.collector.commands
  }

  private mutating func follow(_ path: ArraySlice<String>, _ node: ConfigNode) {
    guard let key = path.first else { return take(node, depth: 0, isTask: true) }
    if key == "*" {
      for entry in node.table?.entries ?? [] { follow(path.dropFirst(), entry.value) }
    } else if let member = node[key] {
      follow(path.dropFirst(), member)
    }
  }

  /// A task, or a part of one.
  private mutating func take(_ node: ConfigNode, depth: Int, isTask: Bool) {
    guard depth < Self.maximumDepth else { return }
    switch node.value {
    case .string: collector.take(text(node))
    case .array(let nodes): for node in nodes { take(node, depth: depth + 1, isTask: false) }
    case .table:
      for key in Self.commandKeys {
        guard let member = node[key] else { continue }
        // `cmd = ["pytest", "-q"]` is one command.
        if key == "cmd" || key == "command", let nodes = member.array, nodes.allSatisfy({ $0.string != nil }) {
          collector.take(words: nodes.map(text))
        } else {
          take(member, depth: depth + 1, isTask: false)
        }
      }
    default: break
    }
  }

  /// `commands` of tox's own tables: lists of lists of words.
  private mutating func takeTestRunner(_ document: ConfigNode) {
    guard let tox = document["tool"]?["tox"] else { return }
    let environments = (tox["env"]?.table?.entries.map(\.value) ?? []) + [tox["env_run_base"]].compactMap(\.self)
    for environment in environments {
      for command in environment["commands"]?.array ?? [] {
        collector.take(words: (command.array ?? []).filter { $0.string != nil }.map(text), in: .testRunner)
      }
    }
  }

  private func text(_ node: ConfigNode) -> ScriptText { ScriptText(stringToken: node.place.bytes, of: file) }
}
