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
    var text: [UInt8] = []
    text.reserveCapacity(64)
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the UTF-8 bytes of the description.
  package func write(to text: inout [UInt8]) {
    text.append(contentsOf: writtenName.utf8)
    if !writtenExtras.isEmpty {
      for (index, extra) in writtenExtras.enumerated() {
        text.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
        text.append(contentsOf: extra.utf8)
      }
      text.append(UInt8(ascii: "]"))
    }
    specifiers.write(to: &text)
    if let url {
      text.append(contentsOf: " @ ".utf8)
      text.append(contentsOf: url.utf8)
    }
    if let marker {
      text.append(contentsOf: (url == nil ? "; " : " ; ").utf8)
      marker.write(to: &text)
    }
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
