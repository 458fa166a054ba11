package import Packaging

/// Distributions that rules name.
package enum PackageNames {
  package static let django = PackageName("django")
  package static let uwsgi = PackageName("uwsgi")
}
