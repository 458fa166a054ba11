package import Diagnostics

/// An entry of TEMPLATES.
package struct TemplateEngine: Sendable {
  package let backend: String?
  /// The entries of DIRS, those that are not known and those under a condition among them.
  package let folders: [SettingValue]
  /// Those that are there whatever any condition decides.
  package let certainFolders: [SettingValue]
  /// DIRS where it is one path and no list.
  package let loneFolder: SettingValue?
  /// Whether every entry of DIRS is known.
  package let knowsFolders: Bool
  /// Whether apps are searched; nil where that is not known.
  package let searchesApps: Bool?
  /// The modules whose tags need no `{% load %}`; nil where they are not known.
  package let builtins: [String]?

  /// Whether OPTIONS gives tag libraries names of its own.
  package let namesLibraries: Bool

  package var isDjango: Bool { backend == "django.template.backends.django.DjangoTemplates" }
  package var isJinja: Bool { backend == "django.template.backends.jinja2.Jinja2" }

  /// `isCertain` tells whether the entry is there whatever any condition decides.
  init(_ value: SettingValue, isCertain: Bool) {
    backend = value["BACKEND"]?.text
    let directories = (value["DIRS"]?.alternatives ?? [])
    folders = directories.flatMap(\.items).flatMap(\.alternatives)
    loneFolder = directories.first { $0.text != nil }
    let isChosen = isCertain && directories.count == 1 && directories[0].isOptional == false
    certainFolders = isChosen ? directories[0].items.filter { $0.alternatives.count == 1 && !$0.isOptional } : []
    knowsFolders =
      !value.entries.contains { $0.key == "**" } && folders.allSatisfy { $0.text != nil }
      && directories.allSatisfy { if case .list = $0.content { true } else { false } }
    let options = value["OPTIONS"]
    namesLibraries = options?["libraries"] != nil || options?.unknownReason != nil
    let loaders = Self.texts(options?["loaders"])
    let loadsApps = loaders?.contains { $0.hasSuffix("app_directories.Loader") } ?? true
    if let apps = value["APP_DIRS"] {
      if case .boolean(let isOn) = apps.content {
        searchesApps = isOn || options?["loaders"] != nil && loadsApps
      } else {
        searchesApps = nil
      }
    } else {
      searchesApps = options?["loaders"] == nil ? false : loadsApps
    }
    if options?.unknownReason != nil || options?.entries.contains(where: { $0.key == "**" }) == true {
      builtins = nil
    } else if let value = options?["builtins"] {
      let texts = value.items.compactMap(\.text)
      if case .list = value.content {
        builtins = texts.count == value.items.count ? texts : nil
      } else {
        builtins = nil
      }
    } else {
      builtins = []
    }
  }

  /// The texts of a list and of the lists in it.
  private static func texts(_ value: SettingValue?) -> [String]? {
    value.map { value in value.items.flatMap { $0.text.map { [$0] } ?? texts($0) ?? [] } }
  }
}

extension Project {
  /// What TEMPLATES of the settings names; nil where it is not set or not known.
  package var templateEngines: [TemplateEngine]? {
    guard let value = judgedSettings?.values["TEMPLATES"] else { return nil }
    let lists = value.alternatives
    guard lists.allSatisfy({ if case .list = $0.content { true } else { false } }) else { return nil }
    let entries = lists.flatMap(\.items).flatMap(\.alternatives)
    guard entries.allSatisfy({ if case .dictionary = $0.content { true } else { false } }) else { return nil }
    return entries.map { TemplateEngine($0, isCertain: lists.count == 1 && !$0.isOptional) }
  }

  /// A path of the settings, relative to the project's folder where it lies in it. What is relative counts from the folder of
  /// manage.py, where people start Django.
  package func place(of path: String) -> SourcePath {
    let start = root.appending(managePath?.parent ?? "")
    let whole = start.appending(path).normalized
    return whole.relative(to: root) ?? whole
  }

  /// The templates that Django's own engine reads: those in folders that another engine reads too left out. Sorted.
  package var djangoTemplates: [SourcePath] {
    guard let engines = templateEngines else { return [] }
    let django = engines.filter(\.isDjango)
    guard !django.isEmpty else { return [] }
    let others = engines.filter { !$0.isDjango }
    var folders = django.flatMap { $0.folders.compactMap(\.text).map(place) }
    let excluded = others.flatMap { $0.folders.compactMap(\.text).map(place) }
    let sharesApps = others.contains { !$0.isJinja && $0.searchesApps != false }
    if django.contains(where: { $0.searchesApps != false }), !sharesApps {
      folders += (apps?.apps ?? []).compactMap { $0.folder?.appending("templates") }
    }
    let endings = [
      ".html", ".htm", ".xhtml", ".djhtml", ".txt", ".xml", ".svg", ".js", ".css", ".json", ".webmanifest",
    ]
    return tree.otherFiles.filter { path in
      endings.contains { path.bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
        && folders.contains { path.isBelow($0) } && !excluded.contains { path.isBelow($0) }
    }
  }
}
