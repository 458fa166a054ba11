/// What routes hand to a view beside the request.
package struct RouteParameters: Sendable {
  /// The names that are given whenever the route matches.
  package var names: Set<String> = []
  /// The names of groups that may match nothing.
  package var optionalNames: Set<String> = []
  /// How many groups without a name are handed over by their places.
  package var unnamed = 0
  /// Whether there may be more, from text that is not known.
  package var isOpen = false

  /// Nothing.
  package init() {}

  /// With what a route around this one gives. Named groups keep the unnamed ones of the routes around them out:
  /// https://docs.djangoproject.com/en/stable/topics/http/urls/#using-unnamed-regular-expression-groups
  func inside(_ outer: RouteParameters) -> RouteParameters {
    var result = self
    result.names.formUnion(outer.names)
    result.optionalNames = optionalNames.union(outer.optionalNames).subtracting(result.names)
    result.isOpen = isOpen || outer.isOpen
    if result.names.isEmpty {
      if !result.optionalNames.isEmpty, outer.unnamed > 0 { result.isOpen = true }
      if result.optionalNames.isEmpty { result.unnamed += outer.unnamed }
    }
    return result
  }
}
