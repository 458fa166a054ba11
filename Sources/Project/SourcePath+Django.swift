import Diagnostics

/// What the name of a Python source tells in a Django project.
extension SourcePath {
  /// manage.py, wsgi.py, asgi.py: they name the settings.
  var isEntryPoint: Bool {
    let name = nameBytes
    return (7...9).contains(name.count)
      && (name.elementsEqual("manage.py".utf8) || name.elementsEqual("wsgi.py".utf8)
        || name.elementsEqual("asgi.py".utf8))
  }

  /// settings.py, local_settings.py, settings_dev.py, and the modules of a package `settings`.
  var isSettingsModule: Bool {
    guard mentionsSettings else { return false }
    let name = name.dropLast(3)
    return bytes.ends(with: ".py")
      && (name == "settings" || name.hasSuffix("_settings") || name.hasPrefix("settings_")
        || parent.name == "settings")
  }

  /// Whether `settings` stands anywhere in the path: few paths need a closer look.
  private var mentionsSettings: Bool {
    let word = "settings".utf8
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "s")) {
      if rest[start...].starts(with: word) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}
