import ConfigFormats
import Diagnostics
import Doctor
import Project

/// collectstatic has a folder of its own to write to.
struct StaticRoot: Check {
  let documentation = CheckDocumentation(
    id: "static-root", area: .project, reach: .static, severity: .warning, isErrorInProduction: true,
    title: "STATIC_ROOT is a folder of its own",
    what: """
      Looks whether STATIC_ROOT is one of STATICFILES_DIRS or lies in one; and, where there is a sign that the project \
      is served, whether it is set at all.
      """,
    why: """
      Without it collectstatic fails; inside STATICFILES_DIRS it would collect what it has written before, and Django \
      refuses to start (staticfiles.E002).
      """,
    example: "STATICFILES_DIRS = [BASE_DIR / 'static'] and STATIC_ROOT = BASE_DIR / 'static'",
    remedy: "STATIC_ROOT = BASE_DIR / 'staticfiles'")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings else { return [] }
    if let found = overlap(settings, context) { return [found] }
    guard let apps = context.project.apps?.apps else { return context.unknowns(of: "INSTALLED_APPS") }
    guard
      apps.contains(where: { $0.module == "django.contrib.staticfiles" && !$0.isOptional })
    else { return [] }
    if !context.isDeployed, let found = collected(settings, context) { return [found] }
    // runserver finds the files where they lie.
    return context.results(
      ofServed: "STATIC_ROOT", for: self, remedy: Self.addition, countsDevelopmentServer: false
    ) { settings in
      guard collectsIntoFolder(settings) else { return .fine }
      guard let value = settings["STATIC_ROOT"] else {
        let place = Location(path: settings.path)
        return settings.limit.map { .unknown($0, at: place) }
          ?? .exposed("STATIC_ROOT is not set \(context.deploymentWords)", at: place)
      }
      let isUnset = value.alternatives.allSatisfy { alternative in
        if case .none = alternative.content { return true }
        return alternative.text == "" && alternative.variable == nil
      }
      return isUnset ? .exposed("STATIC_ROOT is empty \(context.deploymentWords)", at: value.location) : .fine
    }
  }

  private static let addition = "add STATIC_ROOT = BASE_DIR / 'staticfiles'"

  /// What a task, a pipeline or a program of supervisord tells where nothing else shows that the project is served: only where
  /// no file of the project sets it.
  private func collected(_ settings: Settings, _ context: CheckContext) -> CheckResult? {
    let first = context.commands.first { command, _ in
      if command.words.contains("collectstatic") {
        return !command.words.contains { ["-n", "--dry-run"].contains($0) }
      }
      return [.supervisor, .unit].contains(command.place)
        && context.deployments.contains { $0.location.line == command.line && $0.program != "collectstatic" }
    }
    guard let (command, path) = first, settings.limit == nil, collectsIntoFolder(settings),
      context.code.sources(mentioning: "STATIC_ROOT =", "STATIC_ROOT=").isEmpty
    else { return nil }
    let act = command.words.contains("collectstatic") ? "collects its files" : "serves it"
    return CheckResult(
      context.status(self), "STATIC_ROOT", "STATIC_ROOT is not set while \(path) \(act)", remedy: Self.addition,
      at: Location(path: settings.path))
  }

  private func overlap(_ settings: Settings, _ context: CheckContext) -> CheckResult? {
    guard let value = settings["STATIC_ROOT"], let text = value.text, !text.isEmpty else { return nil }
    let root = context.project.place(of: text)
    guard
      let folder = context.project.staticDirectories.folders.first(where: { $0.isCertain && root.isBelow($0.folder) })
    else { return nil }
    let shown = Escaping.text(context.display(context.project.root.appending(root)))
    let message =
      root == folder.folder
      ? "\(shown) is also one of STATICFILES_DIRS"
      : "\(shown) lies in \(Escaping.text(context.display(context.project.root.appending(folder.folder)))), one of STATICFILES_DIRS"
    return CheckResult(
      context.status(self), "STATIC_ROOT", message,
      remedy: "give STATIC_ROOT a folder of its own: BASE_DIR / 'staticfiles'",
      at: context.project.place(of: value, in: "STATIC_ROOT"))
  }

  /// Whether static files are collected into a folder: not where a storage of another make has them.
  private func collectsIntoFolder(_ settings: Settings) -> Bool {
    if case .boolean(true)? = settings["WHITENOISE_USE_FINDERS"]?.content { return false }
    var backends: [SettingValue] = []
    if let storage = settings["STATICFILES_STORAGE"] { backends.append(storage) }
    if let storages = settings["STORAGES"] {
      guard case .dictionary = storages.content, !storages.entries.contains(where: { $0.key == "**" }) else {
        return false
      }
      if let entry = storages["staticfiles"] { backends.append(entry["BACKEND"] ?? entry) }
    }
    return backends.flatMap(\.alternatives).allSatisfy { backend in
      ["django.contrib.staticfiles.", "whitenoise."].contains { backend.text?.hasPrefix($0) ?? false }
    }
  }
}
