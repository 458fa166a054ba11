package import Diagnostics

/// What a Django settings module sets, read without running it.
package struct Settings: Sendable {
  /// The settings file, relative to the project.
  package let path: SourcePath
  private let finals: [String: SettingValue]
  /// Every value that was assigned or added, in source order, those under a condition included.
  package let history: [(name: String, value: SettingValue)]

  init(path: SourcePath, finals: [String: SettingValue], history: [(name: String, value: SettingValue)]) {
    self.path = path
    self.finals = finals
    self.history = history
  }

  /// The value that the module ends with; nil when it never sets `name`.
  package subscript(name: String) -> SettingValue? { finals[name] }

  /// Whether this looks like Django settings rather than any module of that name.
  package var isDjango: Bool {
    ["INSTALLED_APPS", "DATABASES", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY"].contains { name in
      history.contains { $0.name == name }
    }
  }
}
