import Diagnostics
import PythonSource

/// A function or lambda of the project with what it sees.
struct PythonClosure {
  enum Body {
    case statements([PythonStatement])
    case expression(PythonExpression)
    /// One that cannot be followed, and why.
    case opaque(String)
  }

  let name: String
  let parameters: [PythonParameter]
  /// By the parameter's name.
  let defaults: [String: PythonValue]
  let body: Body
  let scopes: [NamespaceID]
  let globals: NamespaceID
  let file: Int32
  let path: SourcePath
  let isProperty: Bool
  let isClassMethod: Bool
  let isStatic: Bool
}
