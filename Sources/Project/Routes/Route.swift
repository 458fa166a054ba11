package import Diagnostics
package import PythonSource
import Synchronization

/// One way that leads from ROOT_URLCONF to a view, or to more routes.
package struct Route: Sendable {
  package enum Target: Sendable {
    case view(PythonExpression)
    case include(RouteInclusion, PythonExpression)
    /// Routes written out there, or a list that something installed makes.
    case list
  }

  /// What has been matched where the route's own text begins.
  package enum Start: Sendable {
    /// Nothing, or text that ends with a slash.
    case afterSlash
    case afterText
    case unknown
  }

  /// The file that the route stands in.
  package let file: SourcePath
  /// Of the pattern, or of what stands in its place.
  package let location: Location
  /// Nil where the text is not written out.
  package let pattern: RoutePattern?
  package let start: Start
  /// What the view is given by this route and those around it.
  package let parameters: RouteParameters
  package let target: Target
  /// What `patterns()` puts before a view that is given as text.
  let textPrefix: String
}

/// What `include()` or ROOT_URLCONF names.
package enum RouteInclusion: Sendable {
  /// A module of the project with routes.
  case module(SourcePath)
  /// There is no such module, or no such name in one: see `Definition`.
  case missing(Definition)
  /// A module of the project that gives no `urlpatterns`.
  case withoutRoutes(SourcePath)
  /// Something installed.
  case external
  case unknown
}

/// The routes that ROOT_URLCONF leads to.
package struct RouteTable: Sendable {
  /// In the order in which Django tries them; a module that is included twice gives its routes twice.
  package internal(set) var routes: [Route] = []
  /// What ROOT_URLCONF names, one for each value that it may have.
  package internal(set) var roots: [(name: String, inclusion: RouteInclusion, location: Location)] = []
  /// The modules whose routes were read, in this order.
  package internal(set) var files: [SourcePath] = []
  /// Where routes come from code that is not followed.
  package internal(set) var gaps: [Location] = []
}

extension Project {
  /// The routes that ROOT_URLCONF of the settings leads to; nil without settings or where it is not set.
  package var routes: RouteTable? {
    guard let code, let value = judgedSettings?.values["ROOT_URLCONF"] else { return nil }
    // Several checks ask for it.
    return code.routeTable.withLock { known in
      if let known { return known }
      var reader = RouteReader(code)
      for alternative in value.alternatives {
        guard let name = alternative.text else {
          reader.table.gaps.append(alternative.location)
          continue
        }
        reader.read(root: name, at: alternative.location)
      }
      known = reader.table
      return reader.table
    }
  }
}
