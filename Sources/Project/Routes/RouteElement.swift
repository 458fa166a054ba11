import Diagnostics
import PythonSource

/// What stands in a list of routes.
indirect enum RouteElement {
  case route(RouteCall)
  /// Made by code that is not followed.
  case gap(Location)
}

/// A call of `path()`, `re_path()` or `url()`.
struct RouteCall {
  enum Target {
    case view(PythonExpression)
    case list([RouteElement])
    /// By what `include()` names.
    case module(Definition, PythonExpression)
  }

  let file: SourcePath
  let location: Location
  let pattern: RoutePattern?
  /// The names of the third argument; nil where they are not known.
  let defaults: [String]?
  let target: Target
  /// What is put before a view that is given as text.
  let textPrefix: String
}
