package import Diagnostics

/// Which settings module the files of a project name.
extension SettingsLoader {
  /// The module that manage.py or its like puts into DJANGO_SETTINGS_MODULE; nil when it puts none, or one not known.
  package func moduleName(setBy path: SourcePath) -> String? {
    environment(setBy: path)["DJANGO_SETTINGS_MODULE"]?.alternatives.lazy.compactMap(\.text).first { !$0.isEmpty }
  }

  /// The modules that configuration files in a folder name: pytest.ini, setup.cfg, tox.ini, pyproject.toml, Dockerfile,
  /// Compose files and .env; in this order, each once.
  package func moduleNames(namedIn folder: SourcePath) -> [String] {
    let names = [
      "pytest.ini", "setup.cfg", "tox.ini", "pyproject.toml", "Dockerfile", "docker-compose.yml", "docker-compose.yaml",
      "compose.yml", "compose.yaml", ".env", "Procfile",
    ]
    var found: [String] = []
    for name in names {
      for module in Self.moduleNames(in: read(folder.appending(name)) ?? []) where !found.contains(module) {
        found.append(module)
      }
    }
    return found
  }

  /// The dotted names behind DJANGO_SETTINGS_MODULE and `=`, `:` or a blank.
  static func moduleNames(in bytes: [UInt8]) -> [String] {
    let word = Array("DJANGO_SETTINGS_MODULE".utf8)
    var found: [String] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: word[0]) {
      index = start + 1
      guard bytes[start...].starts(with: word) else { continue }
      let rest = bytes[(start + word.count)...].prefix(200).drop { " \t=:\"',[".utf8.contains($0) }
      let name = rest.prefix { byte in
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
          || (0x41...0x5A).contains(byte & 0xDF)
      }
      if !name.isEmpty, name.first != UInt8(ascii: ".") { found.append(String(decoding: name, as: UTF8.self)) }
    }
    return found
  }
}
