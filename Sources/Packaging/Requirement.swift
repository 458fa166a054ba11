/// What somebody asks of a distribution: name, extras, versions or a URL, and when it applies.
///
/// `Requirement(parsing: "Django[argon2]>=4.2; python_version >= '3.10'")`.
/// Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
package struct Requirement: Sendable, CustomStringConvertible {
  package let name: PackageName
  /// The name as written, for showing.
  package let writtenName: String
  /// Normalised, sorted, without duplicates.
  package let extras: [String]
  /// The extras as written, sorted, without duplicates.
  package let writtenExtras: [String]
  package let specifiers: SpecifierSet
  /// What follows `@`, as written: it may hold credentials.
  package let url: String?
  package let marker: Marker?

  package init(
    name: PackageName, extras: [String] = [], specifiers: SpecifierSet = SpecifierSet(), url: String? = nil,
    marker: Marker? = nil
  ) {
    self.init(
      name: name, writtenName: name.normalized, writtenExtras: extras.map(PackageName.normalize),
      specifiers: specifiers, url: url, marker: marker)
  }

  init(
    name: PackageName, writtenName: String, writtenExtras: [String], specifiers: SpecifierSet, url: String?,
    marker: Marker?
  ) {
    self.name = name
    self.writtenName = writtenName
    self.writtenExtras = Requirement.sorted(writtenExtras)
    extras = Requirement.sorted(writtenExtras.map(PackageName.normalize))
    self.specifiers = specifiers
    self.url = url
    self.marker = marker
  }

  /// The names by their bytes, without duplicates.
  private static func sorted(_ names: [String]) -> [String] {
    if names.count < 2 { return names }
    var distinct: [String] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where name != distinct.last {
      distinct.append(name)
    }
    return distinct
  }

  /// `name[extras]specifiers; marker` or `name[extras] @ url ; marker`, name and extras as written.
  package var description: String {
    var text = writtenName
    if !writtenExtras.isEmpty { text += "[\(writtenExtras.joined(separator: ","))]" }
    text += specifiers.description
    if let url { text += " @ \(url)" }
    if let marker { text += (url == nil ? "; " : " ; ") + marker.description }
    return text
  }
}

extension Requirement: Hashable {
  /// Equal whatever the spelling of name and extras.
  package static func == (left: Requirement, right: Requirement) -> Bool {
    left.name == right.name && left.extras == right.extras && left.specifiers == right.specifiers
      && left.url == right.url && left.marker == right.marker
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(extras)
    hasher.combine(specifiers)
    hasher.combine(url)
    hasher.combine(marker)
  }
}
