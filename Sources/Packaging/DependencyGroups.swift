package import ConfigFormats

internal import Diagnostics

/// The dependency groups of a project: requirements for those who work on it, which may include other groups.
///
/// Source: https://packaging.python.org/en/latest/specifications/dependency-groups/
package struct DependencyGroups: Sendable {
  /// One line of a group.
  package enum Entry: Sendable {
    case dependency(DeclaredDependency)
    /// The normalised name of a group whose entries belong here too.
    case include(String, at: ConfigPlace)
  }

  /// A group as it is written.
  package struct Group: Sendable {
    /// Normalised.
    package let name: String
    package let writtenName: String
    package let place: ConfigPlace
    package internal(set) var entries: [Entry] = []
  }

  /// In the order of the file.
  package private(set) var groups: [Group] = []
  private var positions: [String: Int] = [:]

  init() {}

  /// The group of that name, however it is spelt.
  package subscript(name: String) -> Group? { position(of: name).map { groups[$0] } }

  /// What the group asks for, those of the groups it includes in their place; a group that is included twice counts once.
  /// Empty when there is no such group. Every dependency is given as one of this group.
  package func dependencies(of name: String) -> [DeclaredDependency] {
    guard let root = position(of: name) else { return [] }
    var found: [DeclaredDependency] = []
    var seen: Set<Int> = [root]
    var stack = [(group: root, entry: 0)]
    while let (group, entry) = stack.popLast() {
      guard entry < groups[group].entries.count else { continue }
      stack.append((group, entry + 1))
      switch groups[group].entries[entry] {
      case .dependency(let dependency): found.append(dependency.inGroup(.group(groups[root].name)))
      case .include(let name, _):
        if let included = position(of: name), seen.insert(included).inserted { stack.append((included, 0)) }
      }
    }
    return found
  }

  /// Adds a group; throws when its name is none or stands for another group already.
  mutating func add(_ writtenName: String, at place: ConfigPlace) throws(ConfigError) -> Int {
    let shown = Escaping.text(writtenName)
    guard let name = PackageName(writtenName)?.normalized else {
      throw ConfigError(at: place, "`\(shown)` is no name of a dependency group")
    }
    if let earlier = positions[name] {
      throw ConfigError(
        at: place, "the group `\(shown)` is defined twice: line \(groups[earlier].place.line) has it first")
    }
    positions[name] = groups.count
    groups.append(Group(name: name, writtenName: writtenName, place: place))
    return groups.count - 1
  }

  mutating func append(_ entry: Entry, to group: Int) { groups[group].entries.append(entry) }

  func position(of name: String) -> Int? { positions[PackageName.normalize(name)] }
}

extension DependencyGroups {
  /// Groups that are included and do not exist, and groups that include themselves.
  func problems() -> [ConfigError] {
    var problems: [ConfigError] = []
    var isDone = [Bool](repeating: false, count: groups.count)
    var isOpen = isDone
    for root in groups.indices where !isDone[root] {
      var path = [(group: root, entry: 0)]
      isOpen[root] = true
      while let (group, entry) = path.last {
        guard entry < groups[group].entries.count else {
          isOpen[group] = false
          isDone[group] = true
          path.removeLast()
          continue
        }
        path[path.count - 1].entry += 1
        guard case .include(let name, let place) = groups[group].entries[entry] else { continue }
        guard let next = position(of: name) else {
          problems.append(
            ConfigError(at: place, "`\(groups[group].writtenName)` includes `\(name)`, a group that does not exist"))
          continue
        }
        if isOpen[next] {
          problems.append(cycle(path.map(\.group), next, at: place))
        } else if !isDone[next] {
          isOpen[next] = true
          path.append((next, 0))
        }
      }
    }
    return problems
  }

  private func cycle(_ path: [Int], _ next: Int, at place: ConfigPlace) -> ConfigError {
    let names = path.drop { $0 != next }.map { groups[$0].writtenName } + [groups[next].writtenName]
    // A chain of thousands says no more than its ends.
    let shown = names.count > 12 ? names.prefix(6) + ["..."] + names.suffix(5) : names[...]
    return ConfigError(at: place, "the group includes itself: \(shown.joined(separator: " -> "))")
  }
}
