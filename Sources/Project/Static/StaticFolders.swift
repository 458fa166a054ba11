package import Diagnostics

/// A folder that static files are looked for in.
package struct StaticFolder: Sendable {
  /// What the names of its files begin with: the first part of a pair in STATICFILES_DIRS, else empty.
  package let prefix: String
  /// Relative to the project's folder where it lies in it.
  package let folder: SourcePath
  /// The value in STATICFILES_DIRS; nil for the `static` of an app.
  package let value: SettingValue?
  /// Its place in STATICFILES_DIRS.
  package let index: Int?
  /// Whether it is searched whatever any condition decides.
  package let isCertain: Bool

  /// Where in the folder the file of a name would lie; nil for a name without the prefix.
  package func path(of name: String) -> SourcePath? {
    if prefix.isEmpty { return folder.appending(name).normalized }
    guard name.hasPrefix("\(prefix)/") else { return nil }
    return folder.appending(String(name.dropFirst(prefix.utf8.count + 1))).normalized
  }

  /// The name of a file, nil where it does not lie in the folder.
  package func name(of path: SourcePath) -> String? {
    guard path.isBelow(folder), let rest = path.relative(to: folder) else { return nil }
    let name = String(decoding: rest.bytes, as: UTF8.self)
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }
}

extension Project {
  /// What STATICFILES_DIRS names, each once, and whether that is all of it.
  package var staticDirectories: (folders: [StaticFolder], isComplete: Bool) {
    guard let value = judgedSettings?.values["STATICFILES_DIRS"] else {
      return ([], judgedSettings?.values.limit == nil)
    }
    var folders: [StaticFolder] = []
    var isComplete = true
    for alternative in value.alternatives {
      guard case .list(let items) = alternative.content else {
        isComplete = false
        continue
      }
      let isChosen = value.alternatives.count == 1 && !value.isOptional
      for (index, entry) in items.enumerated() {
        for item in entry.alternatives {
          let isPair = item.items.count == 2 && item.items[0].text != nil
          let path = isPair ? item.items[1] : item
          guard let text = path.text else {
            isComplete = false
            continue
          }
          folders.append(
            StaticFolder(
              prefix: isPair ? item.items[0].text ?? "" : "", folder: place(of: text), value: path, index: index,
              isCertain: isChosen && entry.alternatives.count == 1 && !item.isOptional && !path.isOptional))
        }
      }
    }
    return (folders, isComplete)
  }

  /// The folders `static` of the project's installed apps.
  package var staticAppFolders: [StaticFolder] {
    (apps?.apps ?? []).compactMap(\.folder).map { folder in
      StaticFolder(prefix: "", folder: folder.appending("static"), value: nil, index: nil, isCertain: true)
    }
  }
}
