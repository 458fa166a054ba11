import Diagnostics
import Doctor
import Project
import PythonSource

/// The file that uWSGI loads has the application that it asks for.
struct UWSGICallable: Check {
  let documentation = CheckDocumentation(
    id: "uwsgi-callable", area: .serving, reach: .static, severity: .error,
    title: "uWSGI finds the application",
    what: """
      Looks in the file or module that wsgi-file or module names for the callable: the one that callable or the part \
      behind the colon names, else application. A file like manage.py holds none.
      """,
    why: """
      uWSGI starts all the same ("no app loaded. going in full dynamic mode") and answers each request with error 500; \
      only with need-app does it stop.
      """,
    example: "callable = app, where mysite/wsgi.py has application",
    remedy: "callable = application; wsgi-file = mysite/wsgi.py")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.uwsgi.flatMap { configuration in
      [main(configuration, in: context)].compactMap(\.self)
        + configuration.options.compactMap { mount($0, configuration, in: context) }
    }
  }

  private func main(_ configuration: UWSGIConfiguration, in context: CheckContext) -> CheckResult? {
    let named = configuration.last("wsgi-file", "file", "module", "wsgi")
    let callable = configuration.last("callable")
    if named?.isConditional == true || callable?.isConditional == true { return nil }
    guard let named, let value = named.value else { return nil }
    return result(named, value, callable, configuration, in: context)
  }

  /// `mount = /app=mysite.wsgi:app`
  private func mount(
    _ option: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    guard option.key == "mount", !option.isConditional,
      let target = option.value.flatMap({ UWSGIConfiguration.target(ofMount: $0) })
    else { return nil }
    let parts = target.text.split(separator: ":", maxSplits: 1).map(String.init)
    guard target.isModule, parts.count == 2,
      configuration.expansion(of: parts[0], in: context.project.root).text == parts[0]
    else { return nil }
    return result(option, target.text, nil, configuration, in: context)
  }

  private func unknown(_ option: UWSGIConfiguration.Option, _ reason: String) -> CheckResult {
    CheckResult(.unknown, option.key, "not known: \(reason)", at: option.place())
  }

  private func result(
    _ named: UWSGIConfiguration.Option, _ value: String, _ callable: UWSGIConfiguration.Option?,
    _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    let isModule = ["module", "wsgi", "mount"].contains(named.key)
    let expansion = configuration.expansion(of: value, in: context.project.root)
    if let reason = expansion.unknownReason { return unknown(named, reason) }
    let parts = isModule ? expansion.text.split(separator: ":", maxSplits: 1).map(String.init) : [expansion.text]
    guard let target = parts.first else { return nil }
    var name = parts.count > 1 ? parts[1] : "application"
    var place = named.place()
    if parts.count == 1, let option = callable, let text = option.value {
      let asked = configuration.expansion(of: text, in: context.project.root)
      if let reason = asked.unknownReason { return unknown(option, reason) }
      (name, place) = (asked.text, option.place())
    }
    if let found = called(name, target, isModule, named, configuration, in: context) { return found }
    // `mysite.app:create()`: uWSGI calls what stands there.
    guard name.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }) else { return nil }
    guard let file = file(target, isModule: isModule, configuration, in: context) else {
      return elsewhere(name, place, in: context)
    }
    if isManagement(file, in: context) {
      return CheckResult(
        .error, named.key, "\(file) runs management commands, and holds no application",
        remedy: "write \(remedy(named, configuration, in: context))", at: named.place())
    }
    if let found = asynchronous(file, name, named, configuration, in: context) { return found }
    guard let missing = lacks(file, name, in: context) else { return nil }
    return missing
      ? CheckResult(
        .error, callable?.key ?? named.key, "\(file) has no \(Escaping.text(name))",
        remedy: other(in: file, context).map { "write \($0)" } ?? remedy(named, configuration, in: context), at: place)
      : nil
  }

  /// `mysite.wsgi:application()`, where that is the application and nothing that makes one.
  private func called(
    _ name: String, _ target: String, _ isModule: Bool, _ named: UWSGIConfiguration.Option,
    _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> CheckResult? {
    guard name.hasSuffix("()"), let file = file(target, isModule: isModule, configuration, in: context),
      case .value(let value, _) = context.code.definition(of: String(name.dropLast(2)), in: file),
      case .call(let function, _, _) = value.node, function.lastName == "get_wsgi_application"
    else { return nil }
    return CheckResult(
      .error, named.key, "uWSGI calls \(Escaping.text(name)) when it starts, and that is the application itself",
      remedy: "write \(Escaping.text(String(name.dropLast(2)))) without ()", at: named.place())
  }

  /// An application of the other kind, which uWSGI loads and cannot serve.
  private func asynchronous(
    _ file: SourcePath, _ name: String, _ named: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration,
    in context: CheckContext
  ) -> CheckResult? {
    guard case .value(let value, _) = context.code.definition(of: name, in: file),
      case .call(let function, _, _) = value.node, let maker = function.lastName,
      maker == "get_asgi_application" || maker == "ProtocolTypeRouter"
    else { return nil }
    return CheckResult(
      .error, named.key, "\(file) holds an ASGI application, and uWSGI serves WSGI alone",
      remedy: "write \(remedy(named, configuration, in: context))", at: named.place())
  }

  // MARK: - The file

  private func file(
    _ target: String, isModule: Bool, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> SourcePath? {
    if isModule { return context.code.file(ofModule: target) }
    switch context.place(of: target, in: configuration) {
    case .found(let path): return path.relative(to: context.project.root)
    // That it is not there is told by uwsgi-path.
    case .missing(_, isOutside: false): return nil
    // The project lies elsewhere on the machine that serves it.
    case .missing, .unknown:
      let found = context.code.sources.filter { path in
        path.description == target || path.description.hasSuffix("/\(target)") || target.hasSuffix("/\(path)")
      }
      return found.count == 1 ? found[0] : nil
    }
  }

  private func isManagement(_ file: SourcePath, in context: CheckContext) -> Bool {
    guard let text = context.code.text(of: file) else { return false }
    return text.contains("execute_from_command_line") && !text.contains("get_wsgi_application")
  }

  /// Whether the file has no such name; nil where its names are not all known.
  private func lacks(_ file: SourcePath, _ name: String, in context: CheckContext) -> Bool? {
    switch context.code.definition(of: name, in: file) {
    case .missing: true
    case .unknown: nil
    default: false
    }
  }

  // MARK: - Where the file is not found

  /// Django's own template gives the name `application`.
  private func elsewhere(_ name: String, _ place: Location, in context: CheckContext) -> CheckResult? {
    guard name != "application", let application = wsgiFile(in: context), lacks(application, name, in: context) == true,
      lacks(application, "application", in: context) == false
    else { return nil }
    return CheckResult(
      .error, "callable", "\(application) has no \(Escaping.text(name)); Django calls it application",
      remedy: "write application", at: place)
  }

  /// The one file of the project that makes Django's application.
  private func wsgiFile(in context: CheckContext) -> SourcePath? {
    guard context.project.hasSettings else { return nil }
    let found = context.code.sources(mentioning: "get_wsgi_application")
    return found.count == 1 ? found[0] : nil
  }

  private func other(in file: SourcePath, _ context: CheckContext) -> String? {
    ["application", "app"].first { lacks(file, $0, in: context) == false }
  }

  private func remedy(
    _ named: UWSGIConfiguration.Option, _ configuration: UWSGIConfiguration, in context: CheckContext
  ) -> String {
    guard let file = wsgiFile(in: context) else { return "name the file that makes the application" }
    let (before, sign) = configuration.isCommand ? ("--", " ") : ("", " = ")
    let package = context.code.dottedName(of: file.parent)
    if let package, named.key == "mount" { return "\(package).\(file.name.dropLast(3)):application behind the =" }
    guard ["module", "wsgi"].contains(named.key), let package else { return "\(before)wsgi-file\(sign)\(file)" }
    return "\(before)module\(sign)\(package).\(file.name.dropLast(3)):application"
  }
}
