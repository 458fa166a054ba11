import Diagnostics
package import Project

/// The settings that would be used, as checks ask for them.
extension CheckContext {
  /// The settings module that manage.py or DJANGO_SETTINGS_MODULE names, or the one that is judged beside it; nil for a project
  /// without Django settings. What the environment leaves open is not known in it; what asks servers takes `project.settings`,
  /// the values that this environment gives.
  package var settings: Settings? { judged ?? project.judgedSettings?.values }

  /// The same context for each further settings module that is served: what wsgi.py, asgi.py or a process file names beside
  /// manage.py. None where somebody chose the settings.
  var besides: [CheckContext] {
    guard variable("DJANGO_SETTINGS_MODULE") == nil, let main = project.settings?.values else { return [] }
    let own = Set(code.sources)
    let entries = project.settingsNames.filter { own.contains($0.path) && $0.path != project.managePath }
    var seen: Set<SourcePath> = [main.path]
    return (project.settingsNamedByProcesses + entries.map(\.module)).compactMap { name in
      guard let file = code.file(ofModule: name), seen.insert(file).inserted,
        let settings = project.judgedSettingsModules.first(where: { $0.path == file })
      else { return nil }
      var context = self
      context.judge(settings, named: name)
      return context
    }
  }

  /// What `body` finds in the settings; skipped for a project without any.
  package func inSettings(_ subject: String, _ body: (Settings) throws -> [CheckResult]) rethrows -> [CheckResult] {
    guard let settings else { return [CheckResult(.skipped, subject, "no Django settings found")] }
    return try body(settings)
  }

  /// Unknown for each value of a setting that is not known, and where what a star import brings may set it; nothing where it
  /// is known, or not set.
  package func unknowns(of name: String) -> [CheckResult] {
    guard let settings else { return [] }
    guard let value = settings[name] else {
      let result = undetermined(name, in: settings)
      return result.status == .unknown ? [result] : []
    }
    return value.alternatives.compactMap { alternative in
      alternative.unknownReason.map { CheckResult(.unknown, name, "not known: \($0)", at: alternative.location) }
    }
  }

  /// Unknown where TEMPLATES is not known, and where settings of Django before 1.10 stand in its place.
  package var unknownTemplates: [CheckResult] {
    guard let settings, settings["TEMPLATES"] == nil else { return unknowns(of: "TEMPLATES") }
    let old = ["TEMPLATE_DIRS", "TEMPLATE_LOADERS"].compactMap { name in settings[name].map { (name, $0) } }.first
    guard let (name, value) = old else { return unknowns(of: "TEMPLATES") }
    return [
      CheckResult(
        .unknown, name, "not looked at: Django reads TEMPLATES since 1.8, and \(name) no longer since 1.10",
        at: value.location)
    ]
  }

  /// Unknown where code that is not followed makes routes; nothing where all of them are known, or there are none.
  package var unknownRoutes: [CheckResult] {
    guard let first = project.routes?.gaps.first, let count = project.routes?.gaps.count else { return [] }
    let others = count == 1 ? "" : " (and at \(count - 1) more \(count == 2 ? "place" : "places"))"
    return [CheckResult(.unknown, "routes", "the routes that code makes here are not known\(others)", at: first)]
  }

  /// What there is to say of a setting that has no value to be looked at: skipped when it is not set, else unknown.
  package func undetermined(_ name: String, in settings: Settings) -> CheckResult {
    guard let value = settings[name] else {
      // What a star import of something installed brings may set it.
      if let limit = settings.limit {
        return CheckResult(.unknown, name, "not known: \(limit)", at: Location(path: settings.path))
      }
      return CheckResult(.skipped, name, "not set", at: Location(path: settings.path))
    }
    return CheckResult(
      .unknown, name, "not known: \(value.unknownReason ?? "not of the form that Django takes")", at: value.location)
  }
}
