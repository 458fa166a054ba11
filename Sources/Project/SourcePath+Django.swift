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
    bytes.withUnsafeBufferPointer { path in
      guard path.isPython else { return false }
      var start = path.count
      while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
      let name = UnsafeBufferPointer(rebasing: path[start...])
      if name.equals("settings.py") || name.hasSuffix("_settings.py") || name.hasPrefix("settings_") { return true }
      guard start > 0 else { return false }
      let folder = UnsafeBufferPointer(rebasing: path[..<(start - 1)])
      return folder.equals("settings") || folder.hasSuffix("/settings")
    }
  }
}
