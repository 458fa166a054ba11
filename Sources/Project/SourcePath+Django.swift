import Diagnostics
import PythonSource

/// What the name of a Python source tells in a Django project.
extension SourcePath {
  /// manage.py, wsgi.py, asgi.py: they name the settings.
  var isEntryPoint: Bool { isNamed("manage.py") || isNamed("wsgi.py") || isNamed("asgi.py") }

  /// settings.py, local_settings.py, settings_dev.py, and the modules of a package `settings`.
  var isSettingsModule: Bool {
    // Few paths hold the word.
    guard bytes.holds("settings") else { return false }
    return bytes.withUnsafeBufferPointer { path in
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
