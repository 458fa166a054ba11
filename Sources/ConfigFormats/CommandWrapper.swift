/// A program that starts another one: how the other one's words are found behind its own.
struct CommandWrapper {
  /// Options that take the next word.
  var options: [String] = []
  /// How many words stand before the command: a user, a duration.
  var operands = 0
  /// The words that must come first, as in `poetry run`; with options anywhere around them.
  var subcommands: [String] = []
  /// An option whose next word is a script: `-c` of `su`.
  var scriptOption: String?
  /// Whether the command stands only behind `--`.
  var needsDashes = false
  /// Whether the program is itself a command of a distribution, so that both are started.
  var isCommand = false

  init(
    _ options: String = "", operands: Int = 0, subcommands: [String] = [], scriptOption: String? = nil,
    needsDashes: Bool = false, isCommand: Bool = false
  ) {
    self.options = options.split(separator: " ").map(String.init)
    self.operands = operands
    self.subcommands = subcommands
    self.scriptOption = scriptOption
    self.needsDashes = needsDashes
    self.isCommand = isCommand
  }

  /// The ways in which the program starts others; empty for one that starts none.
  static func wrappers(of program: String) -> [CommandWrapper] {
    if program.hasPrefix("wait-for") || program.hasPrefix("wait_for") || program.hasPrefix("waitfor") {
      return [dashed]
    }
    return table[program] ?? []
  }

  private static let plain = CommandWrapper()
  private static let oneOperand = CommandWrapper(operands: 1)
  private static let dashed = CommandWrapper(needsDashes: true)
  private static let containers =
    "-e --env --env-file -u --user -w --workdir -v --volume -p --publish --name --entrypoint -l --label --index"

  private static let table: [String: [CommandWrapper]] = [
    // The shell's own.
    "exec": [CommandWrapper("-a")], "command": [plain], "builtin": [plain], "time": [CommandWrapper("-f -o")],
    // What the system brings.
    "nohup": [plain], "setsid": [plain], "env": [CommandWrapper("-u --unset -C --chdir", scriptOption: "-S")],
    "sudo": [CommandWrapper("-u -g -h -p -C -r -t -T -U -D -R --user --group --chdir --host --prompt")],
    "doas": [CommandWrapper("-u -C")],
    "su": [CommandWrapper("-s --shell -g --group -G -w", operands: 1, scriptOption: "-c")],
    "runuser": [CommandWrapper("-u --user -g --group -G -s", scriptOption: "-c")],
    "nice": [CommandWrapper("-n --adjustment")], "ionice": [CommandWrapper("-c -n -t")],
    "stdbuf": [CommandWrapper("-i -o -e")], "timeout": [CommandWrapper("-s --signal -k --kill-after", operands: 1)],
    "flock": [CommandWrapper("-w --timeout -E", operands: 1, scriptOption: "-c")],
    "xargs": [
      CommandWrapper("-n -I -P -L -d -a -s -E --max-args --max-procs --max-lines --delimiter --arg-file --replace")
    ],
    "chroot": [oneOperand], "gosu": [oneOperand], "su-exec": [oneOperand], "setuidgid": [oneOperand],
    "chpst": [CommandWrapper("-u -U -b -e -/ -n -l -L -m -d -o -p -f -c")],
    "setpriv": [CommandWrapper("--reuid --regid --groups")],
    "xvfb-run": [CommandWrapper("-n -s -f -e -p -w --server-args --server-num")],
    "watch": [CommandWrapper("-n --interval")],
    // The first process of a container.
    "dumb-init": [CommandWrapper("-r --rewrite")], "tini": [CommandWrapper("-p -e")],
    "tini-static": [CommandWrapper("-p -e")],
    "catatonit": [plain],
    "dockerize": [CommandWrapper("-wait -timeout -template -stdout -stderr -wait-retry-interval")],
    "docker-compose": [
      CommandWrapper(containers + " -f --file --project-name --profile", operands: 1, subcommands: ["run|exec"])
    ],
    "docker": [
      CommandWrapper(
        containers + " -f --file --project-name --profile", operands: 1, subcommands: ["compose", "run|exec"]),
      CommandWrapper(containers, operands: 1, subcommands: ["exec"]),
    ],
    // What brings a configuration or an environment.
    "doppler": [CommandWrapper(subcommands: ["run"], needsDashes: true)],
    "infisical": [CommandWrapper(subcommands: ["run"], needsDashes: true)],
    "op": [CommandWrapper(subcommands: ["run"], needsDashes: true)],
    "chamber": [CommandWrapper(subcommands: ["exec"], needsDashes: true)],
    "aws-vault": [CommandWrapper(subcommands: ["exec"], needsDashes: true)],
    "poetry": [CommandWrapper("-C --directory -P --project", subcommands: ["run"])],
    "uv": [
      CommandWrapper(
        "--with --with-editable --with-requirements --group --only-group --no-group --extra --no-extra --python -p --package "
          + "--env-file --directory --project --index --default-index --index-url --extra-index-url --find-links -f "
          + "--config-file --cache-dir --refresh-package --upgrade-package --prerelease --resolution --link-mode "
          + "--exclude-newer --config-setting --no-binary-package --no-build-package", subcommands: ["run"])
    ],
    "pipenv": [CommandWrapper("--pypi-mirror --python", subcommands: ["run"])],
    "pdm": [CommandWrapper("-p --project -e --venv", subcommands: ["run"])],
    "hatch": [CommandWrapper("-e --env -p --project", subcommands: ["run"])],
    "rye": [CommandWrapper(subcommands: ["run"])],
    "pixi": [CommandWrapper("-e --environment --manifest-path", subcommands: ["run"])],
    "conda": [CommandWrapper("-n --name -p --prefix --cwd", subcommands: ["run"])],
    "mamba": [CommandWrapper("-n --name -p --prefix", subcommands: ["run"])],
    "micromamba": [CommandWrapper("-n --name -p --prefix", subcommands: ["run"])],
    // Commands of distributions that start others.
    "newrelic-admin": [CommandWrapper(subcommands: ["run-program"], isCommand: true)],
    "ddtrace-run": [CommandWrapper(isCommand: true)],
    "opentelemetry-instrument": [
      CommandWrapper(
        "--traces_exporter --metrics_exporter --logs_exporter --service_name --exporter_otlp_endpoint", isCommand: true)
    ],
    "watchmedo": [
      CommandWrapper(
        "-d --directory -p --pattern --patterns -i --ignore-pattern --ignore-patterns --signal --kill-after "
          + "--debounce-interval --interval", subcommands: ["auto-restart"], isCommand: true),
      CommandWrapper(subcommands: ["shell-command"], scriptOption: "-c", needsDashes: true, isCommand: true),
    ],
    "honcho": [CommandWrapper("-e --env -d --app-root -f --procfile", subcommands: ["run"], isCommand: true)],
    "dotenv": [CommandWrapper("-f --file -q --quote -e --export", subcommands: ["run"], isCommand: true)],
    "py-spy": [CommandWrapper(subcommands: ["record|top|dump"], needsDashes: true, isCommand: true)],
  ]
}
