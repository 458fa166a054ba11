import Diagnostics
import Doctor
import Packaging
import Project
import PythonEnvironment

/// The virtual environment that uWSGI is given is one, and of its Python.
struct UWSGIHome: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-home", area: .serving, reach: .static, severity: .error,
    title: "uWSGI's virtual environment",
    what: """
      Looks whether home (virtualenv, venv, pyhome) is a virtual environment, and whether its Python is the one that \
      uWSGI was built for: that of the environment in which uWSGI is installed, or of the plugin that is named.
      """,
    why: """
      uWSGI carries a Python of its own, which takes only packages that were made for that version. From a folder that is \
      no environment it does not even start: "No module named 'encodings'".
      """,
    example: "home = .venv, where .venv is of Python 3.12 and the plugin is python311",
    remedy: "python3 -m venv .venv, with the Python that uWSGI was built for")

  private static let keys = ["home", "virtualenv", "venv", "pyhome"]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.compactMap { configuration in
      guard let option = configuration.options.last(where: { Self.keys.contains($0.key) }), let value = option.value,
        !value.isEmpty, !option.isConditional
      else { return nil }
      switch context.place(of: value, in: configuration, isChdir: false) {
      case .unknown(let reason):
        return CheckResult(.unknown, option.key, "not known whether it is there: \(reason)", at: option.place())
      case .missing(let shown, let isOutside):
        if isOutside, context.profile != .production {
          return CheckResult(
            .unknown, option.key, "there is no \(shown) on this machine; another one may have it", at: option.place())
        }
        return CheckResult(
          .error, option.key, "there is no virtual environment \(shown)", remedy: "python3 -m venv \(shown)",
          at: option.place())
      case .found(let folder): return found(folder, option, configuration, in: context)
      }
    }
  }

  private func found(
    _ folder: SourcePath, _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration,
    in context: CheckContext
  ) -> CheckResult? {
    let shown = context.display(folder)
    let settings = VirtualEnvironmentConfiguration(at: folder)
    let isInstallation = context.exists(folder.appending("conda-meta")) || context.exists(folder.appending("lib"))
    guard settings != nil || isInstallation else {
      return CheckResult(
        .error, option.key, "\(shown) is no virtual environment: it has no pyvenv.cfg",
        // A folder of the project's own is not to become one.
        remedy: context.code.sources.contains { $0.isBelow(folder.relative(to: context.project.root) ?? folder) }
          ? "name the folder of a virtual environment" : "python3 -m venv \(shown), or correct the path",
        at: option.place())
    }
    guard let version = settings?.version, let (python, origin) = built(configuration, in: context),
      (version.major, version.minor) != (python.major, python.minor)
    else { return nil }
    return CheckResult(
      .error, option.key,
      "\(shown) is of Python \(version.major).\(version.minor), and uWSGI of Python \(python.major).\(python.minor) (\(origin))",
      remedy: "make \(shown) anew with Python \(python.major).\(python.minor), or install uWSGI into it",
      at: option.place())
  }

  /// The Python that uWSGI runs, and what tells it.
  private func built(
    _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> (python: Version, origin: String)? {
    let plugins = configuration.options.filter { ["plugin", "plugins", "need-plugin"].contains($0.key) }
      .flatMap { ($0.value ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) } }
    for plugin in plugins where plugin.hasPrefix("python3") && plugin.utf8.count > 7 {
      let digits = plugin.dropFirst(7).filter(\.isNumber)
      if let minor = Int(digits) { return (Version(release: [3, minor]), "the plugin \(plugin)") }
    }
    guard plugins.isEmpty, let uwsgi = PackageName("uwsgi"), let environment = context.environment,
      context.installed[uwsgi] != nil, let version = environment.interpreter.version
    else { return nil }
    return (version, "of \(environment.displayName)")
  }
}
