import Diagnostics
import PythonSource

/// A function that URL configurations are made of.
enum RouteFunction {
  case path, regularExpression, include
  /// `patterns(prefix, ...)` of old Djangos.
  case patterns
  case localePrefix
  /// Gives back the list that it is given, with more.
  case suffixes
  /// A function of something installed.
  case external

  private static let known: [String: RouteFunction] = [
    "django.urls.path": .path, "django.urls.conf.path": .path,
    "django.urls.re_path": .regularExpression, "django.urls.conf.re_path": .regularExpression,
    "django.conf.urls.url": .regularExpression, "django.conf.urls.defaults.url": .regularExpression,
    "django.urls.include": .include, "django.urls.conf.include": .include, "django.conf.urls.include": .include,
    "django.conf.urls.defaults.include": .include,
    "django.conf.urls.patterns": .patterns, "django.conf.urls.defaults.patterns": .patterns,
    "django.conf.urls.i18n.i18n_patterns": .localePrefix,
    "rest_framework.urlpatterns.format_suffix_patterns": .suffixes,
  ]

  private static let bare: [String: RouteFunction] = [
    "path": .path, "re_path": .regularExpression, "url": .regularExpression, "include": .include, "patterns": .patterns,
    "i18n_patterns": .localePrefix,
  ]

  /// What a function called in `file` is; nil for one of the project.
  init?(_ function: PythonExpression, in file: SourcePath, _ code: ProjectCode) {
    guard let name = function.dottedName else { return nil }
    switch code.definition(of: name, in: file) {
    case .external(let dotted): self = Self.known[dotted] ?? .external
    case .unknown:
      // A star import of Django's, or a name that older and newer Djangos give from different places.
      guard let found = Self.bare[name] else { return nil }
      self = found
    default: return nil
    }
  }
}

/// The functions that a file calls by their names, each looked up once.
final class RouteFunctions {
  private let file: SourcePath
  private let code: ProjectCode
  private var known: [String: RouteFunction?] = [:]

  init(of file: SourcePath, _ code: ProjectCode) {
    self.file = file
    self.code = code
  }

  /// Nil for a function of the project.
  func function(_ expression: PythonExpression) -> RouteFunction? {
    guard let name = expression.dottedName else { return nil }
    if let found = known[name] { return found }
    let function = RouteFunction(expression, in: file, code)
    known[name] = .some(function)
    return function
  }
}
