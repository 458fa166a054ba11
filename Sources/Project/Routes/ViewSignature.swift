package import Diagnostics
import PythonSource

/// A function that a route's view calls with the request and what the route captures.
package struct ViewSignature: Sendable {
  /// As people call it: `detail`, `DetailView.get`.
  package let name: String
  package let location: Location
  /// Without `self`.
  let parameters: [PythonParameter]
  /// The names that it is given whatever the route captures.
  var given: Set<String> = []
  /// Where one of these names must be captured: the key of an object that a generic view shows.
  var keys: [String] = []

  /// Whether it takes nothing but what it names.
  var isClosed: Bool { !parameters.contains { $0.role == .variadic || $0.role == .variadicKeyword } }

  /// Why a call with these parameters raises TypeError; nil when it does not, as far as that can be told.
  package func objection(to route: RouteParameters) -> String? {
    if !keys.isEmpty {
      let isGiven = keys.contains { route.names.contains($0) || route.optionalNames.contains($0) }
      if isGiven || route.isOpen { return nil }
      let found = route.names.union(route.optionalNames).sorted()
      return "\(name) looks for \(Self.list(keys, "or")) and the route gives \(Self.list(found))"
    }
    var slots = parameters.filter { $0.role == .regular || $0.role == .positionalOnly }
    let takesMore = parameters.contains { $0.role == .variadic }
    // A tuple of Python 2 takes what cannot be named.
    guard !slots.contains(where: { $0.name.isEmpty }) else { return nil }
    if slots.isEmpty && !takesMore { return "\(name) takes no request" }
    var taken: Set<String> = slots.isEmpty ? [] : [slots.removeFirst().name]
    if route.unnamed > slots.count, !takesMore {
      return "the route gives \(route.unnamed) without a name and \(name) takes \(Self.list(slots.map(\.name)))"
    }
    for slot in slots.prefix(route.unnamed) { taken.insert(slot.name) }
    slots = Array(slots.dropFirst(route.unnamed))
    return objection(to: route, slots, taken)
  }

  private func objection(to route: RouteParameters, _ slots: [PythonParameter], _ taken: Set<String>) -> String? {
    let names = route.names.union(route.optionalNames)
    let keywords = parameters.filter { $0.role == .keywordOnly }
    let known = Set((slots.filter { $0.role == .regular } + keywords).map(\.name))
    let takesAny = parameters.contains { $0.role == .variadicKeyword }
    let superfluous = names.subtracting(known).filter { !takesAny || taken.contains($0) }.sorted()
    let missing = (slots + keywords).filter { $0.defaultValue == nil }.map(\.name)
      .filter { !names.contains($0) && !given.contains($0) }
    if superfluous.isEmpty {
      if missing.isEmpty || route.isOpen { return nil }
      return "\(name) needs \(Self.list(missing)) and the route gives \(Self.list(names.sorted()))"
    }
    if !missing.isEmpty, !route.isOpen {
      return "the route gives \(Self.list(superfluous)) and \(name) takes \(Self.list(missing))"
    }
    return "the route gives \(Self.list(superfluous)), which \(name) does not take"
  }

  private static func list(_ names: [String], _ word: String = "and") -> String {
    let names = names.map { Escaping.text($0) }
    guard let last = names.last else { return "nothing" }
    return names.count == 1 ? last : "\(names.dropLast().joined(separator: ", ")) \(word) \(last)"
  }
}

/// What the view of a route is.
package enum ViewReading: Sendable {
  case signatures([ViewSignature])
  /// It cannot be called by Django, or is not there.
  case broken(ViewProblem)
  /// It belongs to something installed.
  case external
  /// The words say why.
  case unknown(String)
}

/// What is wrong with a view before it is ever called.
package enum ViewProblem: Sendable {
  /// A name that its module lacks, or a module that is not there.
  case missing(Definition)
  case text(String)
  case module(String)
  /// A class-based view without `.as_view()`.
  case classAlone(String)
  /// `.as_view` without the call.
  case notCalled(String)
  /// A function that is called where the routes are made.
  case called(String)
}
