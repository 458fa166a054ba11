package import Packaging

/// How a distribution came into its environment.
package enum InstallationOrigin: Hashable, Sendable {
  /// From an index, or from where nobody wrote down.
  case index
  /// From a URL, which `direct_url.json` has.
  case url(DirectURL)
  /// It runs from the folder that it is developed in.
  case editable(EditableInstall)
}
