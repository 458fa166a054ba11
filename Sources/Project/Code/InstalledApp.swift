package import Diagnostics
import PythonSource

/// An entry of INSTALLED_APPS.
package struct InstalledApp: Sendable {
  /// As written: a package, or the class of its configuration.
  package let entry: String
  /// Of the entry.
  package let location: Location
  /// The dotted name of the package.
  package let module: String
  /// The package's folder, relative to the project; nil for what is installed.
  package let folder: SourcePath?
  /// The name that models, migrations and templates go by; nil where only an installed class tells.
  package let label: String?
  /// Whether the entry counts only under a condition that is not known.
  package let isOptional: Bool
}

extension Project {
  /// What INSTALLED_APPS of the settings names, in its order; and whether that is all of it. Nil without settings, or
  /// where it is not set or not a list.
  package var apps: (apps: [InstalledApp], isComplete: Bool)? {
    guard let settings = judgedSettings?.values, let value = settings["INSTALLED_APPS"], let code else { return nil }
    var apps: [InstalledApp] = []
    var isComplete = true
    var isList = false
    for alternative in value.alternatives {
      guard case .list(let items) = alternative.content else {
        isComplete = false
        continue
      }
      isList = true
      for item in items.flatMap(\.alternatives) {
        guard let text = item.text else {
          isComplete = false
          continue
        }
        if apps.contains(where: { $0.entry == text && $0.location == item.location }) { continue }
        let isOptional = item.isOptional || value.alternatives.count > 1
        apps.append(code.app(text, at: item.location, isOptional: isOptional))
      }
    }
    return isList ? (apps, isComplete) : nil
  }
}

/// The class of the project that configures an app.
package struct AppConfiguration: Sendable {
  let type: PythonClass
  package let path: SourcePath

  /// The text that the class gives to an attribute, with the place of the literal.
  package func text(_ name: String) -> (text: String, location: Location)? {
    for statement in type.body.reversed() {
      guard case .assignment(let targets, let value) = statement.kind,
        targets.contains(where: { $0.dottedName == name })
      else { continue }
      return value.stringValue.map { ($0, Location(path: path, line: value.line, column: value.column)) }
    }
    return nil
  }
}

extension ProjectCode {
  /// The class that an entry of INSTALLED_APPS names, or the only one in `apps.py` of the package that it names; nil for what is
  /// installed.
  package func configuration(of app: InstalledApp) -> AppConfiguration? {
    if case .class(let type, let place) = definition(of: app.entry) {
      return AppConfiguration(type: type, path: place.path)
    }
    guard let file = file(ofModule: "\(app.entry).apps"), let tree = tree(of: file) else { return nil }
    let types = tree.statements.compactMap { statement -> PythonClass? in
      guard case .class(let type) = statement.kind, type.bases.contains(where: { $0.lastName == "AppConfig" }) else {
        return nil
      }
      return type
    }
    return types.count == 1 ? AppConfiguration(type: types[0], path: file) : nil
  }

  fileprivate func app(_ entry: String, at location: Location, isOptional: Bool) -> InstalledApp {
    func app(_ module: String, _ label: String?) -> InstalledApp {
      InstalledApp(
        entry: entry, location: location, module: module, folder: folder(ofPackage: module), label: label,
        isOptional: isOptional)
    }
    let last = String(entry.split(separator: ".").last ?? "")
    guard case .class(let type, _) = definition(of: entry) else {
      let package = entry.split(separator: ".").map(String.init)
      // The class of something installed: `django.contrib.admin.apps.SimpleAdminConfig`.
      if package.count > 2, last.first?.isUppercase == true, package[package.count - 2] == "apps" {
        return app(package.dropLast(2).joined(separator: "."), nil)
      }
      return app(entry, last.first?.isUppercase == true ? nil : onlyConfiguration(of: entry)?.label ?? last)
    }
    let module = constant("name", of: type) ?? entry.split(separator: ".").dropLast(2).joined(separator: ".")
    return app(module, constant("label", of: type) ?? String(module.split(separator: ".").last ?? ""))
  }

  /// The class in `apps.py` that Django takes where the package alone is named.
  private func onlyConfiguration(of module: String) -> (name: String?, label: String?)? {
    guard let file = file(ofModule: "\(module).apps"), let tree = tree(of: file) else { return nil }
    let found = tree.statements.compactMap { statement -> (name: String?, label: String?)? in
      guard case .class(let type) = statement.kind, type.bases.contains(where: { $0.lastName == "AppConfig" }) else {
        return nil
      }
      return (constant("name", of: type), constant("label", of: type))
    }
    return found.count == 1 ? found[0] : nil
  }

  private func constant(_ name: String, of type: PythonClass) -> String? {
    for statement in type.body {
      if case .assignment(let targets, let value) = statement.kind, targets.contains(where: { $0.dottedName == name }) {
        return value.stringValue
      }
    }
    return nil
  }
}

extension PythonExpression {
  /// The last part of a dotted name.
  package var lastName: String? { dottedName.map { String($0.split(separator: ".").last ?? "") } }
}
