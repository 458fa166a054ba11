package import Diagnostics

extension SettingsLoader {
  /// The settings of these modules and of those that they take all names from, sorted by path; what is no Django
  /// settings is left out, unless it is `named` as such.
  ///
  /// An item of a list is in the history of one of them alone.
  package func modules(_ candidates: [SourcePath], named: Set<SourcePath> = []) -> [Settings] {
    var found: [Settings] = []
    var seen = Set(candidates)
    var pending = candidates
    while let path = pending.popLast() {
      guard let settings = settings(at: path) else { continue }
      let isOwn = candidates.contains(path)
      guard settings.isDjango || named.contains(path) || !isOwn && settings.hasSettings else { continue }
      found.append(settings)
      pending += settings.starImports.filter { seen.insert($0).inserted }
    }
    let paths = Set(found.map(\.path))
    return found.sorted { $0.path < $1.path }.map { $0.without(paths) }
  }
}

extension Settings {
  /// Whether it sets any name in capitals.
  fileprivate var hasSettings: Bool {
    history.contains { entry in entry.name.utf8.count > 2 && entry.name == entry.name.uppercased() }
  }
}
