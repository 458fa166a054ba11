import Packaging

extension DeclarationJudge {
  /// Whether a declared distribution may be what provides a module that nothing else proves.
  func isDeclared(module: String) -> Bool { entries.keys.contains { isLike(module, $0) } }

  func isLike(_ module: String, _ name: PackageName) -> Bool {
    let module = PackageName.normalize(module)
    let name = name.normalized
    if module == name { return true }
    let bare = ["python-", "py-", "py", "django-", "drf-", "flask-"].compactMap { prefix in
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
    let ends = ["-python", "-py", "-binary", "-client", "-sdk", "2", "3"].compactMap { suffix in
      name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
    }
    return (bare + ends).contains(module) || name.utf8.filter { $0 != 0x2D }.elementsEqual(module.utf8)
      || module.hasPrefix("\(name)-") || shareWord(module, name)
  }

  /// Whether both have a word that is nobody else's: `rudder_analytics` and `rudder-sdk-python`.
  private func shareWord(_ left: String, _ right: String) -> Bool {
    let common: Set<String> = [
      "django", "flask", "fastapi", "python", "client", "core", "utils", "tools", "common", "plugin", "auth", "google",
      "azure", "cloud", "amazon", "http", "json", "rest", "framework", "server", "test", "tests", "async", "base",
      "data", "types", "files", "storage", "cache", "redis", "admin", "forms", "models", "library",
    ]
    let words = Set(right.split(separator: "-").map(String.init)).subtracting(common)
    return left.split(separator: "-").contains { $0.utf8.count >= 4 && words.contains(String($0)) }
  }
}
